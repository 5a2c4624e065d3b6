/* SPDX-License-Identifier: MIT */
/*
 * code.h - exit codes, which are what scripts see of a result.
 *
 * Layer: cli. May include: nothing.
 */
#ifndef CLI_CODE_H
#define CLI_CODE_H

enum code {
	CODE_OK = 0,           /* as expected */
	CODE_FAIL = 1,         /* not as expected */
	CODE_ERROR = 2,        /* usage, or a mistake in a scenario */
	CODE_INCONCLUSIVE = 3, /* the search was too weak to say */
	CODE_NONE = 4,         /* nothing ran */
	CODE_DIVERGED = 5,     /* a replay that cannot be followed */
	CODE_BUG = 6,          /* BUG_EXIT_CODE: baton, or what it runs, cannot be trusted */
};

/* The one that wins where both apply: 6, 5, 1, 2, 3, 4, 0. */
enum code code_worse(enum code a, enum code b);

/**
 * code_for_git_bisect() - what "git bisect run" must see.
 * @status: of a process, as wait() gives it
 *
 * Return: 0 or 1 for a verdict, 125 (skip this commit) for what is none, and 255 (stop
 *         the bisection) for a BUG or a signal.
 */
int code_for_git_bisect(int status);

#endif
