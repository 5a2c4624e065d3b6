/* SPDX-License-Identifier: MIT */
/*
 * pool_test.c - a library with points of libfiu, as it is, explored with failures.
 *
 * A call takes the lock for one section, or two where pool/open fails: A1 and A2 of CPU a. The
 * order of sections is all that interleavings differ in, so their number follows from the
 * failures.
 */
#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

#include "baton/explore.h"
#include "baton/kernel.h"
#include "scenarios/programs/pool.h"

TestSuite(pool, .timeout = 60);

static spinlock_t lock;
static struct pool pool;
static unsigned int held; /* items of the CPUs */

static void take(void *arg)
{
	spin_lock((spinlock_t *)arg);
}

static void drop(void *arg)
{
	spin_unlock((spinlock_t *)arg);
}

static void setup_used(unsigned int used)
{
	spin_lock_init(&lock, "pool");
	pool = (struct pool){ .used = used, .size = 4, .lock = take, .unlock = drop, .arg = &lock };
	held = used;
}

static void setup_empty(void *arg)
{
	(void)arg;
	setup_used(0);
}

static void setup_two(void *arg)
{
	(void)arg;
	setup_used(2);
}

static void get(void *arg)
{
	int error = pool_get(&pool);

	(void)arg;
	BATON_ASSERT(!error || error == ENOMEM);
	held += !error;
}

static void put(void *arg)
{
	(void)arg;
	held -= !pool_put(&pool);
}

static void expect_held(void *arg)
{
	(void)arg;
	if (pool.used != held)
		baton_fail("lost_item", "%u are used, and %u are held", pool.used, held);
}

static const struct baton_cpu_program getters[] = { { "a", get, NULL, -1 },
						    { "b", get, NULL, -1 } };
static const struct baton_cpu_program putters[] = { { "a", put, NULL, -1 },
						    { "b", put, NULL, -1 } };
static const struct baton_program getting = { .name = "getting",
					      .cpus = getters,
					      .cpu_count = 2,
					      .setup = setup_empty,
					      .finally = expect_held };
static const struct baton_program putting = { .name = "putting",
					      .cpus = putters,
					      .cpu_count = 2,
					      .setup = setup_two,
					      .finally = expect_held };

static const struct baton_fault_rule any[] = { { .point = "pool/*", .error = ENOMEM, .cpu = -1 } };

static struct baton_search search_of(unsigned int faults_max)
{
	return (struct baton_search){ .preemptions_max = -1,
				      .faults_bounded = true,
				      .faults_max = faults_max,
				      .faults = any,
				      .fault_count = 1 };
}

static void expect_once(const struct baton_program *program, const struct baton_search *search,
			uint64_t executions, uint64_t findings, const char *finding)
{
	struct baton_result result;

	cr_assert_eq(baton_explore(program, search, &result), 0, "%s", result.finding);
	cr_expect_eq(result.executions, executions, "%llu executions",
		     (unsigned long long)result.executions);
	cr_expect_eq(result.findings, findings, "%llu findings",
		     (unsigned long long)result.findings);
	cr_expect(!finding || (result.finding && strstr(result.finding, finding)), "%s",
		  result.finding);
	baton_result_release(&result);
}

/* By both strategies, in one and in two processes: what must come out is the same. */
static void expect(const struct baton_program *program, struct baton_search search,
		   uint64_t executions, uint64_t findings, const char *finding)
{
	for (int i = 0; i < 4; i++) {
		search.strategy = i & 1 ? BATON_DFS : BATON_DPOR;
		search.jobs = i & 2 ? 2 : 0;
		expect_once(program, &search, executions, findings, finding);
	}
}

/*
 * Orders: A1 B1 of none that fails; 3 where a fails, 3 where b does; 6 where both do. What is
 * lost: A1 B1 A2 (a puts back 0, b holds one), and of the 6 those where the first to come is
 * the first to go: A1 B1 A2 B2.
 */
Test(pool, rollback_needs_a_failure_and_an_interleaving)
{
	struct baton_search search = search_of(0);

	expect(&getting, search, 2, 0, NULL);
	expect(&getting, search_of(1), 2 + 3 + 3, 2, "lost_item");
	expect(&getting, search_of(2), 2 + 3 + 3 + 6, 4, "lost_item");
	search = search_of(1);
	search.preemptions_max = 0;
	expect(&getting, search, 6, 0, NULL);
}

