/* SPDX-License-Identifier: MIT */
#include "explore/dpor_search.h"

void dpor_open(struct dpor *dpor, size_t place)
{
	dpor->places.items[place].free = true;
	for (size_t i = dpor->places.items[place].sleepers; i < dpor_sleepers_end(dpor, place); i++)
		dpor->sleepers.items[i].foreign = true;
}

/* May the next step have @outcome, after all that has failed in this execution? */
static bool is_allowed(const struct dpor *dpor, uint32_t outcome)
{
	struct dpor_failures failures = { { 0 } };

	if (!dpor->outcomes.items.items[outcome].choice.rule)
		return true;
	dpor_failures_add(&failures, dpor->root.items, dpor->root.count);
	dpor_failures_add(&failures, dpor->path.choices.items, dpor->path.choices.count);
	dpor_failures_add_outcome(&failures, &dpor->outcomes, outcome);
	return dpor_failures_allowed(&failures, &dpor->outcomes);
}

static bool is_same_choice(const struct dpor_outcome *a, const struct dpor_outcome *b)
{
	return a->choice.count == b->choice.count && a->choice.rule == b->choice.rule;
}

/*
 * Of the next step of CPU @cpu, is there an outcome behind @prefix that does not sleep? No
 * other answers are known of than those that were made or planned.
 * @awake: set to how the first one begins
 */
static bool wakes(const struct dpor *dpor, uint32_t cpu, uint32_t prefix, uint32_t *awake)
{
	const struct dpor_outcomes *outcomes = &dpor->outcomes;
	const struct dpor_outcome *items = outcomes->items.items;
	uint32_t length = items[prefix].length, next = 0;

	for (size_t i = dpor->places.items[dpor->depth].sleepers; i < dpor->sleepers.count; i++) {
		const struct dpor_step *sleeper = &dpor->sleepers.items[i];

		if (sleeper->cpu == cpu && sleeper->outcome == prefix)
			return false;
		if (sleeper->cpu == cpu &&
		    dpor_outcome_prefix(outcomes, sleeper->outcome, length) == prefix)
			next = dpor_outcome_prefix(outcomes, sleeper->outcome, length + 1);
	}
	*awake = prefix;
	if (!next)
		return is_allowed(dpor, prefix);
	for (uint32_t child = items[prefix].child; child; child = items[child].sibling)
		if (is_same_choice(&items[child], &items[next]) && wakes(dpor, cpu, child, awake))
			return true;
	return false;
}

uint64_t dpor_asleep(const struct dpor *dpor)
{
	uint64_t asleep = 0, chose = 0;
	uint32_t awake;

	for (size_t i = dpor->places.items[dpor->depth].sleepers; i < dpor->sleepers.count; i++) {
		const struct dpor_step *sleeper = &dpor->sleepers.items[i];

		*(sleeper->outcome ? &chose : &asleep) |= UINT64_C(1) << sleeper->cpu;
	}
	for (; chose; chose &= chose - 1)
		if (!wakes(dpor, options_first(chose), 0, &awake))
			asleep |= chose & -chose;
	return asleep;
}

uint32_t dpor_awake(const struct dpor *dpor, uint32_t cpu)
{
	uint32_t awake = 0;

	/* [0] is of no choice. */
	if (dpor->outcomes.items.count > 1)
		wakes(dpor, cpu, 0, &awake);
	return awake;
}
