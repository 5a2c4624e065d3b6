/* SPDX-License-Identifier: MIT */
#include "engine/fault.h"

#include <limits.h>
#include <string.h>

#include "base/bug.h"
#include "engine/sim_state.h"

static const struct fault_plan *plan;
static bool (*source)(const char *point);
static unsigned int passes[FAULT_RULES_MAX][BATON_CPUS_MAX + 1];
static unsigned int failures[FAULT_RULES_MAX], failures_all;
static unsigned long passes_ever[FAULT_RULES_MAX];

void fault_set_plan(const struct fault_plan *new_plan)
{
	BUG_ON(new_plan && new_plan->count > FAULT_RULES_MAX);
	plan = new_plan;
	memset(passes_ever, 0, sizeof(passes_ever));
}

const struct fault_plan *fault_plan(void)
{
	return plan;
}

unsigned long fault_passes(unsigned int index)
{
	return passes_ever[index];
}

void fault_begin(void)
{
	if (!plan)
		return;
	memset(passes, 0, plan->count * sizeof(*passes));
	memset(failures, 0, sizeof(failures));
	failures_all = 0;
}

static bool is_left(const struct fault_rule *rule, unsigned int index)
{
	return failures[index] < rule->times && failures_all < plan->budget;
}

static bool applies(const struct fault_rule *rule, const char *point)
{
	return !strcmp(rule->point, point) && (rule->cpu < 0 || rule->cpu == baton_cpu());
}

static int decide(const struct fault_rule *rule, unsigned int index)
{
	struct choice choice = {
		.kind = BATON_CHOICE_FAULT,
		.options = is_left(rule, index) ? 3 : 1,
		.unlimited = 3,
		.rule = index + 1,
		.name = rule->point,
	};
	unsigned int pass = ++passes[index][baton_cpu()];

	passes_ever[index]++;
	if (pass < rule->first || pass > rule->last || !step_choose(&choice))
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
