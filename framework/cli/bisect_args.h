/* SPDX-License-Identifier: MIT */
/*
 * bisect_args.h - the command line of "baton bisect", but for git.
 *
 * Layer: cli. May include: bisect, scenario, base.
 */
#ifndef CLI_BISECT_ARGS_H
#define CLI_BISECT_ARGS_H

#include "bisect/series.h"
#include "cli/output.h"
#include "scenario/run.h"

enum bisect_mode {
	BISECT_VARIANTS,
	BISECT_PATCHES,
	BISECT_MODES,
};

struct bisect_args {
	struct output output;
	struct run_options options;
	const char *words[3]; /* mode, file, one too many */
	unsigned int count;
	struct series_way way;
	const char *list, *predicate;
	unsigned int cell;
	bool json;
	enum bisect_mode mode;
};

/* Leaves by exit(2) where they are wrong. */
void bisect_args_parse(struct bisect_args *args, int argc, char **argv);

#endif
