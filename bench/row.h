/* SPDX-License-Identifier: MIT */
/*
 * row.h - one line of the benchmark: what is run, and what that took.
 *
 * Layer: bench. May include: scenarios, explore, engine, base.
 */
#ifndef BENCH_ROW_H
#define BENCH_ROW_H

#include "base/vec.h"
#include "explore/explore.h"
#include "scenarios/programs/programs.h"

/* A program of some size, and how it is searched. */
struct row {
	const struct program_entry *program;
	unsigned int size;
	enum explore_strategy strategy;
	unsigned int depth; /* of pct */
	bool commuting;     /* additions whose result nobody uses commute */
};

/* For all rows. */
struct limits {
	double seconds;          /* CPU time to spend at least: short searches are repeated */
	uint64_t executions_max; /* of one search; 0: no limit, for samplers their default */
	unsigned int jobs;       /* processes that search */
};

/* What one process measured, sent to another: no pointers. */
struct measurement {
	char error[256]; /* empty: all went well */
	/* Of one search. */
	uint64_t executions;
	uint64_t blocked; /* begun and dropped */
	bool through;     /* no limit ended it */
	/* Of all its repetitions. */
	double executions_per_second; /* of CPU time; with several jobs, of time */
	uint64_t memory_bytes;        /* most that was resident, in one process */
	/* Of a look at the same executions that is not timed. */
	uint64_t traces; /* different ones; 0: not counted, there are too many */
	double steps;    /* of an execution, on the average */
	double bare_per_second;
};

struct rows {
	VEC(struct row) list;
};

/* "dpor", "pct:3": appended to @text. */
void row_strategy(const struct row *row, struct text *text);

#endif
