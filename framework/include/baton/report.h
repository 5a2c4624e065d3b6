/* SPDX-License-Identifier: MIT */
/*
 * report.h - what a search showed, in words: a verdict, one column per CPU, what to type next.
 *
 * For tests of any framework, and for programs that are nothing but a search:
 *
 *	char *why = baton_judge(program, NULL, BATON_NEVER, NULL, "");
 *
 *	if (why)
 *		fputs(why, stderr);
 *	free(why);
 *
 * A failure ends with commands: one shows its execution again, with the stacks of all CPUs
 * (baton_replay()), one says which orders made it fail (baton_explain()). They set BATON_REPLAY
 * or BATON_EXPLAIN in the environment: where that is "NAME:SCHEDULE", and the program is called
 * NAME, these functions do not search, but answer.
 *
 * The search runs in a process of its own (`contained` in struct baton_search, which need not be
 * set): a program that ends it is a finding, and none that ends with an exit code of 0 passes. What
 * the program leaves in its variables is left there; who wants it calls baton_explore().
 *
 * Where BATON_OUTPUT is "FORMAT:FILE", they write the execution that they tell of to FILE too: the
 * one that was asked for, or the smallest that fails; a later one replaces it. The formats are
 * text, html (a page to step through, with the orders, and the nearest execution that passes),
 * json, commitlog, perfetto, ftrace, mermaid, plantuml and dot. The third command makes a page.
 *
 * Layer: public. May include: baton/explain.h.
 */
#ifndef BATON_REPORT_H
#define BATON_REPORT_H

#include <stdio.h>
#include <stdlib.h>

#include "baton/explain.h"

BATON_BEGIN

/**
 * baton_judge() - search @program, and say so if it does not show what is expected.
 * @search: as in baton_explore()
 * @verdict: what is expected; not BATON_NOT_FOUND
 * @text: part of the finding that is expected ("deadlock"), of the first that is found; NULL: any;
 *	  not looked at with BATON_NEVER
 * @arguments: of the command line, printed in the command that shows the failure again ("")
 *
 * Of the execution that fails the smallest schedule is looked for: fewest faults, preemptions,
 * switches, steps.
 *
 * Context: as baton_explore().
 * Return:  NULL if it is as expected, within the bounds of @search. Else what is not, for free():
 *	    there is a finding, or none, or another one; the search was ended by a limit
 *	    before it could say "never"; the program cannot be run or is not a function of its
 *	    choices; or BATON_REPLAY or BATON_EXPLAIN asks about one of its executions.
 */
char *baton_judge(const struct baton_program *program, const struct baton_search *search,
		  enum baton_verdict verdict, const char *text, const char *arguments);

/**
 * baton_judge_schedule() - run one execution of @program, as @schedule says.
 * @search: as the one that found it: its faults and limits count
 * @schedule: "m5t1:2", as in a report
 * @verdict: BATON_NEVER: it has no finding; else it has one
 * @text: as in baton_judge()
 *
 * A test keeps the execution that was wrong once: cheaper than a search, and it says less, as
 * the schedule no longer fits when the code's steps are others.
 *
 * Context: as baton_explore().
 * Return:  NULL if it is as expected; else what is not, to be given to free(): its table, or
 *	    where the program cannot follow @schedule.
 */
char *baton_judge_schedule(const struct baton_program *program, const struct baton_search *search,
			   const char *schedule, enum baton_verdict verdict, const char *text);

/**
 * baton_judge_command() - run `baton` with @arguments, in another process.
 * @code: exit code that is expected: 0: a scenario is as it says, a schedule shows nothing; 1: not
 * @arguments: ("run", "x.scn", NULL)
 *
 * The command is BATON_COMMAND of the environment, or the `baton` that is found in PATH.
 *
 * Context: not on a CPU.
 * Return:  NULL if it ended with @code; else the command and what it printed, for free().
 */
char *baton_judge_command(int code, const char *const *arguments);

/**
 * baton_report() - search @program, and say what it showed.
 * @search: as in baton_explore()
 * @report: out: "ok    bank: never a finding (exhaustive, 4 executions)"; or the finding, its
 *	    table and the commands that show and explain it; or why it cannot be run. free() it
 *
 * Context: as baton_explore().
 * Return:  0: no finding; 1: there is one; 2: it cannot be run; 3: a limit ended the search before
 *	    there was one.
 */
int baton_report(const struct baton_program *program, const struct baton_search *search,
		 char **report);

/* The body of a main(): baton_report(), printed. Return: exit code, as baton_report(). */
static inline int baton_main(const struct baton_program *program, const struct baton_search *search)
{
	char *report;
	int code = baton_report(program, search, &report);

	fputs(report, stdout);
	free(report);
	return code;
}

BATON_END

#endif
