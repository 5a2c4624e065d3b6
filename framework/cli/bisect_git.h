/* SPDX-License-Identifier: MIT */
/*
 * bisect_git.h - the script of "baton bisect git".
 *
 * It has a work tree of its own, so that whoever asks goes on with theirs; git bisect keeps its
 * refs per work tree, and they go with it. What it does is printed with --dry-run, and can be
 * changed and run by hand.
 *
 * Layer: cli. May include: base.
 */
#ifndef CLI_BISECT_GIT_H
#define CLI_BISECT_GIT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/vec.h"
#include "cli/code.h"

struct git_args {
	const char *good, *bad, *build, *repository, *schedule;
	const char *baton; /* of each commit; NULL: this one */
	bool dry_run, quiet;
	VEC(const char *) test; /* a scenario, or a command and its arguments */
};

/* Is the test a scenario? Is it what explain has saved, which is one file for all commits? */
bool git_tests_scenario(const struct git_args *args);
bool git_tests_core(const struct git_args *args);

/* Append the script. Where BATON_PROGRESS is set, it shows on stderr what it does. */
void git_script(const struct git_args *args, struct text *script);

/**
 * git_run() - run the script.
 *
 * A signal that ends commands is passed on to it, and ends baton when its work tree is gone.
 *
 * Context: progress_init() was called.
 * Return: what the script ended with, or CODE_ERROR.
 */
enum code git_run(const struct text *script, struct err *err);

#endif
