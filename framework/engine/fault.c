/* SPDX-License-Identifier: MIT */
#include "engine/fault.h"

#include <limits.h>
#include <string.h>

#include "base/bug.h"
#include "baton/sim.h"

static const struct fault_plan *plan;
static bool (*source)(const char *point);
static unsigned int passes[FAULT_RULES_MAX], failures[FAULT_RULES_MAX], failures_all;
static unsigned long passes_ever[FAULT_RULES_MAX];

void fault_set_plan(const struct fault_plan *new_plan)
{
	BUG_ON(new_plan && new_plan->count > FAULT_RULES_MAX);
	plan = new_plan;
	memset(passes_ever, 0, sizeof(passes_ever));
}

unsigned long fault_passes(unsigned int index)
{
	return passes_ever[index];
}

void fault_begin(void)
{
	if (!plan)
		return;
	memset(passes, 0, sizeof(passes));
	memset(failures, 0, sizeof(failures));
	failures_all = 0;
}

static bool counts_passes(const struct fault_rule *rule)
{
	return rule->first > 1 || rule->last < UINT_MAX;
}

bool fault_counts_passes(void)
{
	for (unsigned int i = 0; plan && i < plan->count; i++)
		if (counts_passes(&plan->rules[i]))
			return true;
	return false;
}

/* Passes before the first that may fail, or so many that none may any more. */
static unsigned int passes_that_count(unsigned int index)
{
	const struct fault_rule *rule = &plan->rules[index];

	if (!counts_passes(rule))
		return 0;
	return passes[index] > rule->last ? rule->last : passes[index];
}

uint64_t fault_state(void)
{
	uint64_t state = 0;

	for (unsigned int i = 0; plan && i < plan->count; i++)
		state = (state + passes_that_count(i)) * UINT64_C(0x9e3779b97f4a7c15);
	return state;
}

static bool may_fail(const struct fault_rule *rule, unsigned int index)
{
	return passes[index] >= rule->first && passes[index] <= rule->last &&
	       failures[index] < rule->times && failures_all < plan->budget;
}

static bool applies(const struct fault_rule *rule, const char *point)
{
	return !strcmp(rule->point, point) && (rule->cpu < 0 || rule->cpu == baton_cpu());
}

static int decide(const struct fault_rule *rule, unsigned int index)
{
	passes[index]++;
	passes_ever[index]++;
	if (!may_fail(rule, index) || !baton_choose(BATON_CHOICE_FAULT, 2, rule->point))
		return 0;
	failures[index]++;
	failures_all++;
	return rule->error;
}

int fault_decide(const char *point)
{
	int error = 0;

	for (unsigned int i = 0; plan && i < plan->count && !error; i++)
		if (applies(&plan->rules[i], point))
			error = decide(&plan->rules[i], i);
	return error;
}

void fault_set_source(bool (*fails)(const char *point))
{
	source = fails;
}

bool baton_fault(const char *point)
{
	if (baton_cpu() < 0)
		return false;
	return source ? source(point) : fault_decide(point) != 0;
}
