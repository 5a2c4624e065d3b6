/* SPDX-License-Identifier: MIT */
/*
 * args.h - the command line of baton-bench.
 *
 * Layer: bench. May include: cli, base.
 */
#ifndef BENCH_ARGS_H
#define BENCH_ARGS_H

#include "bench/row.h"

struct args {
	struct rows rows; /* what to measure, in order */
	struct limits limits;
	bool json;
};

/* Leaves by exit(2) where the arguments are wrong, by exit(0) after --help. */
void args_parse(struct args *args, int argc, char **argv);
void args_release(struct args *args);

#endif
