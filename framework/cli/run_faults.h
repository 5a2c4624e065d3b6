/* SPDX-License-Identifier: MIT */
/*
 * run_faults.h - what "baton run" lets fail besides what its scenarios say.
 *
 *	--fail RULE	one more line of the faults block, or several with a ';' between
 *	--faults N	at most N failures in an execution; without --fail, of any point
 *	--fail-nth[=P]	one failure at most, and a table of what came of each
 *
 * Layer: cli. May include: scenario, base.
 */
#ifndef CLI_RUN_FAULTS_H
#define CLI_RUN_FAULTS_H

#include "cli/run_args.h"

/* The options; the input is a struct run_args. */
extern const struct argp run_fault_argp;

/**
 * run_faults_apply() - let @scenario fail what the options say.
 *
 * Return: 0, or -1 if that does not go with this scenario.
 */
int run_faults_apply(const struct run_args *args, struct scenario *scenario, struct err *err);

/* Which lines of the options have been reached in any scenario of the run. */
struct run_faults_line {
	char *told; /* what to say of it */
	struct fault_reach reach;
	bool fatal; /* what is said is an error */
};

struct run_faults_lines {
	VEC(struct run_faults_line) list;
};

/* Add what @coverage knows after @scenario was run. */
void run_faults_note(struct run_faults_lines *lines, const struct scenario *scenario,
		     const struct run_coverage *coverage);

/**
 * run_faults_check() - after all scenarios.
 *
 * Return: 0, or -1 if an option names what was never reached.
 */
int run_faults_check(const struct run_faults_lines *lines, struct err *err);

void run_faults_release(struct run_faults_lines *lines);

#endif
