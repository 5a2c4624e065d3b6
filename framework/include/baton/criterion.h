/* SPDX-License-Identifier: MIT */
/*
 * criterion.h - searches as assertions of Criterion tests.
 *
 *	Test(pin, never_freed_while_pinned, .timeout = 60)
 *	{
 *		baton_assert_never(pin_program(2), NULL);
 *	}
 *
 * A failure's message is what baton/report.h says: the finding, one column per CPU, and the
 * command that shows this execution again. Header only: baton itself does not need Criterion.
 * Link baton_reports. Give tests a .timeout: without one Criterion waits for ever.
 *
 * In a file that includes this header (behind Criterion's), Criterion's own assertions may stand
 * in code that runs on a CPU: one that fails there ends the execution with the finding `assert`,
 * as BATON_ASSERT() does, and jumps off no stack. What Criterion counts are those outside of CPUs.
 *
 * Layer: public. May include: baton/report.h.
 */
#ifndef BATON_CRITERION_H
#define BATON_CRITERION_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "baton/report.h"

/**
 * baton_assert_never(), _sometimes(), _always() - baton_judge(), and the test ends if it is not so.
 * @search: NULL for no bound and no limit
 * @text: part of the finding that is expected ("deadlock"); NULL: any
 *
 * _sometimes() is the test of a test: it shows that the search sees what it looks for.
 */
#define baton_assert_never(program, search) \
	BATON_CR_JUDGE_(true, program, search, BATON_NEVER, NULL)
#define baton_assert_sometimes(program, search, text) \
	BATON_CR_JUDGE_(true, program, search, BATON_SOMETIMES, text)
#define baton_assert_always(program, search, text) \
	BATON_CR_JUDGE_(true, program, search, BATON_ALWAYS, text)

/* The same, and the test goes on. */
#define baton_expect_never(program, search) \
	BATON_CR_JUDGE_(false, program, search, BATON_NEVER, NULL)
#define baton_expect_sometimes(program, search, text) \
	BATON_CR_JUDGE_(false, program, search, BATON_SOMETIMES, text)
#define baton_expect_always(program, search, text) \
	BATON_CR_JUDGE_(false, program, search, BATON_ALWAYS, text)

/**
 * baton_assert_schedule() - baton_judge_schedule(), and the test ends if it is not so.
 * @verdict: BATON_NEVER: the execution has no finding; BATON_SOMETIMES: it has one
 */
#define baton_assert_schedule(program, search, schedule, verdict, text)                     \
	baton_cr_tell(true, baton_judge_schedule(program, search, schedule, verdict, text), \
		      __FILE__, __LINE__)

/**
 * baton_assert_command() - baton_judge_command() with the arguments "..."; else the test ends.
 * @code: exit code that is expected
 */
#define baton_assert_command(code, ...)                                                            \
	baton_cr_tell(true, baton_judge_command(code, (const char *const[]){ __VA_ARGS__, NULL }), \
		      __FILE__, __LINE__)

/**
 * BATON_SCENARIO_TEST(suite, name, path, ...) - all variants of a scenario file, by `baton run`.
 * @path: of the file, from where the test runs
 *
 * Options of Criterion may follow (.timeout = 60).
 */
#define BATON_SCENARIO_TEST(suite, name, ...) \
	BATON_CR_TEST_(suite, name, "run", __VA_ARGS__, .exit_code = 0)

/**
 * BATON_SCHEDULE_TEST(suite, name, path, ...) - a saved execution, by `baton replay`: it fails no
 * more.
 * @path: of a .sched file that `baton run --save` has written
 *
 * It also fails if the file no longer fits the scenario.
 */
#define BATON_SCHEDULE_TEST(suite, name, ...) \
	BATON_CR_TEST_(suite, name, "replay", __VA_ARGS__, .exit_code = 0)

/* ---- What is behind them ------------------------------------------------------------------ */

#define BATON_CR_TEST_(suite, name, verb, path, ...) \
	Test(suite, name, __VA_ARGS__)               \
	{                                            \
		baton_assert_command(0, verb, path); \
	}

#define BATON_CR_JUDGE_(ends, program, search, verdict, text)                                      \
	do {                                                                                       \
		char baton_arguments_[256];                                                        \
		snprintf(baton_arguments_, sizeof(baton_arguments_), "--filter %s/%s",             \
			 criterion_current_test->category, criterion_current_test->name);          \
		baton_cr_tell(ends, baton_judge(program, search, verdict, text, baton_arguments_), \
			      __FILE__, __LINE__);                                                 \
	} while (0)

/* @why: NULL, and all is well; or a message, freed here */
static inline void baton_cr_tell(bool ends, char *why, const char *file, unsigned int line)
{
	struct criterion_assert_stats stats;

	memset(&stats, 0, sizeof(stats));
	stats.passed = !why;
	stats.line = line;
	stats.file = file;
	if (!why) {
		cri_asserts_passed_incr();
		return;
	}
	stats.message = why;
	criterion_send_assert(&stats);
	free(why);
	if (ends)
		criterion_abort_test();
	else
		criterion_continue_test();
}

/* An assertion of Criterion has failed, maybe on a CPU. */
static inline void baton_cr_fail(const char *file, unsigned long line, const char *message)
{
	baton_fail("assert", "%s:%lu: %s", file, line, message ? message : "a failed assertion");
}

static inline void baton_cr_send(struct criterion_assert_stats *stats)
{
	if (baton_cpu() < 0)
		criterion_send_assert(stats);
	else if (!stats->passed)
		baton_cr_fail(stats->file, stats->line, stats->message);
}

/* Assertions of criterion/criterion.h, and skipping. */
#define criterion_send_assert(stats) baton_cr_send(stats)
#define criterion_skip_test(...)                                \
	(baton_cpu() < 0 ? (criterion_skip_test)(__VA_ARGS__) : \
			   baton_cr_fail(__FILE__, __LINE__, "a test that is skipped on a CPU"))

/* Assertions of criterion/new/assert.h. */
#ifdef CRITERION_NEW_ASSERT_H_
#define cri_assert_node_send(file, line, node)                        \
	(baton_cpu() < 0 ? (cri_assert_node_send)(file, line, node) : \
			   baton_cr_fail(file, (unsigned long)(line), (node)->message))
#endif

/* Others of it end here, too. */
#define criterion_abort_test() \
	(baton_cpu() < 0 ? (criterion_abort_test)() : baton_cr_fail(__FILE__, __LINE__, NULL))
#define criterion_continue_test() \
	(baton_cpu() < 0 ? (criterion_continue_test)() : baton_cr_fail(__FILE__, __LINE__, NULL))

#endif
