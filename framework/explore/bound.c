/* SPDX-License-Identifier: MIT */
#include "explore/bound.h"

static void bound_begin(struct strategy *strategy)
{
	((struct bound *)strategy)->preemptions = 0;
	strategy->inner->begin(strategy->inner);
}

static uint32_t bound_pick(struct strategy *strategy, const struct choice *choice)
{
	struct bound *bound = (struct bound *)strategy;
	struct choice narrowed = *choice;
	uint32_t current = (uint32_t)choice->current, picked;

	if (choice->kind != BATON_CHOICE_CPU || choice->current < 0 ||
	    !options_has(choice->options, current))
		return strategy->inner->pick(strategy->inner, choice);
	if (bound->preemptions >= bound->preemptions_max) {
		narrowed.options = UINT64_C(1) << current;
		bound->reached |= narrowed.options != choice->options;
	}
	picked = strategy->inner->pick(strategy->inner, &narrowed);
	bound->preemptions += picked != current;
	return picked;
}

static bool bound_end(struct strategy *strategy)
{
	return strategy->inner->end(strategy->inner);
}

void bound_init(struct bound *bound, struct strategy *inner, unsigned int preemptions_max)
{
	*bound = (struct bound){
		.strategy = { .begin = bound_begin,
			      .pick = bound_pick,
			      .end = bound_end,
			      .inner = inner },
		.preemptions_max = preemptions_max,
	};
}
