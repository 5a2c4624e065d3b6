/* SPDX-License-Identifier: MIT */
/*
 * runner.c - putting the program of a variant together. What its CPUs run is in
 * interpret.c.
 */
#include "scenario/runner.h"

#include <string.h>

#include "scenario/ending.h"
#include "scenario/interpret.h"

static char *keep(struct runner *runner, char *string)
{
	vec_push(&runner->strings, string);
	return string;
}

/* A variant names what it expects: then a violation is no reason to stop. */
static bool mentioned(const struct variant *variant, const char *name)
{
	for (size_t i = 0; i < variant->verdicts.count; i++)
		if (!strcmp(variant->verdicts.items[i].name.text, name))
			return true;
	return false;
}

static void add_rules(struct runner *runner)
{
	const struct model_oracle *oracle = runner->scenario->model->oracles;

	for (; oracle && oracle->name; oracle++) {
		struct runner_rule rule = { .name = oracle->name, .oracle = oracle };

		rule.tolerated = !oracle->fatal && mentioned(runner->variant, rule.name);
		vec_push(&runner->rules, rule);
	}
	runner->oracle_count = runner->rules.count;
	for (size_t i = 0; i < runner->scenario->predicates.count; i++) {
		const struct predicate *predicate = &runner->scenario->predicates.items[i];
		struct runner_rule rule = { .name = predicate->name.text,
					    .invariant = predicate->expr };

		rule.tolerated = mentioned(runner->variant, rule.name);
		if (predicate->invariant)
			vec_push(&runner->rules, rule);
	}
}

static void add_cpus(struct runner *runner)
{
	const struct scenario *scenario = runner->scenario;

	for (unsigned int i = 0; i < scenario->cpus.count; i++) {
		runner->cpus[i] = (struct runner_cpu){ .runner = runner, .index = i };
		vec_push(&runner->cpu_programs,
			 ((struct baton_cpu_program){ scenario->cpus.items[i].name.text,
						      interpret_cpu, &runner->cpus[i], -1 }));
	}
	for (unsigned int i = 0; scenario->model->irq && i < scenario->cpus.count; i++) {
		struct text name = TEXT_INIT;

		text_addf(&name, "%s_irq", scenario->cpus.items[i].name.text);
		vec_push(&runner->cpu_programs,
			 ((struct baton_cpu_program){ keep(runner, text_detach(&name)),
						      scenario->model->irq, (void *)(uintptr_t)i,
						      (int)i }));
	}
}

static void add_watch(struct runner *runner, const struct model_observable *observable,
		      unsigned int slot)
{
	struct runner_watch *arg = xcalloc(1, sizeof(*arg));
	struct text name = TEXT_INIT;

	*arg = (struct runner_watch){ runner, observable, slot };
	vec_push(&runner->watch_args, arg);
	text_addf(&name, "%s.%s", runner->scenario->variables.items[slot].name, observable->watch);
	vec_push(&runner->watches,
		 ((struct baton_watch){ keep(runner, text_detach(&name)), interpret_watch, arg }));
}

/* What the model wants shown of every address that setup made. */
static void add_watches(struct runner *runner)
{
	const struct model_observable *observable = runner->scenario->model->observables;

	for (; observable && observable->name; observable++)
		for (unsigned int i = 0; i < runner->scenario->variables.count; i++) {
			const struct variable *variable = &runner->scenario->variables.items[i];

			if (observable->watch && variable->owner == OWNER_SETUP &&
			    variable->type == MODEL_ADDRESS)
				add_watch(runner, observable, i);
		}
}

/* What the model shows, and the variables that have a value. */
static void show_state(struct baton_shown *shown, void *arg)
{
	const struct runner *runner = arg;
	const struct model_show *show = runner->scenario->model->shows;

	for (; show && show->kind; show++)
		show->show(shown, show->kind);
	for (unsigned int i = 0; i < runner->scenario->variables.count; i++) {
		const struct variable *variable = &runner->scenario->variables.items[i];
		struct text name = TEXT_INIT, value = TEXT_INIT;

		if (variable->owner == OWNER_SETUP || !runner->slots[i])
			continue;
		ending_name(runner, i, &name);
		ending_value(runner, i, &value);
		baton_show_object(shown, "variable", name.bytes, &runner->slots[i],
				  sizeof(runner->slots[i]));
		baton_show_field(shown, "value", "%s", value.bytes);
		text_release(&name);
		text_release(&value);
	}
}

