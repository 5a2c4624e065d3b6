/* SPDX-License-Identifier: MIT */
#include "explore/bound.h"

static void bound_begin(struct strategy *strategy)
{
	struct bound *bound = (struct bound *)strategy;

	bound->preemptions = bound->faults = 0;
	strategy->inner->begin(strategy->inner);
}

static bool used_up(int max, unsigned int count)
{
	return max >= 0 && count >= (unsigned int)max;
}

static uint32_t pick_cpu(struct bound *bound, const struct choice *choice)
{
	struct strategy *inner = bound->strategy.inner;
	struct choice narrowed = *choice;
	uint32_t current = (uint32_t)choice->current, picked;

	if (choice->current < 0 || !options_has(choice->options, current))
		return inner->pick(inner, choice);
	if (used_up(bound->preemptions_max, bound->preemptions)) {
		narrowed.options = UINT64_C(1) << current;
		bound->preemptions_reached |= narrowed.options != choice->options;
	}
	picked = inner->pick(inner, &narrowed);
	bound->preemptions += picked != current;
	return picked;
}

/* Option 0 works, 1 fails. */
static uint32_t pick_fault(struct bound *bound, const struct choice *choice)
{
	struct strategy *inner = bound->strategy.inner;
	struct choice narrowed = *choice;
	uint32_t picked;

	if (used_up(bound->faults_max, bound->faults)) {
		narrowed.options = 1;
		bound->faults_reached = true;
	}
	picked = inner->pick(inner, &narrowed);
	bound->faults += picked == 1;
	return picked;
}

static uint32_t bound_pick(struct strategy *strategy, const struct choice *choice)
{
	struct bound *bound = (struct bound *)strategy;

	if (choice->kind == BATON_CHOICE_CPU)
		return pick_cpu(bound, choice);
	if (choice->kind == BATON_CHOICE_FAULT)
		return pick_fault(bound, choice);
	return strategy->inner->pick(strategy->inner, choice);
}

static bool bound_end(struct strategy *strategy)
{
	return strategy->inner->end(strategy->inner);
}

void bound_init(struct bound *bound, struct strategy *inner)
{
	*bound = (struct bound){
		.strategy = { .begin = bound_begin,
			      .pick = bound_pick,
			      .end = bound_end,
			      .inner = inner },
		.preemptions_max = -1,
		.faults_max = -1,
	};
}
