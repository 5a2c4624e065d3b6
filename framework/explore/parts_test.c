/* SPDX-License-Identifier: MIT */
/*
 * parts_test.c - where a search is cut, and who runs the parts, cannot be seen in what comes
 * out: every execution once, in the same order.
 */
#include "explore/frontier.h"
#include "explore/log_test.h"

TestSuite(parts, .timeout = 60);

static void expect_same(struct explore_search search, int enough)
{
	struct explore_result whole, cut;
	char *expected, *log;

	search.slice_steps = UINT64_MAX;
	expected = explore(&search, enough, &whole);
	for (unsigned int jobs = 1; jobs <= 3; jobs++)
		for (uint64_t steps = 1; steps < 400; steps = steps * 3 + jobs) {
			search.jobs = jobs;
			search.slice_steps = steps;
			log = explore(&search, enough, &cut);
			cr_expect_str_eq(log, expected, "%u jobs, %llu steps", jobs,
					 (unsigned long long)steps);
			cr_expect_eq(cut.executions, whole.executions);
			cr_expect_eq(cut.pruned, whole.pruned);
			cr_expect_eq(cut.steps_max, whole.steps_max);
			cr_expect_eq(cut.strength, whole.strength);
			cr_expect_str_eq(cut.bounds, whole.bounds);
			free(log);
		}
	free(expected);
}

/* 5! / (2! 2!) orders for each of two values, 6! / (2! 2! 2!) for the one that takes a step
 * more; fewer where a finding ends one. */
Test(parts, depth_first)
{
	struct explore_search search = search_with(EXPLORE_DFS);
	struct explore_result result;
	char *log = explore(&search, 0, &result);

	cr_expect(result.executions > 100 && result.executions <= 150, "%llu",
		  (unsigned long long)result.executions);
	cr_expect_not_null(strstr(log, "finding"));
	cr_expect_eq(result.strength, STRENGTH_EXHAUSTIVE);
	free(log);
	expect_same(search, 0);
}

Test(parts, within_a_bound)
{
	struct explore_search search = search_with(EXPLORE_DFS);
	struct explore_result result;

	search.preemptions_max = 1;
	free(explore(&search, 0, &result));
	cr_expect_str_eq(result.bounds, "preemptions<=1");
	expect_same(search, 0);
}

/* The first ones in the order of the search, whoever is faster. */
Test(parts, limit_of_executions)
{
	struct explore_search search = search_with(EXPLORE_DFS);

	for (search.executions_max = 1; search.executions_max < 90; search.executions_max += 11)
		expect_same(search, 0);
}

Test(parts, limit_that_is_all_there_is)
{
	struct explore_search search = search_with(EXPLORE_DFS);
	struct explore_result result;

	free(explore(&search, 0, &result));
	search.executions_max = result.executions;
	free(explore(&search, 0, &result));
	cr_expect_eq(result.strength, STRENGTH_EXHAUSTIVE);
	expect_same(search, 0);
}

Test(parts, judge_that_has_enough)
{
	struct explore_search search = search_with(EXPLORE_DFS);
	struct explore_result all, some;

	free(explore(&search, 0, &all));
	free(explore(&search, 59, &some));
	cr_expect(some.executions < all.executions && some.executions > 20);
	expect_same(search, 59);
	expect_same(search, 55);
}

Test(parts, samples)
{
	static const enum explore_strategy samplers[] = { EXPLORE_RANDOM, EXPLORE_POS,
							  EXPLORE_PCT };

	for (size_t i = 0; i < sizeof(samplers) / sizeof(*samplers); i++) {
		struct explore_search search = search_with(samplers[i]);

		search.executions_max = 100;
		expect_same(search, 0);
	}
}

Test(parts, reduced)
{
	struct explore_search search = search_with(EXPLORE_DPOR);

	expect_same(search, 0);
	search.preemptions_max = 1;
	expect_same(search, 0);
}

/*
 * A bound on steps: sleep.h. With three steps there are findings, so whichever part
 * comes to one first, the search begins again.
 */
Test(parts, each_state_once)
{
	struct explore_search search = search_with(EXPLORE_DPOR);
	struct explore_result result;
	bool found = false;

	for (search.steps_bound = 2; search.steps_bound < 8; search.steps_bound++) {
		char *log = explore(&search, 0, &result);

		cr_expect(search.steps_bound > 2 || !strstr(log, "finding"));
		found |= strstr(log, "finding") != NULL;
		free(log);
		expect_same(search, 0);
	}
	cr_expect(found, "the search never began again");
}

/* Another order of the same traces, always the same one. */
static void expect_recut(struct explore_search search, uint64_t steps)
{
	struct explore_result whole, cut;
	char *expected = NULL, *log;

	free(explore(&search, 0, &whole));
	search.recut_steps = steps;
	for (search.jobs = 1; search.jobs <= 3; search.jobs++) {
		log = explore(&search, 0, &cut);
		cr_expect(!expected || !strcmp(log, expected), "%u jobs", search.jobs);
		cr_expect_eq(cut.executions, whole.executions, "%llu executions, not %llu",
			     (unsigned long long)cut.executions,
			     (unsigned long long)whole.executions);
		cr_expect_eq(cut.strength, whole.strength);
		free(expected);
		expected = log;
	}
	free(expected);
}

