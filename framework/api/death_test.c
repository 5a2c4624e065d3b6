/* SPDX-License-Identifier: MIT */
/*
 * death_test.c - a program that ends the process is shown as any other that fails.
 */
#include <criterion/criterion.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "api/counter_test.h"
#include "baton/report.h"

TestSuite(death, .timeout = 60);

static bool kills, blocks, mended;

/* Where an addition is lost, there is nothing more. */
static void check(void *arg)
{
	(void)arg;
	if (counter == 2 || mended)
		return;
	if (kills)
		raise(SIGKILL);
	if (blocks)
		(void)pause();
	_exit(0);
}

static const struct baton_cpu_program cpus[] = { { "a", counter_add, NULL, -1 },
						 { "b", counter_add, NULL, -1 } };
static const struct baton_program program = { .size = sizeof(struct baton_program),
					      .name = "counter",
					      .cpus = cpus,
					      .cpu_count = 2,
					      .setup = counter_clear,
					      .finally = check };

static struct baton_search contained(void)
{
	struct baton_search search = baton_search_all();

	search.contained = true;
	return search;
}

static void expect_table(const struct baton_search *search, const char *words)
{
	char *report;

	cr_expect_eq(baton_report(&program, search, &report), 1, "%s", report);
	cr_expect(strstr(report, words), "no '%s' in:\n%s", words, report);
	cr_expect(strstr(report, "      CPU a "), "no table in:\n%s", report);
	cr_expect(strstr(report, "  *2  "), "no table in:\n%s", report);
	cr_expect(strstr(report, "  replay: "), "no command in:\n%s", report);
	free(report);
}

Test(death, has_a_table)
{
	struct baton_search search = contained();

	expect_table(&search, "FAIL  counter: death: ");
	kills = true;
	expect_table(&search, "killed by signal 9");
}

/* Places of the one are none of the other. */
Test(death, is_of_one_program)
{
	struct baton_search search = contained();
	struct baton_result result;

	expect_table(&search, "FAIL  counter: death: ");
	mended = true;
	cr_assert_eq(baton_explore(&program, &search, &result), 0, "%s", result.finding);
	cr_expect_eq(result.findings, 0, "%s", result.finding);
	baton_result_release(&result);
}

/* This process goes on, whatever is asked. */
Test(death, is_replayed_and_explained)
{
	struct baton_search search = contained();
	struct baton_explanation why;
	char *report;

	cr_expect_eq(baton_replay(&program, &search, "a1b2a1", NULL, &report), BATON_REPLAY_FAILED,
		     "%s", report);
	cr_expect(strstr(report, "death after step 4"), "%s", report);
	free(report);
	cr_expect_eq(baton_replay(&program, &search, "a2b2", NULL, NULL), BATON_REPLAY_PASSED);
	cr_assert_eq(baton_explain(&program, &search, "a1b2a1", NULL, &why), 0, "%s", why.report);
	cr_expect(strstr(why.report, "needs 2 orders"), "%s", why.report);
	baton_explanation_release(&why);
	cr_expect_eq(baton_explain(&program, &search, "a2b2", NULL, &why), -1, "%s", why.report);
	cr_expect_null(why.smallest);
	baton_explanation_release(&why);
}

/* What is printed must not be nothing, with the exit code of the code under test. */
Test(death, is_told_by_who_did_not_ask_for_a_process)
{
	const struct baton_search all = baton_search_all();
	char *why;

	expect_table(NULL, "FAIL  counter: death: the process ended with exit code 0");
	expect_table(&all, "FAIL  counter: death: the process ended with exit code 0");
	kills = true;
	why = baton_judge(&program, NULL, BATON_NEVER, NULL, "");
	cr_assert_not_null(why);
	cr_expect(strstr(why, "killed by signal 9"), "%s", why);
	free(why);
	cr_expect_null(baton_judge_schedule(&program, NULL, "a1b2a1", BATON_SOMETIMES, "death"));
}

/* Before there is enough to do for two, there is one. */
Test(death, is_a_finding_of_a_small_search_with_jobs)
{
	struct baton_search search = baton_search_all();
	struct baton_result result;

	search.jobs = 2;
	kills = true; /* Criterion takes an _exit(0) for the end of a test that has passed */
	cr_assert_eq(baton_explore(&program, &search, &result), 0, "%s", result.finding);
	cr_expect_gt(result.findings, 0);
	cr_expect(strstr(result.finding, "death: "), "%s", result.finding);
	baton_result_release(&result);
}

static void adds_again(void *arg)
{
	counter_add(arg);
	baton_note("%d", counter);
}

/* It begins with what the last execution has left, and that is seen before the search. */
Test(death, process_of_its_own_begins_as_the_last_execution_ended)
{
	static const struct baton_cpu_program again[] = { { "a", adds_again, NULL, -1 } };
	static const struct baton_program static_state = { .size = sizeof(struct baton_program),
							   .name = "static",
							   .cpus = again,
							   .cpu_count = 1 };
	char *report;

	cr_expect_eq(baton_report(&static_state, NULL, &report), 2, "%s", report);
	cr_expect(strstr(report, "a static initializer"), "%s", report);
	free(report);
}

/* No CPU can wake it, for none can run: that is said, once, and where. */
Test(death, is_not_what_blocks_for_ever)
{
	char *report;

	blocks = true;
	cr_expect_eq(baton_report(&program, NULL, &report), 2, "%s", report);
	cr_expect_eq(strncmp(report, "error: counter: finally is blocked in a system call", 51), 0,
		     "%s", report);
	cr_expect(strstr(report, "in [libc.so.6] < check (framework/api/death_test.c:"), "%s",
		  report);
	free(report);
}

static void *steps_outside(void *arg)
{
	baton_access(BATON_HERE("outside"), &counter, BATON_WRITE);
	return arg;
}

/* By code that does not know of baton: the C library's. */
static void starts_a_thread(void *arg)
{
	pthread_t thread;

	(void)arg;
	if (pthread_create(&thread, NULL, steps_outside, NULL) == 0)
		pthread_join(thread, NULL);
}

Test(death, is_not_a_thread_of_the_system)
{
	static const struct baton_cpu_program starters[] = { { "a", starts_a_thread, NULL, -1 },
							     { "b", counter_add, NULL, -1 } };
	static const struct baton_program starter = { .size = sizeof(struct baton_program),
						      .name = "starter",
						      .cpus = starters,
						      .cpu_count = 2,
						      .setup = counter_clear };
	char *report;

	cr_expect_eq(baton_report(&starter, NULL, &report), 2, "%s", report);
	cr_expect(strstr(report, "an OS thread that baton has not started came to a step, at"),
		  "%s", report);
	free(report);
}
