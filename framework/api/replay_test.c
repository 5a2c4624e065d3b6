/* SPDX-License-Identifier: MIT */
/*
 * replay_test.c - what a user of the library gets to see of one execution.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "api/counter_test.h"
#include "baton/explain.h"

TestSuite(replay, .timeout = 60);

/* Without points: the steps are named by their places. */
static void adds(void *arg)
{
	int seen;

	(void)arg;
	baton_access(BATON_HERE("read"), &counter, BATON_READ);
	seen = counter;
	baton_note("%d", seen);
	baton_access(BATON_HERE("write"), &counter, BATON_WRITE);
	counter = seen + 1;
}

static const struct baton_cpu_program cpus[] = { { "a", adds, NULL, -1 }, { "b", adds, NULL, -1 } };
static const struct baton_program program = { .size = sizeof(struct baton_program),
					      .name = "counter",
					      .cpus = cpus,
					      .cpu_count = 2,
					      .setup = counter_clear,
					      .finally = counter_check };

/* @schedule comes to @wanted, and the report has @words. */
static void expect(const char *schedule, const struct baton_view *view, enum baton_replayed wanted,
		   const char *words)
{
	char *report;
	int came = baton_replay(&program, NULL, schedule, view, &report);

	cr_expect_eq(came, wanted, "%s: %d: %s", schedule, came, report);
	cr_expect(strstr(report, words), "no '%s' in:\n%s", words, report);
	free(report);
}

Test(replay, passes)
{
	expect("a2b2", NULL, BATON_REPLAY_PASSED, "4 steps, 0 preemptions, 0 faults\n");
}

/* The write of b comes behind that of a, and makes 1 of 1. */
Test(replay, fails)
{
	expect("a1b2a1", NULL, BATON_REPLAY_FAILED, "lost after step 4: the counter is 1\n");
	expect("a1b2a1", NULL, BATON_REPLAY_FAILED,
	       "      CPU a                     CPU b\n"
	       "   1  read replay_test.c:19: 0\n"
	       "  *2                            read replay_test.c:19: 0\n"
	       "   3                            write replay_test.c:22\n"
	       "   4  write replay_test.c:22\n");
}

Test(replay, diverges)
{
	expect("a3b1", NULL, BATON_REPLAY_DIVERGED, "the schedule diverged at step 3: ");
}

Test(replay, refuses)
{
	const struct baton_view narrow = { .size = sizeof(narrow), .width = 10 };
	const struct baton_view old = { .size = 1 };

	expect("c1", NULL, BATON_REPLAY_ERROR, "CPU");
	expect(NULL, NULL, BATON_REPLAY_ERROR, "there is no schedule");
	expect("a2b2", &narrow, BATON_REPLAY_ERROR, "view.width is 10: it is 60 to 200");
	expect("a2b2", &old, BATON_REPLAY_ERROR, "view.size is 1");
}

Test(replay, stacks)
{
	const struct baton_view view = { .stacks = true };

	expect("a1b2a1", &view, BATON_REPLAY_FAILED, "CPU a, finished");
}

/* Nobody need look at the report. */
Test(replay, without_report)
{
	cr_expect_eq(baton_replay(&program, NULL, "a2b2", NULL, NULL), BATON_REPLAY_PASSED);
}
