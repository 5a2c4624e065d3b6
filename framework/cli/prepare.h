/* SPDX-License-Identifier: MIT */
/*
 * prepare.h - the searches of "baton run -j", known before the first one is run.
 *
 * Layer: cli.
 */
#ifndef CLI_PREPARE_H
#define CLI_PREPARE_H

#include "cli/paths.h"
#include "cli/run_args.h"
#include "scenario/ahead.h"

struct prepared {
	struct ahead ahead;
	VEC(struct scenario *) scenarios;
	bool begun; /* else there is nothing to wait for */
};

/* Does a run of @args go faster if its searches are explored ahead of their turn? */
bool prepare_pays(const struct run_args *args);

/**
 * prepare_begin() - have workers begin with the searches of all files.
 * @prepared: all zero
 * @options: of @args, with a checkpoint
 *
 * A file that cannot be read is left out: whoever runs it says why.
 *
 * Return: 0, or -1 if there are no workers.
 */
int prepare_begin(struct prepared *prepared, const struct paths *paths, const struct run_args *args,
		  const struct run_options *options, struct err *err);

/* As ahead_wait(). */
int prepare_wait(struct prepared *prepared, const struct run_case *which, struct err *err);

void prepare_release(struct prepared *prepared);

#endif