/* One failure, of the first pass, on one CPU: the 2 and the 3. */
Test(pool, rules)
{
	const struct baton_fault_rule rule = { .point = "pool/open",
					       .first = 1,
					       .last = 1,
					       .times = 1,
					       .error = ENOMEM,
					       .cpu = 1 };
	const struct baton_fault_rule later = { .point = "pool/open", .first = 2, .cpu = -1 };
	struct baton_search search = { .preemptions_max = -1, .faults = &rule, .fault_count = 1 };

	expect(&getting, search, 2 + 3, 1, "lost_item");
	search.faults = &later;
	expect(&getting, search, 2, 0, NULL);
}

/* EIO is not what get() expects. */
Test(pool, error_number)
{
	const struct baton_fault_rule rule = { .point = "pool/open", .error = EIO, .cpu = 0 };
	const struct baton_search search = { .preemptions_max = -1,
					     .faults = &rule,
					     .fault_count = 1 };

	expect(&getting, search, 2 + 3, 3, "error == ENOMEM");
}

/*
 * Both orders of none, of a close by a, by b, and by both; and where a close and its abort fail,
 * the section of b is before it, or 0, 1 or 2 of its steps are before the second unlock.
 */
Test(pool, double_unlock_needs_two_failures)
{
	expect(&putting, search_of(1), 2 + 2 + 2, 0, NULL);
	expect(&putting, search_of(2), 2 + 2 + 2 + 2 + 4 + 4, 8, "lock");
}

/* Of 8 executions, each has two passes. Those of pool_put(): 6 and 2 that fail to close. */
Test(pool, passed_points_are_listed)
{
	const struct baton_search search = search_of(1);

	for (unsigned int jobs = 0; jobs < 3; jobs += 2) {
		struct baton_search with = search;
		struct baton_result result;

		with.jobs = jobs;
		cr_assert_eq(baton_explore(&getting, &with, &result), 0, "%s", result.finding);
		cr_expect_str_eq(result.fault_points, "pool/open 16 passes, in open_item at "
						      "scenarios/programs/pool.c:15\n");
		baton_result_release(&result);
		cr_assert_eq(baton_explore(&putting, &with, &result), 0, "%s", result.finding);
		cr_expect_str_eq(result.fault_points, "pool/abort 4 passes, in pool_put at "
						      "scenarios/programs/pool.c:47\n"
						      "pool/close 12 passes, in pool_put at "
						      "scenarios/programs/pool.c:46\n");
		baton_result_release(&result);
	}
}

static void expect_error(struct baton_fault_rule rule, const char *error)
{
	const struct baton_search search = { .preemptions_max = -1,
					     .faults = &rule,
					     .fault_count = 1 };
	struct baton_result result;

	cr_expect_eq(baton_explore(&putting, &search, &result), -1);
	cr_expect_str_eq(result.finding, error);
	baton_result_release(&result);
}

Test(pool, rules_that_cannot_be_meant)
{
	expect_error((struct baton_fault_rule){ .point = "pool/opne", .cpu = -1 },
		     "error: faults[0], 'pool/opne': no such point was passed; was the code "
		     "compiled with -DFIU_ENABLE, and the program linked with baton-fiu?\n");
	expect_error((struct baton_fault_rule){ .cpu = -1 },
		     "error: faults[0].point is empty: it names a fault point\n");
	expect_error((struct baton_fault_rule){ .point = "*/close", .cpu = -1 },
		     "error: faults[0].point is '*/close': '*' stands at the end only\n");
	expect_error((struct baton_fault_rule){ .point = "*", .first = 3, .last = 2, .cpu = -1 },
		     "error: faults[0]: last is 2, and first is 3: no pass is both\n");
	expect_error((struct baton_fault_rule){ .point = "*", .error = -5, .cpu = -1 },
		     "error: faults[0].error is -5: an errno is positive\n");
	expect_error((struct baton_fault_rule){ .point = "*", .cpu = 2 },
		     "error: faults[0].cpu is 2: the program has CPUs 0 to 1; -1: any\n");
}

static void put_or_not(void *arg)
{
	if (baton_cpu() == 0)
		put(arg);
}

/* A point that only another CPU passes is as good as none. */
Test(pool, rule_of_a_cpu_that_does_not_pass)
{
	const struct baton_cpu_program cpus[] = { { "a", put_or_not, NULL, -1 },
						  { "b", put_or_not, NULL, -1 } };
	const struct baton_program program = { .name = "one",
					       .cpus = cpus,
					       .cpu_count = 2,
					       .setup = setup_two };
	const struct baton_fault_rule rule = { .point = "pool/close", .cpu = 1 };
	const struct baton_search search = { .preemptions_max = -1,
					     .faults = &rule,
					     .fault_count = 1 };
	struct baton_result result;

	cr_expect_eq(baton_explore(&program, &search, &result), -1);
	cr_expect_str_eq(result.finding,
			 "error: faults[0], 'pool/close': passed, but not by CPU 1\n");
	baton_result_release(&result);
}
