/* SPDX-License-Identifier: MIT */
/*
 * recorded.h - an execution that a command line names: a schedule, and what it is of.
 *
 * The schedule is a line ("k2d3k2u2d2") or a .sched file. What the options do not say, the
 * file does.
 *
 * Layer: cli. May include: scenario, engine, base.
 */
#ifndef CLI_RECORDED_H
#define CLI_RECORDED_H

#include <argp.h>

#include "cli/code.h"
#include "cli/output.h"
#include "engine/sched_file.h"
#include "scenario/rerun.h"
#include "scenario/scenario.h"

struct recorded_args {
	struct output output;
	unsigned int wanted;      /* schedules: one or two */
	const char *schedules[2]; /* lines or paths */
	unsigned int count;
	const char *scenario, *variant; /* NULL: the file says */
	int cell;                       /* index, or -1: not given */
	unsigned int steps;             /* bound; 0: none */
	const char *fail;               /* what else may fail; NULL: the file says */
	bool seed_given;
	uint64_t seed;
};

/* Schedules and options for struct recorded_args, which is the input: the only child of the
 * verb's parser. */
extern const struct argp recorded_argp;

/* Is that a path, and not a line? */
bool recorded_is_file(const char *schedule);

struct recorded {
	struct sched_file file; /* all zero without one */
	struct scenario *scenario;
	struct run_case which;
	struct rerun_source source;
};

/**
 * recorded_open() - read the schedule and load what it is of.
 * @recorded: filled; recorded_release() it also after an error
 * @schedule: line, or path of a .sched file; must outlive @recorded
 * @err: why not; and a warning if the scenario or the model has changed since
 *
 * Return: 0, or -1.
 */
int recorded_open(struct recorded *recorded, const char *schedule, const struct recorded_args *args,
		  struct err *err);

/**
 * recorded_run() - run it again, and record it.
 * @rerun: filled; rerun_release() it also after an error
 * @err: why not; of a schedule that cannot be followed, where and why
 *
 * Context: no simulation is open.
 * Return: CODE_OK, or what the command ends with.
 */
enum code recorded_run(const struct recorded *recorded, struct rerun *rerun, struct err *err);

void recorded_release(struct recorded *recorded);

#endif