/* Once; then some of its parts, too; then all. */
Test(parts, reduced_search_that_is_cut)
{
	struct explore_search search = search_with(EXPLORE_DPOR);

	expect_recut(search, 60);
	expect_recut(search, 3);
	expect_recut(search, 1);
}

/* Steps that are few even for a part of a part: 25 for each of these. */
Test(parts, search_that_remembers_and_is_cut)
{
	struct explore_search search = search_with(EXPLORE_DPOR);

	search.states = EXPLORE_STATES_MEMO;
	for (search.preemptions_max = 1; search.preemptions_max < 4; search.preemptions_max++) {
		expect_recut(search, 60);
		expect_recut(search, 3);
		expect_recut(search, 1);
	}
	search.preemptions_max = -1;
	search.steps_bound = 6;
	expect_recut(search, 3);
}

/* ---- Shards ------------------------------------------------------------------------------- */

static const char *gathered(const struct piece *piece)
{
	const char *log = strstr(piece->gathered.bytes, "run ");

	return log ? log : "";
}

/* All parts of @count shards, in the order of their index. */
static char *explore_shards(struct explore_search search, unsigned int count)
{
	struct frontier frontiers[4];
	struct explore_result result;
	struct text all = TEXT_INIT;
	size_t at[4] = { 0 };

	for (unsigned int i = 0; i < count; i++) {
		frontier_init(&frontiers[i]);
		search.shard = (struct explore_shard){ i, count };
		search.frontier = &frontiers[i];
		free(explore(&search, 0, &result));
		cr_assert(frontier_is_over(&frontiers[i]));
		cr_expect_eq(frontiers[i].parts, frontiers[0].parts);
	}
	for (uint32_t part = 0; part < frontiers[0].parts; part++) {
		const struct frontier *frontier = &frontiers[part % count];
		size_t *next = &at[part % count];

		while (*next < frontier->pieces.count &&
		       frontier->pieces.items[*next]->index == part)
			text_add(&all, gathered(frontier->pieces.items[(*next)++]));
	}
	for (unsigned int i = 0; i < count; i++)
		frontier_release(&frontiers[i]);
	return text_detach(&all);
}

static void expect_shards(struct explore_search search)
{
	struct explore_result result;
	char *expected = explore(&search, 0, &result), *log;

	for (unsigned int count = 1; count <= 4; count++) {
		log = explore_shards(search, count);
		cr_expect_str_eq(log, expected, "%u shards", count);
		free(log);
	}
	free(expected);
}

Test(parts, shards)
{
	struct explore_search search = search_with(EXPLORE_DFS);

	search.slice_steps = 10;
	expect_shards(search);
	search.jobs = 2;
	expect_shards(search);
	search.preemptions_max = 1;
	expect_shards(search);
	search = search_with(EXPLORE_PCT);
	search.executions_max = 300;
	expect_shards(search);
	search = search_with(EXPLORE_DPOR);
	expect_shards(search);
	search.recut_steps = 20;
	expect_shards(search);
	search.preemptions_max = 2;
	expect_shards(search);
	search.recut_steps = 1;
	expect_shards(search);
}

/* ---- Ended, and gone on with -------------------------------------------------------------- */

struct ender {
	struct explore_watch watch;
	unsigned int looks_left;
};

static bool ender_look(struct explore_watch *watch, const struct frontier *frontier)
{
	struct ender *ender = (struct ender *)watch;

	(void)frontier;
	return ender->looks_left-- > 0;
}

/* End the search after every few slices, and go on from what was saved. */
static char *explore_in_stages(struct explore_search search, unsigned int looks)
{
	struct explore_result result;
	struct text saved = TEXT_INIT;
	char *log = NULL;

	do {
		struct ender ender = { { ender_look, NULL }, looks };
		struct frontier frontier;
		struct fields fields;

		frontier_init(&frontier);
		fields_init(&fields, "saved", saved.bytes);
		if (saved.length)
			cr_assert_eq(frontier_load(&frontier, &fields, &err), 0, "%s",
				     err.text.bytes);
		search.frontier = &frontier;
		search.watch = &ender.watch;
		free(log);
		log = explore(&search, 0, &result);
		text_clear(&saved);
		frontier_save(&frontier, &saved);
		frontier_release(&frontier);
	} while (result.interrupted);
	text_release(&saved);
	return log;
}

static void expect_stages(struct explore_search search)
{
	struct explore_result result;
	char *expected = explore(&search, 0, &result), *log;

	search.slice_steps = 30;
	for (search.jobs = 1; search.jobs <= 2; search.jobs++)
		for (unsigned int looks = 0; looks < 4; looks++) {
			log = explore_in_stages(search, looks);
			cr_expect_str_eq(log, expected, "%u jobs, %u looks", search.jobs, looks);
			free(log);
		}
	free(expected);
}

Test(parts, stages)
{
	struct explore_search search = search_with(EXPLORE_DFS);

	expect_stages(search);
	search.executions_max = 50;
	expect_stages(search);
	search = search_with(EXPLORE_PCT);
	search.executions_max = 100;
	expect_stages(search);
	search = search_with(EXPLORE_DPOR);
	expect_stages(search);
	search.preemptions_max = 2;
	search.recut_steps = 2;
	expect_stages(search);
}
