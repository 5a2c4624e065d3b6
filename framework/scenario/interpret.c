/* SPDX-License-Identifier: MIT */
#include "scenario/interpret.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "engine/heap.h"
#include "engine/sim.h"
#include "scenario/expr.h"

/* "gup_fast(A, FOLL_WRITE)": the step as it was written. */
static void announce_step(const struct runner *runner, const struct step *step)
{
	const char *text = runner->scenario->source.text;
	uint32_t begin = step->op_name.at.begin, end = step->at.end;

	while (end > begin && strchr("; \t\r\n", text[end - 1]))
		end--;
	baton_call_begin("%.*s", (int)(end - begin), text + begin);
}

/* @user: it is done in user mode, not in an interrupt. */
static void run_step(struct runner *runner, const struct step *step, bool user)
{
	long args[MODEL_PARAMS_MAX] = { 0 };
	struct model_call call = { .args = args };
	long result;

	for (unsigned int i = 0; i < step->arg_count; i++)
		args[i] = expr_eval(step->args[i], runner->slots);
	if (step->process >= 0)
		call.process = runner->slots[step->process];
	announce_step(runner, step);
	result = step->op->run(&call);
	if (user && runner->scenario->model->op_done)
		runner->scenario->model->op_done();
	baton_call_end();
	if (step->slot >= 0)
		runner->slots[step->slot] = result;
}

static void enter(const struct runner *runner, int process)
{
	const struct model *model = runner->scenario->model;

	if (model->enter)
		model->enter(baton_cpu(), process >= 0 ? runner->slots[process] : 0);
}

void interpret_cpu(void *arg)
{
	struct runner_cpu *cpu = arg;
	struct runner *runner = cpu->runner;
	const struct cpu *written = &runner->scenario->cpus.items[cpu->index];

	enter(runner, written->process);
	for (size_t i = 0; i < written->block.steps.count; i++) {
		cpu->accesses = 0;
		run_step(runner, &written->block.steps.items[i], true);
		cpu->done++;
	}
}

/* What an irq does each time that it comes. It is in no process. */
static void interpret_irq(void *arg)
{
	const struct runner_cpu *irq = arg;
	const struct block *block = &irq->runner->scenario->cpus.items[irq->index].block;

	for (size_t i = 0; i < block->steps.count; i++)
		run_step(irq->runner, &block->steps.items[i], false);
}

static void add_interrupts(struct runner *runner)
{
	const struct scenario *scenario = runner->scenario;

	for (size_t i = 0; i < scenario->irq_count; i++) {
		size_t index = scenario->cpus.count + i;
		const struct cpu *irq = &scenario->cpus.items[index];

		runner->cpus[index] =
			(struct runner_cpu){ .runner = runner, .index = (unsigned int)index };
		scenario->model->interrupts(irq->host, irq->count, interpret_irq,
					    &runner->cpus[index]);
	}
}

static void run_block(struct runner *runner, const struct block *block)
{
	for (size_t i = 0; i < block->steps.count; i++) {
		enter(runner, block->steps.items[i].process);
		run_step(runner, &block->steps.items[i], true);
	}
}

static void save(struct runner *runner)
{
	const struct model *model = runner->scenario->model;

	runner->saved_state = xrealloc(NULL, model->state_bytes);
	memcpy(runner->saved_state, model->state, model->state_bytes);
	memcpy(runner->saved_slots, runner->slots,
	       runner->scenario->variables.count * sizeof(*runner->slots));
}

static void restore(struct runner *runner)
{
	const struct model *model = runner->scenario->model;

	memcpy(model->state, runner->saved_state, model->state_bytes);
	memcpy(runner->slots, runner->saved_slots,
	       runner->scenario->variables.count * sizeof(*runner->slots));
}

void interpret_setup(void *arg)
{
	struct runner *runner = arg;
	const struct model *model = runner->scenario->model;

	for (size_t i = 0; i < runner->rules.count; i++)
		runner->rules.items[i].violated = false;
	for (size_t i = 0; i < runner->scenario->cpus.count; i++)
		runner->cpus[i].done = runner->cpus[i].accesses = 0;
	runner->known_steps = runner->violated_step;
	runner->violated_step = UINT_MAX;
	if (runner->saved_state) {
		restore(runner);
		return;
	}
	memset(runner->slots, 0, runner->scenario->variables.count * sizeof(*runner->slots));
	model->reset((unsigned int)runner->scenario->cpus.count, runner->rule_values);
	add_interrupts(runner);
	run_block(runner, &runner->scenario->setup);
	/* What was allocated is gone with its execution: then setup runs before each one. */
	if (!heap_is_used())
		save(runner);
}

static void violate(struct runner *runner, struct runner_rule *rule)
{
	rule->violated = true;
	if (sim_steps() < runner->violated_step)
		runner->violated_step = sim_steps();
	sim_saw((unsigned int)(rule - runner->rules.items));
	rule->step = sim_steps();
	if (!rule->tolerated)
		baton_fail(rule->name, "%s", rule->why);
	baton_note("%s: %s", rule->name, rule->why);
	sim_stacks();
}

static bool is_violated(const struct runner *runner, struct runner_rule *rule)
{
	if (rule->oracle)
		return rule->oracle->violated(rule->why, sizeof(rule->why));
	(void)snprintf(rule->why, sizeof(rule->why), "does not hold");
	return !expr_eval(rule->invariant, runner->slots);
}

/* Did all rules hold here the last time? */
static bool is_known(const struct runner *runner)
{
	return sim_repeats() && sim_steps() < runner->known_steps;
}

/* The oracles that are to be asked: the first of the rules. */
static uint64_t oracles_with_news(const struct runner *runner)
{
	const struct model *model = runner->scenario->model;
	uint64_t all = runner->oracle_count < 64 ? (UINT64_C(1) << runner->oracle_count) - 1 :
						   UINT64_MAX;

	return model->news ? model->news() & all : all;
}

static void check_rule(struct runner *runner, struct runner_rule *rule)
{
	if (!rule->violated && is_violated(runner, rule))
		violate(runner, rule);
}

static void check_rules(struct runner *runner)
{
	for (uint64_t set = oracles_with_news(runner); set; set &= set - 1)
		check_rule(runner, &runner->rules.items[__builtin_ctzll(set)]);
	for (size_t i = runner->oracle_count; i < runner->rules.count; i++)
		check_rule(runner, &runner->rules.items[i]);
}

/*
 * What a model has noted as new stays so where nobody looks: it is looked at after the first
 * step that is not known.
 */
void interpret_check(void *arg)
{
	struct runner *runner = arg;

	if (!is_known(runner))
		check_rules(runner);
}

void interpret_finally(void *arg)
{
	struct runner *runner = arg;

	if (runner->scenario->model->idle) {
		runner->scenario->model->idle();
		check_rules(runner);
	}
	run_block(runner, &runner->scenario->finally);
}

long interpret_watch(void *arg)
{
	const struct runner_watch *watch = arg;
	long args[MODEL_PARAMS_MAX] = { watch->runner->slots[watch->slot] };

	for (unsigned int i = 1; i < MODEL_PARAMS_MAX && watch->observable->params[i].name; i++)
		args[i] = watch->observable->params[i].missing;
	return watch->observable->get(args);
}
