/* SPDX-License-Identifier: MIT */
/*
 * rerun.h - one execution of a scenario, from a schedule.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_RERUN_H
#define SCENARIO_RERUN_H

#include "engine/sched_file.h"
#include "explore/explore.h"
#include "scenario/runner.h"

/* What to run: exactly one of line and file is given. */
struct rerun_source {
	const char *line;              /* "k2d3k2u2d2" */
	const struct sched_file *file; /* as read; its points are compared too */
	const char *path;              /* of file, for messages */
	unsigned int steps_bound;      /* cut it there; 0: it goes on to its end */
	bool seed_given;
	uint64_t seed;   /* under which faults were drawn; if not given, the scenario's */
	bool tolerant;   /* bend what does not fit: see explore_bend() */
	bool in_process; /* make the executions here: for debuggers */
};

struct rerun {
	struct runner *runner;
	struct trace trace;       /* recorded */
	struct schedule schedule; /* that was run */
	struct text bent;         /* tolerant: a line for each thing that did not fit */
	bool diverged;
	struct text why;    /* "step 4: the schedule has dio, which ..." */
	struct text held;   /* "pin_lost, lost_dma\n" */
	struct text values; /* "seen = 0x11": of the predicates that held */
	bool anything;      /* something held */
};

/**
 * rerun_read() - the schedule of a source.
 * @points: out: the points that a file names, free() the array; NULL for a line
 *
 * Return: 0, or -1 with @schedule empty.
 */
int rerun_read(const struct rerun_source *source, const struct baton_program *program,
	       struct schedule *schedule, char ***points, struct err *err);

/*
 * Plan the faults of @runner as they were planned when @source was recorded. What failed is in the
 * schedule, so how often something may is of no interest any more.
 */
void rerun_plan_faults(struct runner *runner, const struct rerun_source *source);

/**
 * rerun_scenario() - run and record one execution, twice, each in a process of its own.
 * @rerun: filled; rerun_release() it also after an error
 *
 * Context: no simulation is open.
 * Return: 0 (look at diverged), -1 on error.
 */
int rerun_scenario(struct rerun *rerun, const struct run_case *which,
		   const struct rerun_source *source, struct err *err);

void rerun_release(struct rerun *rerun);

#endif
