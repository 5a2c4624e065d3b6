/* SPDX-License-Identifier: MIT */
/*
 * posix_test.h - what the tests of this folder do with a program.
 *
 * Layer: posix. May include: explore.
 */
#ifndef POSIX_POSIX_TEST_H
#define POSIX_POSIX_TEST_H

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

#include "baton/explore.h"
#include "baton/pthread.h"

/* Threads of the programs of these tests. */
#define TEST_THREADS 3

/* Explore @run as the program's main; @fault: the point that may fail once, or NULL. */
static inline struct baton_result posix_explore(void (*run)(void *arg), const char *fault)
{
	static struct baton_threads threads;
	const struct baton_fault_rule rule = { .point = fault, .first = 1, .times = 1, .cpu = -1 };
	struct baton_search search = { .preemptions_max = -1,
				       .faults = &rule,
				       .fault_count = fault ? 1 : 0 };
	struct baton_result result;
	int status = baton_explore(baton_threads_init(&threads, "test", run, NULL, TEST_THREADS),
				   &search, &result);

	cr_assert_eq(status, 0, "%s", result.finding);
	cr_expect(result.exhaustive);
	return result;
}

/* All traces of @run are right, and there are so many. */
static inline void posix_expect_right(void (*run)(void *arg), const char *fault, uint64_t traces)
{
	struct baton_result result = posix_explore(run, fault);

	cr_expect_eq(result.findings, 0, "%s by %s", result.finding, result.schedule);
	cr_expect_eq(result.executions, traces, "%llu traces, expected %llu",
		     (unsigned long long)result.executions, (unsigned long long)traces);
	baton_result_release(&result);
}

/* Some trace of @run ends with a finding that has @text in it. */
static inline void posix_expect_finding(void (*run)(void *arg), const char *fault, const char *text)
{
	struct baton_result result = posix_explore(run, fault);

	cr_assert(result.findings, "nothing found in %llu traces",
		  (unsigned long long)result.executions);
	cr_expect(strstr(result.finding, text), "%s", result.finding);
	baton_result_release(&result);
}

#endif
