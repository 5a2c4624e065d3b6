/* SPDX-License-Identifier: MIT */
/*
 * explain_test.c - small programs whose smallest failure and whose reasons are known.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/vec.h"
#include "explain/against.h"
#include "explain/core.h"
#include "explain/shrink.h"
#include "explain/story.h"

TestSuite(explain, .timeout = 60);

/* ---- The program: two CPUs, and what is wrong in the end ------------------------------------ */

static int counter, wanted;
static bool taken;

static void increment(void *arg)
{
	int seen;

	(void)arg;
	POINT("test/read");
	baton_access(BATON_HERE("read"), &counter, BATON_READ);
	seen = counter;
	POINT("test/write");
	baton_access(BATON_HERE("write"), &counter, BATON_WRITE);
	counter = seen + 1;
}

static void choose(void *arg)
{
	(void)arg;
	POINT("test/choose");
	baton_access(BATON_HERE("choose"), &taken, BATON_WRITE);
	taken = baton_choose(BATON_CHOICE_VALUE, 3, "test/pick") == 2;
}

static void reset(void *arg)
{
	(void)arg;
	counter = 0;
	taken = false;
}

static enum subject_verdict judge(void *arg, enum sim_end end)
{
	bool (*fails)(void);

	memcpy(&fails, arg, sizeof(fails));
	if (end != SIM_DONE)
		return SUBJECT_DIFFERS;
	return fails() ? SUBJECT_FAILS : SUBJECT_PASSES;
}

static bool is_lost(void)
{
	return counter != wanted;
}

static bool is_taken(void)
{
	return taken;
}

static const struct baton_cpu_program cpus[] = {
	{ "a", increment, NULL, -1 },
	{ "b", increment, NULL, -1 },
	{ "c", choose, NULL, -1 },
};

static const struct baton_program program = { .name = "test",
					      .cpus = cpus,
					      .cpu_count = 3,
					      .setup = reset };

static void lose(void *arg)
{
	(void)arg;
	POINT("test/lose");
	baton_access(BATON_HERE("lose"), &counter, BATON_WRITE);
	if (baton_choose(BATON_CHOICE_FAULT, 2, "test/fault"))
		counter--;
}

static const struct baton_cpu_program losing_cpus[] = {
	{ "a", increment, NULL, -1 },
	{ "b", increment, NULL, -1 },
	{ "c", lose, NULL, -1 },
};

/* It fails after a fault, or after a preemption. */
static const struct baton_program losing = { .name = "losing",
					     .cpus = losing_cpus,
					     .cpu_count = 3,
					     .setup = reset };

struct reason {
	struct shrunk shrunk;
	struct core core;
	struct text story;
};

/* Explain @line of @what, which fails if @fails says so at its end, where the counter is not
 * @right. */
static struct reason explain_of(const struct baton_program *what, const char *line,
				bool (*fails)(void), int right)
{
	const struct core_limits limits = { .all = 0 };
	struct subject subject = { .program = what,
				   .failure = "wrong",
				   .search = EXPLORE_ALL,
				   .judge = judge,
				   .arg = &fails };
	struct reason outcome = { .story = TEXT_INIT };
	struct schedule schedule = { 0 };
	struct err err = ERR_INIT;

	wanted = right;
	cr_assert(!sim_init(what, &err), "%s", err.text.bytes);
	cr_assert(!schedule_parse(&schedule, what, line, &err), "%s", err.text.bytes);
	cr_assert(!shrink(&subject, &schedule, 1000, &outcome.shrunk, &err), "%s", err.text.bytes);
	cr_assert(!core_find(&subject, &outcome.shrunk.schedule, &limits, &outcome.core, &err),
		  "%s", err.text.bytes);
	cr_assert(!story_write(&subject, &outcome.shrunk.schedule, &outcome.core, &outcome.story,
			       &err),
		  "%s", err.text.bytes);
	sim_release();
	schedule_release(&schedule);
	err_release(&err);
	return outcome;
}

static struct reason explain(const char *line, bool (*fails)(void), int right)
{
	return explain_of(&program, line, fails, right);
}

static void release(struct reason *outcome)
{
	shrink_release(&outcome->shrunk);
	core_release(&outcome->core);
	text_release(&outcome->story);
}

Test(explain, both_reads_come_before_both_writes)
{
	struct reason outcome = explain("c1[=1]b1a1b1a1", is_lost, 2);

	cr_expect(outcome.shrunk.proved);
	cr_expect_eq(outcome.shrunk.before.preemptions, 2);
	cr_expect_eq(outcome.shrunk.cost.preemptions, 1);
	cr_expect_eq(outcome.shrunk.cost.switches, 3); /* to the other, back, and to c */
	cr_expect_eq(core_depth(&outcome.core), 2);
	cr_expect_eq(outcome.core.obeying.fails, outcome.core.obeying.executions);
	cr_expect_eq(outcome.core.obeying.strength, STRENGTH_EXHAUSTIVE);
	cr_expect_eq(outcome.core.failing_others, 0);
	cr_expect(strstr(outcome.story.bytes, "a:test/read before b:test/write"), "%s",
		  outcome.story.bytes);
	cr_expect(strstr(outcome.story.bytes, "b:test/read before a:test/write"), "%s",
		  outcome.story.bytes);
	release(&outcome);
}

