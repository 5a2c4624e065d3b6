/* SPDX-License-Identifier: MIT */
/* testing.c - the model's tables, used as the scenario language uses them. */
#include "mm/testing.h"

#include <stdio.h>
#include <string.h>

static _Noreturn void no_such(const char *what, const char *name)
{
	baton_fail("test", "no %s '%s'", what, name);
}

static unsigned int rule_index(const char *name)
{
	for (unsigned int i = 0; mm_rules[i].name; i++)
		if (strcmp(mm_rules[i].name, name) == 0)
			return i;
	no_such("rule", name);
}

static unsigned int value_index(unsigned int rule, const char *name)
{
	for (unsigned int i = 0; mm_rules[rule].values[i]; i++)
		if (strcmp(mm_rules[rule].values[i], name) == 0)
			return i;
	no_such("value", name);
}

static void apply(const struct model_patch *patch, unsigned int *rules)
{
	for (int i = 0; i < MODEL_SETTINGS_MAX && patch->settings[i].rule; i++) {
		unsigned int rule = rule_index(patch->settings[i].rule);

		rules[rule] = value_index(rule, patch->settings[i].value);
	}
}

void boot(unsigned int cpus, const char *version)
{
	const struct model_version *found = mm_versions;
	unsigned int rules[MODEL_RULES_MAX] = { 0 };
	struct model_patch_list list = { 0 };

	while (found->name && strcmp(found->name, version) != 0)
		found++;
	if (!found->name)
		no_such("version", version);
	model_version_patches(&mm_model, found, &list);
	for (size_t i = 0; i < list.count; i++)
		apply(list.items[i], rules);
	mm_model.reset(cpus, rules);
	for (unsigned int cpu = 0; cpu < cpus; cpu++)
		world.cpus[cpu].user = 1;
}

void set_rule(enum rule_value value)
{
	world.rules[value >> 8] = (uint8_t)(value & 0xff);
}

bool rule_value_is(enum rule_value value, const char *name)
{
	return strcmp(mm_rules[value >> 8].values[value & 0xff], name) == 0;
}

static long result_of(const struct model_op *op, const struct model_call *call)
{
	long result = op->run(call);

	mm_model.op_done();
	return result;
}

long run_op(const char *name, long process, const long *args)
{
	const struct model_call call = { args, process };

	for (const struct model_op *found = mm_ops; found->name; found++)
		if (strcmp(found->name, name) == 0)
			return result_of(found, &call);
	no_such("operation", name);
}

long look_at(const char *name, long address)
{
	const long args[MODEL_PARAMS_MAX] = { address };

	for (const struct model_observable *found = mm_observables; found->name; found++)
		if (strcmp(found->name, name) == 0)
			return found->get(args);
	no_such("observable", name);
}

bool violated(const char *oracle)
{
	char why[200];

	for (const struct model_oracle *found = mm_oracles; found->name; found++)
		if (strcmp(found->name, oracle) == 0)
			return found->violated(why, sizeof(why));
	no_such("oracle", oracle);
}

const char *first_violation(void)
{
	static char text[300];
	char why[200];

	for (const struct model_oracle *oracle = mm_oracles; oracle->name; oracle++) {
		if (!oracle->violated(why, sizeof(why)))
			continue;
		(void)snprintf(text, sizeof(text), "%s: %s", oracle->name, why);
		return text;
	}
	return "";
}

void check_oracles(void *arg)
{
	char why[200];

	(void)arg;
	for (const struct model_oracle *oracle = mm_oracles; oracle->name; oracle++)
		if (oracle->violated(why, sizeof(why)))
			baton_fail(oracle->name, "%s", why);
}
