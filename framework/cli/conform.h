/* SPDX-License-Identifier: MIT */
/*
 * conform.h - the parts of "baton conform": files, random scripts, the running kernel.
 *
 * Layer: cli. May include: conform, scenario, reports, base.
 */
#ifndef CLI_CONFORM_H
#define CLI_CONFORM_H

#include <signal.h>

#include "cli/code.h"
#include "cli/option.h"
#include "conform/compare.h"
#include "conform/live.h"
#include "scenario/source.h"

/* Where scripts come from, other than from files; and where they run, other than on the model. */
struct conform_live_args {
	bool live;         /* on the running kernel */
	uint64_t random;   /* scripts to make and to compare */
	uint64_t generate; /* scripts to make and to print */
	uint64_t seed;
	unsigned int length; /* of these */
	struct live_options options;
};

struct conform_args {
	struct option_paths paths;
	const char *kernel; /* NULL: the nearest to the running one */
	unsigned int show;  /* differing scripts of a source */
	bool exact;         /* pipes, too */
	struct conform_live_args live;
};

/* The options for struct conform_live_args, which is the input: a child of the verb's parser. */
extern const struct argp conform_live_argp;

/* What is compared with the model: scripts of a file, or random ones. */
struct conform_source {
	const char *name;
	struct conform_counts counts;
	unsigned long skipped; /* scripts that cannot run here */
};

/* "ok   NAME: 30 scripts, 262 operations, all as recorded". @as: "recorded" */
void conform_print_counts(const struct conform_source *source, const char *as);

/* Print random scripts on stdout, and on stderr how they cover the operations. */
enum code conform_generate(const struct conform_args *args);

/* Random scripts: compare what an ideal kernel answers with the model, which is open. */
enum code conform_random(const struct conform_args *args);

/* Files and random scripts on the running kernel, and on the model, which it opens and closes. */
enum code conform_live(const struct conform_args *args, struct err *err);

/**
 * conform_stalled() - half-way states on the running kernel, beside what was recorded of them.
 * @interrupted: not 0: the next one is not begun
 */
enum code conform_stalled(struct live *live, const struct source *source,
			  const volatile sig_atomic_t *interrupted, struct err *err);

#endif
