/* SPDX-License-Identifier: MIT */
#include "scenario/ending.h"

#include "engine/sim.h"

void ending_name(const struct runner *runner, unsigned int slot, struct text *text)
{
	const struct scenario *scenario = runner->scenario;
	const struct variable *variable = &scenario->variables.items[slot];

	if (variable->ambiguous)
		text_addf(text, "%s:", scenario->cpus.items[variable->owner].name.text);
	text_add(text, variable->name);
}

void ending_value(const struct runner *runner, unsigned int slot, struct text *text)
{
	const struct variable *variable = &runner->scenario->variables.items[slot];
	long value = runner->slots[slot];

	if (variable->type == MODEL_PAGE || variable->type == MODEL_PROCESS ||
	    variable->type == MODEL_FILE)
		text_add(text, value ? "set" : "none");
	else if (value >= -9 && value <= 9)
		text_addf(text, "%ld", value);
	else
		text_addf(text, "0x%lx", (unsigned long)value);
}

void ending_variable(const struct runner *runner, unsigned int slot, struct text *text)
{
	ending_name(runner, slot, text);
	text_add(text, " = ");
	ending_value(runner, slot, text);
}

static void add_finding(struct text *text)
{
	const struct finding *finding = sim_finding();

	if (finding->kind != FINDING_NONE)
		text_addf(text, "; %s at step %u: %s", finding->name, finding->step,
			  finding->text.bytes);
}

/* A rule that ended the execution is its finding. */
static void add_rules(const struct runner *runner, struct text *text)
{
	for (size_t i = 0; i < runner->rules.count; i++) {
		const struct runner_rule *rule = &runner->rules.items[i];

		if (rule->violated && rule->tolerated)
			text_addf(text, "; %s at step %u: %s", rule->name, rule->step, rule->why);
	}
}

char *ending_text(const struct runner *runner)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "%u step%s", sim_steps(), sim_steps() == 1 ? "" : "s");
	add_finding(&text);
	add_rules(runner, &text);
	for (unsigned int i = 0; i < runner->scenario->variables.count; i++) {
		text_add(&text, i ? ", " : "; ");
		ending_variable(runner, i, &text);
	}
	return text_detach(&text);
}