static void add_faults(struct runner *runner)
{
	const struct faults *faults = &runner->scenario->faults;

	for (size_t i = 0; i < faults->list.count; i++) {
		runner->fault_rules[i] = faults->list.items[i].rule;
		if (faults->any_times)
			runner->fault_rules[i].times = 0;
	}
	runner->fault_plan = (struct fault_plan){
		.rules = runner->fault_rules,
		.count = (unsigned int)faults->list.count,
		.budget = faults->budget,
		.seed = (uint64_t)runner->scenario->search.seed,
		.points = runner->scenario->model->faults,
	};
}

static void name_cell(struct runner *runner)
{
	struct text name = TEXT_INIT;

	scenario_cell_name(runner->scenario, runner->cell, &name);
	if (name.length)
		runner->cell_name = keep(runner, text_detach(&name));
	text_release(&name);
}

int runner_init(struct runner *runner, const struct run_case *which, struct err *err)
{
	const struct scenario *scenario = which->scenario;

	*runner = (struct runner){
		.scenario = scenario,
		.variant = &scenario->variants.items[which->variant],
		.cell = which->cell,
	};
	runner->slots = xcalloc(scenario->variables.count + 1, sizeof(long));
	runner->saved_slots = xcalloc(scenario->variables.count + 1, sizeof(long));
	if (scenario_rules(scenario, which->variant, which->cell, runner->rule_values, err)) {
		runner_release(runner);
		return -1;
	}
	add_faults(runner);
	name_cell(runner);
	add_rules(runner);
	add_cpus(runner);
	add_watches(runner);
	runner->program = (struct baton_program){
		.name = scenario->name.text,
		.cpus = runner->cpu_programs.items,
		.cpu_count = (unsigned int)runner->cpu_programs.count,
		.setup = interpret_setup,
		.finally = scenario->finally.steps.count || scenario->model->idle ?
				   interpret_finally :
				   NULL,
		.step = runner->rules.count ? interpret_check : NULL,
		.arg = runner,
		.watches = runner->watches.items,
		.watch_count = (unsigned int)runner->watches.count,
		.regions = runner->regions,
		.region_count =
			scenario->model->regions ? scenario->model->regions(runner->regions) : 0,
		.show = show_state,
	};
	return 0;
}

void runner_release(struct runner *runner)
{
	for (size_t i = 0; i < runner->strings.count; i++)
		free(runner->strings.items[i]);
	for (size_t i = 0; i < runner->watch_args.count; i++)
		free(runner->watch_args.items[i]);
	vec_release(&runner->strings);
	vec_release(&runner->watch_args);
	vec_release(&runner->watches);
	vec_release(&runner->rules);
	vec_release(&runner->cpu_programs);
	free(runner->slots);
	free(runner->saved_slots);
	free(runner->saved_state);
}

const struct runner_rule *runner_rule(const struct runner *runner, const char *name)
{
	for (size_t i = 0; i < runner->rules.count; i++)
		if (!strcmp(runner->rules.items[i].name, name))
			return &runner->rules.items[i];
	return NULL;
}

bool runner_violated(const struct runner *runner, const char *name)
{
	const struct runner_rule *rule = runner_rule(runner, name);

	return rule && rule->violated;
}

static uint64_t hash(uint64_t key, const char *string)
{
	for (; *string; string++)
		key = (key ^ (unsigned char)*string) * UINT64_C(0x100000001b3);
	return key;
}

uint64_t runner_key(const struct runner *runner)
{
	uint64_t key = hash(UINT64_C(0xcbf29ce484222325), runner->scenario->source.path);

	return hash(key, runner->variant->title) + runner->cell;
}