Test(explain, each_condition_has_an_execution_that_passes_without_it)
{
	struct reason outcome = explain("a1b2a1c1[=0]", is_lost, 2);

	for (size_t i = 0; i < outcome.core.candidates.count; i++) {
		const struct core_candidate *candidate = &outcome.core.candidates.items[i];

		if (candidate->role != CORE_NEEDED)
			continue;
		cr_expect(candidate->broken.passes);
		cr_expect(candidate->passing.entries.count);
		cr_expect(candidate->reversed);
	}
	cr_expect(outcome.core.nearest.entries.count);
	release(&outcome);
}

Test(explain, an_answer_may_be_all_that_matters)
{
	struct reason outcome = explain("a1b1c1[=2]b1a1", is_taken, 0);

	cr_expect_eq(core_depth(&outcome.core), 0);
	cr_expect_eq(hitting_count(&outcome.core.members), 1);
	cr_expect_eq(outcome.shrunk.cost.preemptions, 0);
	cr_expect(strstr(outcome.story.bytes, "c:test/pick is 2"), "%s", outcome.story.bytes);
	cr_expect(strstr(outcome.story.bytes, "no order matters"), "%s", outcome.story.bytes);
	release(&outcome);
}

Test(explain, a_fault_less_is_worth_a_preemption)
{
	struct reason outcome = explain_of(&losing, "a2b2c1[1]", is_lost, 2);

	cr_expect(outcome.shrunk.proved);
	cr_expect_eq(outcome.shrunk.before.faults, 1);
	cr_expect_eq(outcome.shrunk.before.preemptions, 0);
	cr_expect_eq(outcome.shrunk.cost.faults, 0);
	cr_expect_eq(outcome.shrunk.cost.preemptions, 1);
	cr_expect_eq(core_depth(&outcome.core), 2);
	release(&outcome);
}

Test(explain, what_fails_always_has_no_core)
{
	struct reason outcome = explain("a2b2c1[=0]", is_lost, 99);

	cr_expect(outcome.core.explained);
	cr_expect(hitting_is_empty(&outcome.core.members));
	cr_expect(strstr(outcome.story.bytes, "No order matters"), "%s", outcome.story.bytes);
	release(&outcome);
}

/* ---- Against one that passes ---------------------------------------------------------------- */

static int pair[2], flag;

/* Both counters, and between them something that does not matter. */
static void increment_both(void *arg)
{
	for (int i = 0; i < 2; i++) {
		int seen;

		POINT("test/both_read");
		baton_access(BATON_HERE("read"), &pair[i], BATON_READ);
		seen = pair[i];
		POINT("test/both_write");
		baton_access(BATON_HERE("write"), &pair[i], BATON_WRITE);
		pair[i] = seen + 1;
		if (i || arg)
			continue;
		POINT("test/between");
		baton_access(BATON_HERE("between"), &flag, BATON_READ);
	}
}

static void raise_flag(void *arg)
{
	(void)arg;
	POINT("test/raise");
	baton_access(BATON_HERE("raise"), &flag, BATON_WRITE);
	flag = 1;
}

static void reset_both(void *arg)
{
	(void)arg;
	pair[0] = pair[1] = flag = 0;
}

static enum subject_verdict judge_both(void *arg, enum sim_end end)
{
	(void)arg;
	(void)end;
	return pair[0] == 1 && pair[1] == 1 ? SUBJECT_FAILS : SUBJECT_PASSES;
}

static const struct baton_cpu_program cpus_of_both[] = {
	{ "a", increment_both, NULL, -1 },
	{ "b", increment_both, &flag, -1 },
	{ "c", raise_flag, NULL, -1 },
};

static const struct baton_program both = { .name = "both",
					   .cpus = cpus_of_both,
					   .cpu_count = 3,
					   .setup = reset_both };

