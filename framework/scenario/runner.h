/* SPDX-License-Identifier: MIT */
/*
 * runner.h - a variant of a scenario as a program that the engine can run.
 *
 * The operations of setup run once; the state that they leave is saved and put back
 * before every other execution. slots hold the variables of the execution that runs
 * or ran last.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_RUNNER_H
#define SCENARIO_RUNNER_H

#include "engine/fault.h"
#include "scenario/scenario.h"

/* Where a CPU is in its block. */
struct runner_cpu {
	struct runner *runner;
	unsigned int index;
	unsigned int done;     /* operations that it has completed */
	unsigned int accesses; /* that it made in the current operation; kept by refs_step() */
};

/* Bytes for what an oracle says of its violation. */
#define WHY_SIZE 200

/* Something that must always hold: an oracle of the model, or an invariant. */
struct runner_rule {
	const char *name;
	const struct model_oracle *oracle; /* NULL: an invariant */
	const struct expr *invariant;
	bool tolerated;    /* the variant expects it: the execution goes on */
	bool violated;     /* in this execution */
	unsigned int step; /* after which it was */
	char why[WHY_SIZE];
};

struct runner {
	const struct scenario *scenario;
	const struct variant *variant;
	struct baton_program program;
	unsigned int cell;
	const char *cell_name; /* "tlbflush=ipi"; NULL without a matrix */
	unsigned int rule_values[MODEL_RULES_MAX];
	struct runner_cpu cpus[SCENARIO_CPUS_MAX];
	VEC(struct baton_cpu_program) cpu_programs; /* and the interrupt contexts */
	VEC(char *) strings;                        /* names and texts that we made */
	VEC(struct runner_rule) rules;              /* oracles first */
	size_t oracle_count;
	VEC(struct baton_watch) watches;
	VEC(struct runner_watch *) watch_args;
	struct baton_region regions[MODEL_REGIONS_MAX];
	struct fault_rule fault_rules[FAULT_RULES_MAX];
	struct fault_plan fault_plan; /* under the seed of the scenario's search */
	unsigned int violated_step;   /* the first rule was violated after it: UINT_MAX: none was */
	unsigned int known_steps;     /* of the execution before */
	long *slots, *saved_slots;
	void *saved_state; /* NULL: setup has not run yet */
};

/* One thing to run: a variant of a scenario in a cell of its matrix. */
struct run_case {
	const struct scenario *scenario; /* checked */
	unsigned int variant;            /* index in the scenario's variants */
	unsigned int cell;               /* 0 where there is no matrix */
};

/**
 * runner_init() - build the program of one variant in one cell of the matrix.
 * @runner: must stay where it is until runner_release()
 *
 * Return: 0, or -1 if the variant cannot be put together.
 */
int runner_init(struct runner *runner, const struct run_case *which, struct err *err);

/* A number for its program: another one for each file, variant and cell. */
uint64_t runner_key(const struct runner *runner);

void runner_release(struct runner *runner);

/* The rule of this name, NULL if there is none. */
const struct runner_rule *runner_rule(const struct runner *runner, const char *name);

/* Has rule @name been violated in the last execution? */
bool runner_violated(const struct runner *runner, const char *name);

#endif
