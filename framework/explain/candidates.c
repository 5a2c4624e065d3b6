/* SPDX-License-Identifier: MIT */
#include "explain/candidates.h"

struct finding_candidates {
	struct core *core;
	const struct baton_program *program;
};

static bool is_named(const struct place *place)
{
	return place->point->labelled;
}

static void add(struct core *core, const struct core_candidate *candidate)
{
	for (size_t i = 0; i < core->candidates.count; i++)
		if (condition_is(&core->candidates.items[i].condition, &candidate->condition))
			return;
	if (core->candidates.count < HITTING_ELEMENTS_MAX)
		vec_push(&core->candidates, *candidate);
}

static void add_order(const struct finding_candidates *finding, uint32_t first, uint32_t second)
{
	const struct conflict_step *steps = finding->core->conflicts.steps.items;
	struct core_candidate candidate = {
		.condition = { .kind = CONDITION_ORDER,
			       .first = steps[first].place,
			       .second = steps[second].place },
		.distance = second - first,
	};

	if (first >= second || steps[first].place.cpu == steps[second].place.cpu)
		return;
	candidate.named = is_named(&steps[first].place) && is_named(&steps[second].place);
	add(finding->core, &candidate);
}

/* The next step of that CPU, from @at on in this direction, that has a name. Return: or -1. */
static int64_t nearest_named(const struct finding_candidates *finding, uint32_t at, int direction)
{
	const struct conflicts *conflicts = &finding->core->conflicts;
	uint32_t cpu = conflicts->steps.items[at].place.cpu;

	for (int64_t i = at; i >= 0 && i < (int64_t)conflicts->steps.count; i += direction)
		if (conflicts->steps.items[i].place.cpu == cpu &&
		    is_named(&conflicts->steps.items[i].place))
			return i;
	return -1;
}

/*
 * Where a place has no name, the next one of its CPU inwards stands for it: that order implies
 * the one that is meant. If there is none, the next ones outwards, which only suggest it.
 */
static void add_named(const struct finding_candidates *finding, uint32_t first, uint32_t second)
{
	int64_t inner_first = nearest_named(finding, first, 1);
	int64_t inner_second = nearest_named(finding, second, -1);
	int64_t outer_first = nearest_named(finding, first, -1);
	int64_t outer_second = nearest_named(finding, second, 1);

	if (inner_first >= 0 && inner_second >= 0 && inner_first < inner_second)
		add_order(finding, (uint32_t)inner_first, (uint32_t)inner_second);
	else if (outer_first >= 0 && outer_second >= 0)
		add_order(finding, (uint32_t)outer_first, (uint32_t)outer_second);
}

/* Direct ones first: they are what is kept if there are too many. */
static void add_pairs(const struct finding_candidates *finding, bool direct, bool named)
{
	const struct conflicts *conflicts = &finding->core->conflicts;

	for (size_t i = 0; i < conflicts->pairs.count; i++) {
		const struct conflict_pair *pair = &conflicts->pairs.items[i];

		if (pair->direct != direct)
			continue;
		if (named)
			add_named(finding, pair->first, pair->second);
		else
			add_order(finding, pair->first, pair->second);
	}
}

/* Rules look at the states between steps: what came last did so before what was still to come. */
static void add_switches(const struct finding_candidates *finding, bool named)
{
	const struct conflicts *conflicts = &finding->core->conflicts;

	for (uint32_t i = 1, made = 0; i < conflicts->steps.count; i++) {
		if (!conflicts->steps.items[i].pending)
			made = i;
		if (named && conflicts->steps.items[i].idle)
			continue;
		if (named)
			add_named(finding, made < i ? made : i - 1, i);
		else
			add_order(finding, made < i ? made : i - 1, i);
	}
}

static void add_answers(const struct finding_candidates *finding)
{
	const struct conflicts *conflicts = &finding->core->conflicts;

	for (size_t i = 0; i < conflicts->answers.count; i++) {
		struct core_candidate candidate = {
			.condition = { .kind = CONDITION_ANSWER,
				       .answer = conflicts->answers.items[i] },
			.named = true,
		};

		add(finding->core, &candidate);
	}
}

void candidates_find(struct core *core, const struct subject *subject, enum candidates_level level)
{
	const struct finding_candidates finding = { core, subject->program };

	add_answers(&finding);
	add_pairs(&finding, true, true);
	add_pairs(&finding, false, true);
	if (level >= CANDIDATES_SWITCHES)
		add_switches(&finding, true);
	if (level < CANDIDATES_UNNAMED)
		return;
	add_pairs(&finding, true, false);
	for (size_t i = 0; i < core->conflicts.idle_pairs.count; i++)
		add_order(&finding, core->conflicts.idle_pairs.items[i].first,
			  core->conflicts.idle_pairs.items[i].second);
	add_switches(&finding, false);
}
