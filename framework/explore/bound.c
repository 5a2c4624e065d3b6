/* SPDX-License-Identifier: MIT */
#include "explore/bound.h"

static void bound_begin(struct strategy *strategy)
{
	struct bound *bound = (struct bound *)strategy;

	bound->preemptions = bound->faults = bound->switches = 0;
	strategy->inner->begin(strategy->inner);
}

static bool used_up(int max, unsigned int count)
{
	return max >= 0 && count >= (unsigned int)max;
}

static uint32_t pick_narrowed(struct strategy *inner, const struct choice *choice, uint64_t options)
{
	struct choice narrowed = *choice;

	narrowed.options = options;
	return inner->pick(inner, &narrowed);
}

static uint32_t pick_any_cpu(struct bound *bound, const struct choice *choice)
{
	struct strategy *inner = bound->strategy.inner;
	uint32_t current = (uint32_t)choice->current, picked;

	if (choice->current < 0 || !options_has(choice->options, current))
		return inner->pick(inner, choice);
	if (used_up(bound->preemptions_max, bound->preemptions)) {
		bound->preemptions_reached |= (choice->options & (choice->options - 1)) != 0;
		return pick_narrowed(inner, choice, UINT64_C(1) << current);
	}
	picked = inner->pick(inner, choice);
	bound->preemptions += picked != current;
	return picked;
}

/* Who goes on makes no switch, and the first step is none. */
static uint32_t pick_without_switch(struct bound *bound, const struct choice *choice)
{
	struct choice narrowed = *choice;

	narrowed.options &= UINT64_C(1) << choice->current;
	bound->switches_reached |= narrowed.options != choice->options;
	return narrowed.options ? pick_any_cpu(bound, &narrowed) : STRATEGY_STOP;
}

static uint32_t pick_cpu(struct bound *bound, const struct choice *choice)
{
	uint32_t picked;

	if (!bound->switches_max || choice->current < 0)
		return pick_any_cpu(bound, choice);
	if (bound->switches >= bound->switches_max)
		return pick_without_switch(bound, choice);
	picked = pick_any_cpu(bound, choice);
	bound->switches += picked != STRATEGY_STOP && (int)picked != choice->current;
	return picked;
}

/* Option 0 works, 1 fails. */
static uint32_t pick_fault(struct bound *bound, const struct choice *choice)
{
	struct strategy *inner = bound->strategy.inner;
	uint32_t picked;

	if (used_up(bound->faults_max, bound->faults)) {
		bound->faults_reached = true;
		return pick_narrowed(inner, choice, 1);
	}
	picked = inner->pick(inner, choice);
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
