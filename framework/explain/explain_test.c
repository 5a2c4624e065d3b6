/* SPDX-License-Identifier: MIT */
/*
 * explain_test.c - small programs whose smallest failure and whose reasons are known.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/vec.h"
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

static bool is_found(void)
{
	return sim_finding()->kind != FINDING_NONE;
}

static enum subject_verdict judge(void *arg, enum sim_end end)
{
	bool (*fails)(void);

	memcpy(&fails, arg, sizeof(fails));
	if (end != SIM_DONE && fails != is_found)
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

/* Executions of all searches for a core together; 0: as many as they need. */
static uint64_t total;

/* Explain @line of @what, which fails if @fails says so at its end, where the counter is not
 * @right. */
static struct reason explain_of(const struct baton_program *what, const char *line,
				bool (*fails)(void), int right)
{
	const struct core_limits limits = { .total = total };
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

/* The same number of executions on any machine, whatever the search. */
Test(explain, a_total_ends_all_searches)
{
	struct reason outcome;

	total = 6;
	outcome = explain("a1b2a1c1[=0]", is_lost, 2);
	total = 0;
	cr_expect_eq(outcome.core.all.executions, 4);
	cr_expect_eq(outcome.core.all.strength, STRENGTH_CUT);
	/* What is left is one for each search that must be made. */
	cr_expect_leq(outcome.core.runs, 6 + 2 + core_depth(&outcome.core));
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

/*
 * Where a and b count one after the other, a fault is another way to fail, unless c loses between
 * a read and its write: at three of five places, in two orders.
 */
Test(explain, a_fault_less_is_worth_a_preemption)
{
	struct reason outcome = explain_of(&losing, "a2b2c1[1]", is_lost, 2);

	cr_expect(outcome.shrunk.proved);
	cr_expect_eq(outcome.shrunk.before.faults, 1);
	cr_expect_eq(outcome.shrunk.before.preemptions, 0);
	cr_expect_eq(outcome.shrunk.cost.faults, 0);
	cr_expect_eq(outcome.shrunk.cost.preemptions, 1);
	cr_expect_eq(core_depth(&outcome.core), 2);
	cr_expect_eq(outcome.core.failing_others, 6);
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

static void count_to_two(void *arg)
{
	(void)arg;
	for (int i = 1; i <= 2; i++) {
		POINT("test/count");
		baton_access(BATON_HERE("count"), &counter, BATON_WRITE);
		counter = i;
	}
}

static void check(void *arg)
{
	(void)arg;
	POINT("test/check");
	baton_access(BATON_HERE("check"), &counter, BATON_READ);
	if (counter == 1)
		baton_fail("wrong", "half");
}

static const struct baton_cpu_program checked_cpus[] = {
	{ "a", count_to_two, NULL, -1 },
	{ "b", check, NULL, -1 },
};

static const struct baton_program checked = { .name = "checked",
					      .cpus = checked_cpus,
					      .cpu_count = 2,
					      .setup = reset };

/* That a does no more when b has ended the execution is no difference that explains anything. */
Test(explain, who_is_cut_short_by_a_finding_is_not_told_of)
{
	struct reason outcome = explain_of(&checked, "a1b1", is_found, 0);

	cr_expect_eq(core_depth(&outcome.core), 2);
	cr_expect_not(strstr(outcome.story.bytes, "no further"), "%s", outcome.story.bytes);
	cr_expect(strstr(outcome.story.bytes, "a between test/count and test/count@2 (1 step)"),
		  "%s", outcome.story.bytes);
	release(&outcome);
}

/* ---- An interrupt --------------------------------------------------------------------------- */

static bool pending, one, between;
static int alone[3];

static bool is_pending(const void *object)
{
	return *(const bool *)object;
}

static const char *line_name(const void *object)
{
	(void)object;
	return "the line";
}

static void host(void *arg)
{
	(void)arg;
	POINT("test/one");
	baton_access(BATON_HERE("one"), &alone[0], BATON_WRITE);
	one = true;
	POINT("test/two");
	baton_access(BATON_HERE("two"), &alone[1], BATON_WRITE);
	one = false;
}

static void interrupt(void *arg)
{
	static const struct baton_wait line = { is_pending, NULL, line_name };

	(void)arg;
	for (;;) {
		baton_idle(BATON_HERE("idle"), &pending, &line);
		pending = false;
		POINT("test/go");
		baton_access(BATON_HERE("go"), &alone[2], BATON_WRITE);
		between = one;
	}
}

static void raise_line(void *arg)
{
	(void)arg;
	pending = true;
	one = between = false;
}

static bool is_between(void)
{
	return between;
}

static const struct baton_cpu_program interrupted_cpus[] = {
	{ "a", host, NULL, -1 },
	{ "a_irq", interrupt, NULL, 0 },
};
static const struct baton_program interrupted = { .name = "interrupted",
						  .cpus = interrupted_cpus,
						  .cpu_count = 2,
						  .setup = raise_line };

/*
 * The two have no variable in common. Between the steps of the host the interrupt is taken, and
 * makes its step: four pairs, two of which are the other way round where it comes first, or last.
 */
Test(explain, when_an_interrupt_is_taken_matters)
{
	struct reason outcome = explain_of(&interrupted, "a1a^2a1", is_between, 0);

	cr_expect_eq(outcome.core.conflicts.pairs.count, 4);
	cr_expect_eq(outcome.core.reversed, 2);
	cr_expect_eq(core_depth(&outcome.core), 2);
	cr_expect(strstr(outcome.story.bytes, "a:test/one before a_irq:test/go"), "%s",
		  outcome.story.bytes);
	cr_expect(strstr(outcome.story.bytes, "a_irq:test/go before a:test/two"), "%s",
		  outcome.story.bytes);
	release(&outcome);
}
