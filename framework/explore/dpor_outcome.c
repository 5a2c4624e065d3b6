/* SPDX-License-Identifier: MIT */
#include "explore/dpor_outcome.h"

#include <limits.h>

void dpor_outcomes_init(struct dpor_outcomes *outcomes)
{
	*outcomes = (struct dpor_outcomes){ .faults_max = UINT_MAX };
	vec_push(&outcomes->items, (struct dpor_outcome){ 0 });
}

void dpor_outcomes_release(struct dpor_outcomes *outcomes)
{
	vec_release(&outcomes->items);
}

static bool is_same(struct dpor_choice a, struct dpor_choice b)
{
	return a.answer == b.answer && a.count == b.count && a.rule == b.rule;
}

uint32_t dpor_outcome_add(struct dpor_outcomes *outcomes, uint32_t parent,
			  struct dpor_choice choice)
{
	struct dpor_outcome added = { .parent = parent, .choice = choice };
	uint32_t number = outcomes->items.items[parent].child;

	for (; number; number = outcomes->items.items[number].sibling)
		if (is_same(outcomes->items.items[number].choice, choice))
			return number;
	number = (uint32_t)outcomes->items.count;
	added.length = outcomes->items.items[parent].length + 1;
	added.deviates = outcomes->items.items[parent].deviates || choice.answer;
	added.sibling = outcomes->items.items[parent].child;
	vec_push(&outcomes->items, added);
	outcomes->items.items[parent].child = number;
	return number;
}

uint32_t dpor_outcome_prefix(const struct dpor_outcomes *outcomes, uint32_t outcome,
			     uint32_t length)
{
	while (outcomes->items.items[outcome].length > length)
		outcome = outcomes->items.items[outcome].parent;
	return outcome;
}

bool dpor_outcome_begins(const struct dpor_outcomes *outcomes, uint32_t a, uint32_t b)
{
	return dpor_outcome_prefix(outcomes, a, outcomes->items.items[b].length) ==
	       dpor_outcome_prefix(outcomes, b, outcomes->items.items[a].length);
}
