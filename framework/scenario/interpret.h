/* SPDX-License-Identifier: MIT */
/*
 * interpret.h - what the CPUs of a scenario run: the callbacks of its program.
 *
 * Layer: scenario. May include: engine, base.
 */
#ifndef SCENARIO_INTERPRET_H
#define SCENARIO_INTERPRET_H

#include "scenario/runner.h"

/* One column beside the steps: an observable of the address in a slot. */
struct runner_watch {
	const struct runner *runner;
	const struct model_observable *observable;
	unsigned int slot;
};

/* baton_cpu_program.run; @arg is the CPU's struct runner_cpu. */
void interpret_cpu(void *arg);
/* baton_program.setup, .finally and .step; @arg is the struct runner. */
void interpret_setup(void *arg);
void interpret_finally(void *arg);
void interpret_check(void *arg);
/* baton_watch.get; @arg is a struct runner_watch. */
long interpret_watch(void *arg);

#endif
