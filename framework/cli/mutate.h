/* SPDX-License-Identifier: MIT */
/*
 * mutate.h - leave out one call of the model after the other: does a scenario notice?
 *
 * A case is a variant of a scenario that expects something never to be seen. It is run
 * once as it is, which says what it reaches; then each mutant is run under the cases
 * that reach its call, the smallest first, until one shows what it should not.
 *
 * Layer: cli. May include: scenario, explore, engine, base.
 */
#ifndef CLI_MUTATE_H
#define CLI_MUTATE_H

#include "baton/mutable.h"
#include "cli/paths.h"
#include "scenario/run.h"

struct mutate_case {
	struct run_case which;
	uint64_t executions; /* of its search, with nothing left out */
	bool *reached;       /* by baton_mutable_index() */
	bool usable;         /* it is as expected with nothing left out */
};

enum mutant_state {
	MUTANT_RUNS,
	MUTANT_KILLED,
	MUTANT_SURVIVES,
	MUTANT_UNREACHED,
};

struct mutant {
	const struct baton_mutable *place;
	char *name; /* "gup.c gup_pte(): put_page(page, kind)", and "#2" for the second such */
	enum mutant_state state;
	size_t next;      /* case to be run */
	unsigned int ran; /* cases */
	unsigned int cut; /* of them: by the limit of time */
	bool busy;        /* a process runs it */
	const struct mutate_case *killer;
	char *what;   /* that the killer showed */
	char *reason; /* why it need not be killed; NULL: nobody gave one */
};

struct mutation {
	VEC(struct scenario *) scenarios;
	VEC(struct mutate_case) cases;
	VEC(struct mutant) mutants; /* by file and line */
	unsigned int place_count;
	unsigned int jobs, seconds; /* processes; time limit of one search */
	size_t next;                /* case of the baseline, later mutant to be printed */
};

/* What a process found out. */
struct mutate_answer {
	enum outcome outcome; /* OUTCOME_NONE: it ended before it could say */
	uint64_t executions;
	bool cut;
	char what[200];
	bool reached[]; /* place_count */
};

/* All places of the program. */
void mutate_init(struct mutation *mutation);

/* Go on with those of @kind alone. */
void mutate_choose(struct mutation *mutation, const char *kind);
void mutate_release(struct mutation *mutation);

/* Read why mutants need not be killed. @err: also each name that no mutant has. */
int mutate_read_reasons(struct mutation *mutation, const char *path, struct err *err);

/* Load the scenarios. Return: 0, or -1: some have mistakes, or none has a case. */
int mutate_load(struct mutation *mutation, const struct paths *paths, struct err *err);

/* mutate_run.c: run all cases with nothing left out. @err: what is not as expected. */
int mutate_baseline(struct mutation *mutation, struct err *err);

/* mutate_run.c: run the mutants; @done is called for each, in their order. */
void mutate_run(struct mutation *mutation, void (*done)(const struct mutant *mutant));

/**
 * mutate_pool() - run tasks in processes of their own, as many at once as there are jobs.
 * @begin: false: nothing to do before another task has ended. Else it sets which case and
 *	   which mutant, NULL for none.
 * @end: told what came of one
 */
struct mutate_task {
	struct mutate_case *which;
	struct mutant *mutant;
};

struct mutate_work {
	bool (*begin)(struct mutation *mutation, struct mutate_task *task);
	void (*end)(struct mutation *mutation, const struct mutate_task *task,
		    const struct mutate_answer *answer);
};

void mutate_pool(struct mutation *mutation, const struct mutate_work *work);

#endif
