/* SPDX-License-Identifier: MIT */
/*
 * memo_test.c - the table of prices, and what a search that remembers must tell apart.
 */
#include <criterion/criterion.h>

#include "base/prng.h"
#include "explore/bounded_set_test.h"
#include "explore/explore.h"

TestSuite(memo, .timeout = 60);

/* ---- The table --------------------------------------------------------------------------- */

/* The place of hash @number, whose CPUs 0, 1 and 2 can go on. */
static struct memo_place place(uint64_t number, int current, unsigned int preemptions)
{
	struct memo_place place = { .options = 7,
				    .current = current,
				    .price = preemptions,
				    .others = 1 };
	struct prng prng;

	prng_init(&prng, number, 0);
	place.hash.low = prng_next(&prng);
	place.hash.high = prng_next(&prng);
	return place;
}

static uint64_t enter(struct memo_table *table, uint64_t number, int current,
		      unsigned int preemptions)
{
	const struct memo_place at = place(number, current, preemptions);

	return memo_table_enter(table, &at);
}

static bool covers(struct memo_table *table, uint64_t number, uint32_t cpu,
		   unsigned int preemptions)
{
	const struct memo_place at = place(number, -1, 0);

	return memo_table_covers(table, &at.hash, cpu, preemptions, 1);
}

Test(memo, what_was_not_dearer_is_left_out)
{
	struct memo_table table;

	memo_table_init(&table, MEMO_TABLE_SIZE_MAX);
	cr_expect_eq(enter(&table, 1, 0, 1), 7); /* CPU 0 for 1, the others for 2 */
	cr_expect_eq(enter(&table, 1, 0, 1), 0);
	cr_expect_eq(enter(&table, 1, 0, 2), 0);
	cr_expect_eq(enter(&table, 1, 1, 1), 2);  /* only CPU 1 is cheaper now */
	cr_expect_eq(enter(&table, 1, -1, 1), 4); /* and now CPU 2 */
	cr_expect_eq(enter(&table, 1, 2, 1), 0);
	cr_expect_eq(enter(&table, 1, 2, 0), 4); /* the others for 1, as before */
	cr_expect_eq(enter(&table, 1, -1, 0), 3);
	cr_expect_eq(enter(&table, 2, -1, 0), 7); /* another place */
	memo_table_release(&table);
}

Test(memo, a_place_is_covered_if_all_of_it_is)
{
	struct memo_table table;

	memo_table_init(&table, MEMO_TABLE_SIZE_MAX);
	cr_expect_not(covers(&table, 1, 0, 9));
	enter(&table, 1, 0, 1);
	cr_expect(covers(&table, 1, 0, 1)); /* it comes with CPU 0, which can go on */
	cr_expect_not(covers(&table, 1, 0, 0));
	cr_expect_not(covers(&table, 1, 1, 1)); /* CPU 1 would go on for 1 */
	cr_expect(covers(&table, 1, 1, 2));
	memo_table_release(&table);
}

Test(memo, nothing_is_forgotten_before_the_table_is_full)
{
	struct memo_table table;

	memo_table_init(&table, MEMO_TABLE_SIZE_MAX);
	for (uint64_t i = 0; i < 200000; i++)
		cr_assert_eq(enter(&table, i, 0, 0), 7);
	for (uint64_t i = 0; i < 200000; i++)
		cr_assert_eq(enter(&table, i, 0, 0), 0, "%llu", (unsigned long long)i);
	memo_table_release(&table);
}

Test(memo, a_full_table_takes_new_entries)
{
	struct memo_table table;
	unsigned int known = 0;

	memo_table_init(&table, 4096);
	for (uint64_t i = 0; i < 10000; i++) {
		cr_assert_eq(enter(&table, i, 0, 0), 7);
		cr_assert_eq(enter(&table, i, 0, 0), 0);
	}
	for (uint64_t i = 0; i < 10000; i++)
		known += covers(&table, i, 0, 0);
	cr_expect_gt(known, 100);
	cr_expect_leq(known, 4096 / sizeof(struct memo_entry));
	memo_table_release(&table);
}

/* ---- The search -------------------------------------------------------------------------- */

static int x, y;

static void setup(void *arg)
{
	(void)arg;
	x = y = 0;
}

static void store(void *variable)
{
	baton_access(BATON_HERE("store"), variable, BATON_WRITE);
	*(int *)variable = 1;
}

/* Between the two stores, and in one order of them only. */
static void see_first(void *arg)
{
	(void)arg;
	if (x && !y && !sim_seen())
		sim_saw(1);
}

static uint64_t seen(void)
{
	return sim_seen();
}

/* The stores are independent, and yet the orders of them do not show the same. */
Test(memo, what_was_seen_on_the_way_counts)
{
	const struct baton_cpu_program cpus[] = { { "b", store, &y, -1 }, { "a", store, &x, -1 } };
	const struct baton_program program = { .name = "seen",
					       .cpus = cpus,
					       .cpu_count = 2,
					       .setup = setup,
					       .step = see_first };
	const struct bounded_case wanted = { seen, 0, 100, 100, MEMO_TABLE_SIZE_MAX };
	struct bounded_comparison result;
	struct err err = ERR_INIT;

	cr_assert_eq(sim_init(&program, &err), 0);
	result = bounded_set_compare(&wanted);
	sim_release();
	cr_expect_eq(result.executions, 2);
	cr_expect_eq(result.traces, 2);
	cr_expect_eq(result.missed, 0);
}

static unsigned int executions;

static void forgetful(void *arg)
{
	(void)arg;
	store(&x);
	if (executions++ % 2 == 0)
		store(&x);
	store(&x);
}

/* One step less in every other execution: it is over where it went on before. */
Test(memo, a_program_that_is_not_deterministic_is_found_out)
{
	const struct baton_cpu_program cpus[] = { { "a", forgetful, NULL, -1 },
						  { "b", store, &x, -1 } };
	const struct baton_program program = { .name = "forgetful", .cpus = cpus, .cpu_count = 2 };
	struct explore_search search = EXPLORE_ALL;
	struct explore_result result;
	struct err err = ERR_INIT;

	cr_assert_eq(sim_init(&program, &err), 0);
	search.preemptions_max = 2;
	cr_expect_eq(explore_run(&search, NULL, NULL, &result, &err), -1);
	cr_expect(err.bug);
	sim_release();
	err_release(&err);
}