/* Both writes of b come between a's read and write; c is elsewhere, too, and that is not it. */
Test(explain, of_what_differs_what_makes_it_fail_is_told)
{
	const struct subject subject = { .program = &both,
					 .failure = "wrong",
					 .search = EXPLORE_ALL,
					 .judge = judge_both };
	struct schedule failing = { 0 }, passing = { 0 };
	struct against against = { .runs = 0 };
	struct text text = TEXT_INIT;
	struct err err = ERR_INIT;

	cr_assert(!sim_init(&both, &err));
	cr_assert(!schedule_parse(&failing, &both, "a1b2c1a3b2a1", &err), "%s", err.text.bytes);
	cr_assert(!schedule_parse(&passing, &both, "a5b4c1", &err), "%s", err.text.bytes);
	cr_assert(!against_find(&against, &subject, &failing, &passing, &err), "%s",
		  err.text.bytes);
	cr_expect_eq(against.differing, 3);
	cr_expect_eq(against.members.count, 2);
	against_write(&against, &both, "P", &text);
	cr_expect(strstr(text.bytes, "b:test/both_write before a:test/both_write\n"), "%s",
		  text.bytes);
	cr_expect(strstr(text.bytes, "b:test/both_write@2 before a:test/both_write@2\n"));
	cr_expect_not(strstr(text.bytes, "test/raise"));
	cr_expect(strstr(text.bytes, "against P, which passes and has 3 of "));
	cr_expect(strstr(text.bytes, "Against another one that passes it may be something else"));
	text_release(&text);
	against_release(&against);
	cr_expect_eq(against_find(&against, &subject, &failing, &failing, &err), -1);
	cr_expect(strstr(err.text.bytes, "does not pass: it fails, too"), "%s", err.text.bytes);
	against_release(&against);
	schedule_release(&failing);
	schedule_release(&passing);
	sim_release();
	err_release(&err);
}

/* ---- Its parts ------------------------------------------------------------------------------ */

static struct hitting_set set_of(unsigned int a, unsigned int b)
{
	struct hitting_set set = { { 0 } };

	hitting_put(&set, a);
	hitting_put(&set, b);
	return set;
}

Test(explain, the_smallest_set_that_hits_all_is_found)
{
	struct hitting hitting = { .sets = { 0 } };
	const struct hitting_set sets[] = { set_of(0, 1), set_of(1, 200), set_of(2, 3) };
	const struct hitting_set wider = { { 7 } };
	struct hitting_set best;

	for (size_t i = 0; i < ARRAY_SIZE(sets); i++)
		cr_expect(hitting_add(&hitting, &sets[i]));
	cr_expect_not(hitting_add(&hitting, &wider), "who hits {0, 1} hits {0, 1, 2}");
	hitting.weights[2] = 1;
	cr_expect(hitting_solve(&hitting, &best));
	cr_expect_eq(hitting_count(&best), 2);
	cr_expect(hitting_has(&best, 1));
	cr_expect(hitting_has(&best, 3), "it weighs less than 2");
	hitting_release(&hitting);
}

/* Twenty sets of six that have nothing in common: too many ways to choose. */
Test(explain, where_there_are_too_many_ways_no_element_is_needless)
{
	struct hitting hitting = { .sets = { 0 } };
	struct hitting_set overlap = set_of(0, 6), best;

	for (unsigned int i = 0; i < 20; i++) {
		struct hitting_set set = set_of(6 * i, 6 * i + 1);

		for (unsigned int j = 2; j < 6; j++)
			hitting_put(&set, 6 * i + j);
		hitting_add(&hitting, &set);
	}
	hitting_put(&overlap, 12);
	hitting_add(&hitting, &overlap);
	cr_expect_not(hitting_solve(&hitting, &best), "it is not known to be smallest");
	cr_expect_eq(hitting_count(&best), 20);
	for (size_t i = 0; i < hitting.sets.count; i++)
		cr_expect(hitting_meets(&hitting.sets.items[i], &best));
	hitting_release(&hitting);
}

/* Taken as the commonest one first, 0 is not needed any more in the end. */
Test(explain, what_turns_out_to_be_needless_is_dropped)
{
	struct hitting hitting = { .sets = { 0 } };
	struct hitting_set best;

	for (unsigned int i = 1; i <= 40; i++) {
		struct hitting_set set = set_of(i, i + 100);

		if (i <= 3)
			hitting_put(&set, 0);
		hitting_add(&hitting, &set);
	}
	for (unsigned int i = 1; i <= 3; i++) {
		struct hitting_set set = set_of(i, 200 + i);

		hitting_add(&hitting, &set);
	}
	cr_expect_not(hitting_solve(&hitting, &best), "there are too many ways");
	cr_expect_not(hitting_has(&best, 0));
	cr_expect_eq(hitting_count(&best), 40);
	hitting_release(&hitting);
}

Test(explain, costs_are_compared_in_order)
{
	const struct sched_cost rising[] = {
		{ 0, 0, 9, 9, 9 }, { 0, 1, 1, 9, 9 }, { 0, 1, 2, 3, 4 },
		{ 0, 1, 2, 4, 3 }, { 0, 1, 2, 4, 4 }, { 1, 0, 0, 0, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rising); i++)
		for (size_t j = 0; j < ARRAY_SIZE(rising); j++)
			cr_expect_eq(sched_cost_compare(&rising[i], &rising[j]) < 0, i < j);
}
