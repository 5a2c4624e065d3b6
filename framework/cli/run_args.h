/* SPDX-License-Identifier: MIT */
/*
 * run_args.h - the command line of "baton run".
 *
 * Layer: cli. May include: scenario, base.
 */
#ifndef CLI_RUN_ARGS_H
#define CLI_RUN_ARGS_H

#include "cli/option.h"
#include "cli/output.h"
#include "cli/outputs.h"
#include "scenario/run.h"

/* Machines that share a search. */
#define SHARDS_MAX 10000u

struct run_given {
	const char *name;
	const char *value; /* "" for a flag */
};

struct run_args {
	struct output output;
	struct run_options options;
	struct option_paths paths;
	const char *variant; /* glob, NULL: all */
	int cell;            /* index, or SELECT_ALL_CELLS */
	enum strength require;
	const char *save; /* directory, or NULL */
	struct output_wishes outputs;
	bool fail_fast;
	const char *checkpoint, *resume; /* file, or NULL; not both */
	unsigned int interval;           /* seconds between two writes of it */
	struct explore_shard shard;
	VEC(struct run_given) given; /* options that the searches depend on, as they were given */
	const char *fail_nth;        /* points whose passes fail in turn; NULL: none */
	struct text fail;            /* what else may fail: all --fail, in one option */
	bool verify;                 /* check the reduction, judge nothing */
	bool estimate;               /* say how long it would take, and judge nothing */
};

/*
 * Note an option that the searches depend on; of several of one name the last one counts.
 * @value: NULL: it has none
 */
void run_args_remember(struct run_args *args, const char *name, const char *value);

/* Leaves by exit(2) where they are wrong. */
void run_args_parse(struct run_args *args, int argc, char **argv);
void run_args_release(struct run_args *args);

#endif
