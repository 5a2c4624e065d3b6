/* SPDX-License-Identifier: MIT */
/*
 * spent_test.c - a search that takes more memory than it may is ended soon, and what was kept of
 * it goes on with more, also where a search cannot say what is left of it.
 */
#include <criterion/criterion.h>

#include <string.h>

#include "base/bug.h"
#include "base/resident.h"
#include "explore/explore.h"
#include "explore/frontier.h"

TestSuite(spent, .timeout = 60);

#define GROWS_AT 1000
#define GROWS_BYTES ((size_t)64 << 20)

static int x;
static char *grown;

static void setup(void *arg)
{
	(void)arg;
	x = 0;
}

static void store_often(void *arg)
{
	int *variable = arg;

	for (int i = 1; i <= 8; i++) {
		POINT("test/store");
		baton_access(BATON_HERE("store"), variable, BATON_WRITE);
		*variable = i;
	}
}

static bool grow(void *arg, enum sim_end end, uint64_t number)
{
	(void)arg;
	(void)end;
	if (number != GROWS_AT)
		return true;
	grown = xcalloc(GROWS_BYTES, 1);
	memset(grown, 1, GROWS_BYTES);
	return true;
}

static void run(const struct explore_search *search, const struct explore_judge *judge,
		struct explore_result *result)
{
	struct err err = ERR_INIT;

	cr_assert_eq(explore_run(search, NULL, judge, result, &err), 0, "%s", err.text.bytes);
	err_release(&err);
}

/* What was kept of the search goes on, with as much memory as it wants. */
static void go_on(struct explore_search search, struct explore_result *result)
{
	struct text kept = TEXT_INIT;
	struct err err = ERR_INIT;
	struct frontier frontier;
	struct fields fields;

	frontier_save(search.frontier, &kept);
	fields_init(&fields, "kept", kept.bytes);
	frontier_init(&frontier);
	cr_assert_eq(frontier_load(&frontier, &fields, &err), 0, "%s", err.text.bytes);
	search.frontier = &frontier;
	search.memory_max = 0;
	run(&search, NULL, result);
	frontier_release(&frontier);
	text_release(&kept);
	err_release(&err);
}

static bool is_cut_in_time(const struct explore_result *ended, const struct explore_result *whole)
{
	return ended->strength == STRENGTH_CUT && ended->spent && ended->executions >= GROWS_AT &&
	       ended->executions < whole->executions / 2;
}

static void expect_both(const struct explore_result *whole, const struct explore_result *ended,
			const struct explore_result *rest)
{
	cr_expect(is_cut_in_time(ended, whole));
	cr_expect(rest->strength == whole->strength && rest->executions == whole->executions);
}

static void check(struct explore_search search)
{
	const struct explore_judge judge = { .execution = grow };
	struct baton_cpu_program cpus[] = { { "a", store_often, &x, -1 },
					    { "b", store_often, &x, -1 } };
	const struct baton_program program = { .name = "grows",
					       .setup = setup,
					       .cpus = cpus,
					       .cpu_count = 2 };
	struct explore_result whole, ended, rest;
	struct err err = ERR_INIT;
	struct frontier frontier;

	cr_assert_not(sim_init(&program, &err));
	run(&search, NULL, &whole);
	frontier_init(&frontier);
	search.frontier = &frontier;
	search.memory_max = (unsigned int)(resident_bytes() >> 20) + 48;
	run(&search, &judge, &ended);
	go_on(search, &rest);
	expect_both(&whole, &ended, &rest);
	free(grown);
	frontier_release(&frontier);
	sim_release();
}

Test(spent, of_a_search_that_can_be_split)
{
	check((struct explore_search)EXPLORE_ALL);
}

Test(spent, of_a_search_that_cannot)
{
	struct explore_search search = EXPLORE_ALL;

	search.preemptions_max = 15;
	check(search);
}
