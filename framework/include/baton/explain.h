/* SPDX-License-Identifier: MIT */
/*
 * explain.h - look closely at one execution of a program, and say why it fails.
 *
 * Layer: public. May include: baton/explore.h.
 */
#ifndef BATON_EXPLAIN_H
#define BATON_EXPLAIN_H

#include "baton/explore.h"

BATON_BEGIN

/* How reports look. What is 0 was not asked for. */
struct baton_view {
	size_t size;        /* sizeof(struct baton_view), of this header; 0: of version 0.1 */
	unsigned int width; /* columns, 60 to 200; 0: 100 */
	bool stacks;        /* also the stacks of all CPUs at the end */
	bool color;         /* with the escape sequences of terminals */
	bool unicode;       /* may use more than ASCII */
};

/* What an execution came to. */
enum baton_replayed {
	BATON_REPLAY_ERROR = -1,
	BATON_REPLAY_PASSED,   /* it ended without a finding */
	BATON_REPLAY_FAILED,   /* with one */
	BATON_REPLAY_DIVERGED, /* the program cannot go on as the schedule says: it has changed */
};

/**
 * baton_replay() - run one execution again, twice, and show it.
 * @search: as the search that found it: its rules of what may fail, steps_max and steps_bound
 *	    count; may be NULL
 * @schedule: as in struct baton_result; CPUs may be abbreviated to what tells them apart
 * @view: may be NULL
 * @report: set to the report, lines of text: the finding, a column for each CPU with a line for
 *	    each step, and the program's watches beside it; or the reason of an error, or where
 *	    the execution diverged. free() it. May be NULL.
 *
 * The program runs in this process: code that ends the process ends it.
 *
 * Context: not on a CPU, and no exploration runs.
 * Return: an enum baton_replayed; an error if the schedule or a rule cannot be understood, the
 *	   program cannot be run, or did not do the same twice.
 */
int baton_replay(const struct baton_program *program, const struct baton_search *search,
		 const char *schedule, const struct baton_view *view, char **report);

/* Filled by baton_explain(). */
struct baton_explanation {
	/* The smallest schedule that fails in the same way and the orders that it needs, each with
	 * what happens otherwise; then its execution, as baton_replay() shows it. Or the reason of
	 * an error. */
	char *report;
	char *smallest;       /* that schedule; NULL after an error */
	uint64_t reserved[4]; /* for later versions */
};

/**
 * baton_explain() - say which orders of accesses make an execution fail.
 * @search: as of baton_replay(); its bounds hold for all executions that are looked at, and
 *	    executions_max for each search, 0: 100,000
 * @schedule: of an execution that ends with a finding
 * @view: as of baton_replay()
 * @explanation: filled; baton_explanation_release() frees its strings, also after an error
 *
 * It runs up to some 100,000 executions, in this process.
 *
 * Context: as of baton_replay().
 * Return: 0; 1 if no set of orders explains it, which the report says; -1 on an error: as of
 *	   baton_replay(), and if the execution diverges or has no finding.
 */
int baton_explain(const struct baton_program *program, const struct baton_search *search,
		  const char *schedule, const struct baton_view *view,
		  struct baton_explanation *explanation);

/* Free the strings; *@explanation is all zero afterwards. Context: anywhere. */
void baton_explanation_release(struct baton_explanation *explanation);

BATON_END

#endif
