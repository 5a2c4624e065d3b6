/* SPDX-License-Identifier: MIT */
/* predict.c - a script as the setup of a simulation whose CPUs have nothing to do. */
#include "conform/predict.h"

#include <string.h>

#include "base/bug.h"
#include "baton/injector.h"
#include "conform/machine.h"
#include "conform/state.h"
#include "engine/sim.h"
#include "mm/model.h"

static struct {
	unsigned int rules[MODEL_RULES_MAX];
	bool swap_in_memory;
	const struct conform_script *script;
	size_t count; /* operations to run */
	struct conform_prediction *prediction;
	struct text *state; /* or NULL */
	struct conform_machine machine;
} run;

/* A CPU that is alone (setup) has no TLB, and needs none: it is the only one. */
static void run_script(void *arg)
{
	(void)arg;
	mm_model.reset(1, run.rules);
	conform_machine_init(&run.machine, run.script);
	world.swap.flags.synchronous_io = run.swap_in_memory;
	for (size_t i = 0; i < run.count; i++)
		vec_push(&run.prediction->answers,
			 conform_call(&run.machine, &run.script->ops.items[i]));
	if (run.state)
		conform_machine_state(&run.machine, run.state);
}

static void nothing(void *arg)
{
	(void)arg;
}

/* As a kernel would, use frames and slots again: the model has few. */
static bool fails(const char *point, int error)
{
	(void)error;
	return !strcmp(point, "mm/page_reuse");
}

static uint32_t pick(struct strategy *strategy, const struct choice *choice)
{
	(void)strategy;
	return options_first(choice->options);
}

static void execute(void)
{
	static struct strategy strategy = { .pick = pick };

	if (sim_execute(&strategy, 0, NULL) == SIM_DONE)
		return;
	text_add(&run.prediction->finding, sim_finding()->name);
	text_addf(&run.prediction->finding, ": %s", sim_finding()->text.bytes);
	while (run.prediction->answers.count < run.count)
		vec_push(&run.prediction->answers, CONFORM_NO_ANSWER);
}

int conform_open(const unsigned int *rules, bool swap_in_memory, struct err *err)
{
	static const struct baton_cpu_program cpu = { "idle", nothing, NULL, -1 };
	static const struct baton_program program = {
		.name = "conform",
		.cpus = &cpu,
		.cpu_count = 1,
		.setup = run_script,
	};

	memcpy(run.rules, rules, sizeof(run.rules));
	run.swap_in_memory = swap_in_memory;
	baton_fault_route(fails);
	return sim_init(&program, err);
}

void conform_close(void)
{
	sim_release();
	baton_fault_route(NULL);
}

void conform_predict(const struct conform_script *script, struct conform_prediction *prediction)
{
	prediction->answers.count = 0;
	text_clear(&prediction->finding);
	run.script = script;
	run.count = script->ops.count;
	run.prediction = prediction;
	run.state = NULL;
	execute();
}

void conform_state(const struct conform_script *script, size_t index, struct text *text)
{
	struct conform_prediction prediction = CONFORM_PREDICTION_INIT;

	BUG_ON(index >= script->ops.count);
	run.script = script;
	run.count = index + 1;
	run.prediction = &prediction;
	run.state = text;
	execute();
	conform_prediction_release(&prediction);
}

void conform_prediction_release(struct conform_prediction *prediction)
{
	vec_release(&prediction->answers);
	text_release(&prediction->finding);
}
