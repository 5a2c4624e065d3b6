/* SPDX-License-Identifier: MIT */
/* tls_test.c - thread-local variables are each CPU's own, and new in each execution. */
#include <signal.h>

#include "posix/posix_test.h"

static _Thread_local int initialized = 5;
static _Thread_local char zeroes[300];
static int shared;

static void step(void)
{
	baton_access(BATON_HERE("step"), &shared, BATON_RMW);
}

/* Adds @arg's number to its own, one at a time, while others do so. */
static void *count_up(void *arg)
{
	int end = *(const int *)arg;

	BATON_ASSERT(initialized == 5 && zeroes[0] == 0 && zeroes[sizeof(zeroes) - 1] == 0);
	for (int i = 0; i < end; i++) {
		step();
		initialized++;
		zeroes[sizeof(zeroes) - 1]++;
	}
	BATON_ASSERT(initialized == 5 + end && zeroes[sizeof(zeroes) - 1] == end);
	return arg;
}

static void count_all(void *arg)
{
	static int ends[2] = { 2, 3 };
	pthread_t threads[2];

	(void)arg;
	BATON_ASSERT(initialized == 5);
	initialized = 77;
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, count_up, &ends[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	BATON_ASSERT(initialized == 77);
}

/* Two steps among three: 5! / (2! 3!) = 10 orders. */
Test(tls, each_thread_has_its_own)
{
	initialized = 42;
	zeroes[7] = 43;
	posix_expect_right(count_all, NULL, 10);
	cr_expect_eq(initialized, 42);
	cr_expect_eq(zeroes[7], 43);
}

static void *fails(void *arg)
{
	initialized = 6;
	step();
	BATON_ASSERT(initialized != 6);
	return arg;
}

static void fails_in_a_thread(void *arg)
{
	pthread_t thread;

	(void)arg;
	pthread_create(&thread, NULL, fails, NULL);
	pthread_join(thread, NULL);
}

static void dies(void *arg)
{
	(void)arg;
	initialized = 6;
	(void)raise(SIGILL);
}

Test(tls, of_the_caller_come_back_behind_a_finding)
{
	initialized = 42;
	posix_expect_finding(fails_in_a_thread, NULL, "initialized != 6");
	cr_expect_eq(initialized, 42);
	posix_expect_finding(dies, NULL, "SIGILL");
	cr_expect_eq(initialized, 42);
}

/* ---- Interrupts --------------------------------------------------------------------------- */

static void host(void *arg)
{
	(void)arg;
	initialized = 10;
	step();
	step();
	BATON_ASSERT(initialized == 10 || initialized == 11);
}

static void interrupt(void *arg)
{
	(void)arg;
	step();
	BATON_ASSERT(initialized == 10);
	initialized++;
}

static void other(void *arg)
{
	(void)arg;
	step();
	BATON_ASSERT(initialized == 5);
}

Test(tls, interrupt_has_those_of_its_host)
{
	const struct baton_cpu_program cpus[] = { { "host", host, NULL, -1 },
						  { "host_irq", interrupt, NULL, 0 },
						  { "other", other, NULL, -1 } };
	const struct baton_program program = { .name = "tls", .cpus = cpus, .cpu_count = 3 };
	struct baton_search search = { .preemptions_max = -1 };
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, &search, &result), 0, "%s", result.finding);
	cr_expect_eq(result.findings, 0, "%s by %s", result.finding, result.schedule);
	cr_expect_gt(result.executions, 4);
	baton_result_release(&result);
}
