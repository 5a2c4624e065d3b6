/* SPDX-License-Identifier: MIT */
#include "explore/dpor_limit.h"

static void add(struct dpor_failures *failures, struct dpor_choice choice)
{
	if (!choice.rule || !choice.answer)
		return;
	failures->of[0]++;
	if (choice.rule != DPOR_NO_RULE)
		failures->of[choice.rule]++;
}

void dpor_failures_add(struct dpor_failures *failures, const struct dpor_choice *choices,
		       size_t count)
{
	for (size_t i = 0; i < count; i++)
		add(failures, choices[i]);
}

void dpor_failures_add_outcome(struct dpor_failures *failures, const struct dpor_outcomes *outcomes,
			       uint32_t outcome)
{
	for (; outcome; outcome = outcomes->items.items[outcome].parent)
		add(failures, outcomes->items.items[outcome].choice);
}

bool dpor_failures_allowed(const struct dpor_failures *failures,
			   const struct dpor_outcomes *outcomes)
{
	const struct fault_plan *plan = fault_plan();
	unsigned int planned = 0;

	if (failures->of[0] > outcomes->faults_max)
		return false;
	for (unsigned int i = 0; plan && i < plan->count; i++) {
		if (plan->rules[i].times && failures->of[i + 1] > plan->rules[i].times)
			return false;
		planned += failures->of[i + 1];
	}
	return !plan || planned <= plan->budget;
}
