/* SPDX-License-Identifier: MIT */
/*
 * coverage_test.c - which orders of conflicting accesses were seen, of programs where that
 * can be counted by hand; and put together from parts.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "explore/coverage.h"

TestSuite(coverage, .timeout = 60);

static int x, y;
static bool flag;

static void setup(void *arg)
{
	(void)arg;
	x = y = 0;
	flag = false;
}

static void store(int *where, const char *name)
{
	if (!strcmp(name, "a")) {
		POINT("test/a_store");
		baton_access(BATON_HERE("store"), where, BATON_WRITE);
	} else {
		POINT("test/b_store");
		baton_access(BATON_HERE("store"), where, BATON_WRITE);
	}
	*where = 1;
}

static int load(int *where)
{
	POINT("test/load");
	baton_access(BATON_HERE("load"), where, BATON_READ);
	return *where;
}

static bool is_set(const void *object)
{
	return *(const bool *)object;
}

static const struct baton_wait set_wait = { is_set, NULL, NULL };

/* a: x, y; b: reads x, stores y. */
static void run_a(void *arg)
{
	(void)arg;
	store(&x, "a");
	store(&y, "a");
}

static void run_b(void *arg)
{
	(void)arg;
	load(&x);
	store(&y, "b");
}

static void sets(void *arg)
{
	(void)arg;
	store(&x, "a");
	POINT("test/set");
	baton_access(BATON_HERE("set"), &flag, BATON_WRITE);
	flag = true;
}

static void waits(void *arg)
{
	(void)arg;
	load(&x);
	POINT("test/wait");
	baton_block(BATON_HERE("wait"), &flag, BATON_WAIT, &set_wait);
}

static void reads_twice(void *arg)
{
	(void)arg;
	load(&x);
	baton_access(BATON_HERE("local"), &y, BATON_LOCAL);
}

static struct coverage coverage;
static struct coverage_result result;
static struct err err = ERR_INIT;

static bool count(void *arg, enum sim_end end, uint64_t number)
{
	(void)arg;
	(void)end;
	(void)number;
	coverage_execution(&coverage);
	return true;
}

static void explore(const struct baton_program *program, struct explore_search search)
{
	const struct explore_judge judge = { .execution = count, .gatherers = &coverage.gatherer };
	struct explore_result explored;

	cr_assert_eq(sim_init(program, &err), 0);
	coverage_init(&coverage, program);
	search.observer = &coverage.observer;
	cr_assert_eq(explore_run(&search, NULL, &judge, &explored, &err), 0, "%s", err.text.bytes);
	sim_release();
	coverage_pairs(&coverage, &result);
}

static void run(void (*a)(void *), void (*b)(void *), struct explore_search search)
{
	static struct baton_cpu_program cpus[2];
	static const struct baton_program program = { .name = "coverage",
						      .cpus = cpus,
						      .cpu_count = 2,
						      .setup = setup };

	cpus[0] = (struct baton_cpu_program){ "a", a, NULL, -1 };
	cpus[1] = (struct baton_cpu_program){ "b", b, NULL, -1 };
	explore(&program, search);
}

static void release(void)
{
	vec_release(&result.pairs);
	coverage_release(&coverage);
}

static void expect_pair(size_t index, const char *words)
{
	const struct coverage_pair *pair = &result.pairs.items[index];
	struct text text = TEXT_INIT;

	cr_assert_lt(index, result.pairs.count);
	for (int i = 0; i < 2; i++)
		text_addf(&text, "%s %s%s", pair->sides[i].cpu, pair->sides[i].point->name,
			  i ? "" : " / ");
	text_addf(&text, ": %d %d", pair->first[0], pair->first[1]);
	cr_expect_str_eq(text.bytes, words);
	text_release(&text);
}

static const struct explore_search all = EXPLORE_ALL;

/* x is written and read, y is written twice: two pairs, and dpor sees all four orders. */
static void expect_both(enum explore_strategy strategy)
{
	struct explore_search search = all;

	search.strategy = strategy;
	run(run_a, run_b, search);
	cr_assert_eq(result.pairs.count, 2);
	expect_pair(0, "a test/a_store / b test/b_store: 1 1");
	expect_pair(1, "a test/a_store / b test/load: 1 1");
	release();
	result = (struct coverage_result){ 0 };
}

Test(coverage, both_orders)
{
	expect_both(EXPLORE_DPOR);
	expect_both(EXPLORE_DFS);
}

/* One execution: a, a, b, b. */
Test(coverage, one_execution, .fini = release)
{
	struct explore_search search = all;

	search.executions_max = 1;
	run(run_a, run_b, search);
	cr_assert_eq(result.pairs.count, 2);
	expect_pair(0, "a test/a_store / b test/b_store: 1 0");
	expect_pair(1, "a test/a_store / b test/load: 1 0");
}

/* Who waits comes second, in both executions: what the first one did is forgotten. */
Test(coverage, wait_has_one_order, .fini = release)
{
	run(sets, waits, all);
	cr_assert_eq(result.pairs.count, 2);
	expect_pair(0, "a test/set / b test/wait: 1 0");
	expect_pair(1, "a test/a_store / b test/load: 1 1");
}

/* Reads do not conflict. */
Test(coverage, reads, .fini = release)
{
	run(reads_twice, reads_twice, all);
	cr_expect_eq(result.pairs.count, 0);
}

static int many[100];

static void writes_many(void *arg)
{
	(void)arg;
	for (int i = 0; i < 100; i++) {
		POINT("test/many");
		baton_access(BATON_HERE("many"), &many[i], BATON_WRITE);
	}
}

/* More objects than there was room for; one point, so one pair. */
Test(coverage, many_objects, .fini = release)
{
	struct explore_search search = all;

	search.executions_max = 1000;
	run(writes_many, writes_many, search);
	cr_assert_eq(result.pairs.count, 1);
	expect_pair(0, "a test/many / b test/many: 1 1");
}

/* What two parts saw of one order each is both orders. */
Test(coverage, parts, .fini = release)
{
	struct explore_search search = all;
	struct text saved = TEXT_INIT;
	struct fields fields;

	search.executions_max = 1;
	run(run_a, run_b, search);
	coverage.gatherer.save(&coverage.gatherer, &saved);
	release();
	result = (struct coverage_result){ 0 };
	run(run_b, run_a, search);
	expect_pair(0, "a test/b_store / b test/a_store: 1 0");
	coverage.gatherer.restart(&coverage.gatherer);
	vec_release(&result.pairs);
	coverage_pairs(&coverage, &result);
	cr_expect_eq(result.pairs.count, 0);
	fields_init(&fields, "saved", saved.bytes);
	cr_assert_eq(coverage.gatherer.merge(&coverage.gatherer, &fields, &err), 0);
	coverage_pairs(&coverage, &result);
	cr_assert_eq(result.pairs.count, 2);
	expect_pair(0, "a test/a_store / b test/b_store: 1 0");
	text_release(&saved);
}
