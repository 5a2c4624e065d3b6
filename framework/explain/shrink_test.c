/* SPDX-License-Identifier: MIT */
/*
 * shrink_test.c - the smallest schedule, where a limit ends the searches for it.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "explain/guide.h"
#include "explain/shrink.h"

TestSuite(shrink, .timeout = 60);

static struct shrunk shrink_line(const struct subject *subject, const char *line, uint64_t limit)
{
	struct schedule schedule = { 0 };
	struct shrunk shrunk;
	struct err err = ERR_INIT;

	cr_assert(!sim_init(subject->program, &err), "%s", err.text.bytes);
	cr_assert(!schedule_parse(&schedule, subject->program, line, &err), "%s", err.text.bytes);
	cr_assert(!shrink(subject, &schedule, limit, &shrunk, &err), "%s", err.text.bytes);
	sim_release();
	schedule_release(&schedule);
	err_release(&err);
	return shrunk;
}

/* ---- A lock, and somebody who is waited for under it ---------------------------------------- */

static bool held, started, last;

static bool is_free(const void *object)
{
	return !*(const bool *)object;
}

static bool is_set(const void *object)
{
	return *(const bool *)object;
}

static const char *name_of(const void *object)
{
	return object == &held ? "the lock" : "the start";
}

static const struct baton_wait lock_wait = { is_free, NULL, name_of };
static const struct baton_wait start_wait = { is_set, NULL, name_of };

static void take(void)
{
	POINT("test/lock");
	baton_block(BATON_HERE("lock"), &held, BATON_LOCK, &lock_wait);
	held = true;
}

static void give(void)
{
	POINT("test/unlock");
	baton_access(BATON_HERE("unlock"), &held, BATON_UNLOCK);
	held = false;
}

static void wait_for_start(void *arg)
{
	(void)arg;
	take();
	POINT("test/wait");
	baton_block(BATON_HERE("wait"), &started, BATON_WAIT, &start_wait);
	give();
}

static void start(void *arg)
{
	(void)arg;
	POINT("test/start");
	baton_access(BATON_HERE("start"), &started, BATON_WRITE);
	started = true;
	take();
	last = true;
	give();
}

static void reset_lock(void *arg)
{
	(void)arg;
	held = started = last = false;
}

static enum subject_verdict judge_lock(void *arg, enum sim_end end)
{
	(void)arg;
	return end == SIM_DONE && last ? SUBJECT_FAILS : SUBJECT_PASSES;
}

static const struct baton_cpu_program locking_cpus[] = {
	{ "a", wait_for_start, NULL, -1 },
	{ "b", start, NULL, -1 },
};

static const struct baton_program locking = { .name = "locking",
					      .cpus = locking_cpus,
					      .cpu_count = 2,
					      .setup = reset_lock };

/*
 * b starts a, and then waits for the lock: nobody is preempted. Where a's two parts are put
 * together, b is preempted before it comes to the lock: one switch less, and no smaller.
 */
Test(shrink, what_needs_fewer_switches_and_more_preemptions_is_not_smaller)
{
	const struct subject subject = { .program = &locking,
					 .failure = "last",
					 .search = EXPLORE_ALL,
					 .judge = judge_lock };
	struct shrunk shrunk = shrink_line(&subject, "a1b1a2b2", 1);

	cr_expect_not(shrunk.proved);
	cr_expect_eq(shrunk.before.preemptions, 0);
	cr_expect_eq(shrunk.before.switches, 3);
	cr_expect_eq(sched_cost_compare(&shrunk.cost, &shrunk.before), 0);
	cr_expect_leq(shrunk.runs, 20, "%llu runs: each of the four parts is moved twice at most",
		      (unsigned long long)shrunk.runs);
	shrink_release(&shrunk);
}

/* ---- A crash, and others that go on --------------------------------------------------------- */

static int value;
static unsigned int written;

static void read_twice(void *arg)
{
	int seen;

	(void)arg;
	POINT("test/read");
	baton_access(BATON_HERE("read"), &value, BATON_READ);
	seen = value;
	POINT("test/again");
	baton_access(BATON_HERE("again"), &value, BATON_READ);
	if (seen != value)
		baton_fail("changed", "it was %d", seen);
}

static void change(void *arg)
{
	(void)arg;
	POINT("test/change");
	baton_access(BATON_HERE("change"), &value, BATON_WRITE);
	value = 1;
}

static void write_number(void *arg)
{
	POINT("test/number");
	baton_access(BATON_HERE("number"), &written, BATON_WRITE);
	written = *(const unsigned int *)arg;
}

static void reset_value(void *arg)
{
	(void)arg;
	value = 0;
	written = 0;
}

static enum subject_verdict judge_found(void *arg, enum sim_end end)
{
	(void)arg;
	return end == SIM_DONE ? SUBJECT_PASSES : SUBJECT_FAILS;
}

static unsigned int numbers[] = { 1, 2, 3, 4, 5, 6 };
static const struct baton_cpu_program crowd_cpus[] = {
	{ "a", read_twice, NULL, -1 },          { "b", change, NULL, -1 },
	{ "c", write_number, &numbers[0], -1 }, { "d", write_number, &numbers[1], -1 },
	{ "e", write_number, &numbers[2], -1 }, { "f", write_number, &numbers[3], -1 },
	{ "g", write_number, &numbers[4], -1 }, { "h", write_number, &numbers[5], -1 },
};

static const struct baton_program crowd = { .name = "crowd",
					    .cpus = crowd_cpus,
					    .cpu_count = 8,
					    .setup = reset_value };

/*
 * Without a preemption six CPUs write in 720 orders, before or behind the other two: too many
 * for the limit. What it takes no more switches to reach than the crash are far fewer, as the
 * crash ends an execution: that search comes to its end. It has not looked at those that
 * preempt nobody and switch more often.
 */
Test(shrink, fewer_preemptions_with_more_switches_are_smaller)
{
	const struct subject subject = { .program = &crowd,
					 .failure = "crash",
					 .search = EXPLORE_ALL,
					 .judge = judge_found };
	struct shrunk shrunk = shrink_line(&subject, "a1b1a1", 500);

	cr_expect_not(shrunk.proved);
	cr_expect(strstr(shrunk.because.bytes, "not proved: fewer preemptions than 1"), "%s",
		  shrunk.because.bytes);
	cr_expect(strstr(shrunk.because.bytes, "all with preemptions<=1, switches<=2 were run"),
		  "%s", shrunk.because.bytes);
	shrink_release(&shrunk);
	shrunk = shrink_line(&subject, "a1b1a1", 5000);
	cr_expect(shrunk.proved, "%s", shrunk.because.bytes);
	shrink_release(&shrunk);
}

/* ---- Its parts ------------------------------------------------------------------------------ */

/* A fault that the schedule knows nothing of, before its last answer. */
Test(shrink, an_answer_that_is_not_there_takes_no_step_away)
{
	const struct schedule_entry entries[] = { { BATON_CHOICE_CPU, 0 },
						  { BATON_CHOICE_CPU, 1 },
						  { BATON_CHOICE_FAULT, 1 } };
	struct choice cpu = { .kind = BATON_CHOICE_CPU, .options = 3, .current = -1 };
	const struct choice fault = { .kind = BATON_CHOICE_FAULT, .options = 3, .current = 0 };
	struct schedule schedule = { 0 };
	struct guide guide;

	for (size_t i = 0; i < ARRAY_SIZE(entries); i++)
		vec_push(&schedule.entries, entries[i]);
	guide_init(&guide, &schedule);
	guide.strategy.begin(&guide.strategy);
	cr_expect_eq(guide.strategy.pick(&guide.strategy, &cpu), 0);
	cr_expect_eq(guide.strategy.pick(&guide.strategy, &fault), 0, "nothing fails");
	cpu.current = 0;
	cr_expect_eq(guide.strategy.pick(&guide.strategy, &cpu), 1);
	cr_expect_eq(guide.strategy.pick(&guide.strategy, &fault), 1);
	schedule_release(&schedule);
}

Test(shrink, costs_are_compared_in_order)
{
	const struct sched_cost rising[] = {
		{ 0, 0, 9, 9, 9 }, { 0, 1, 1, 9, 9 }, { 0, 1, 2, 3, 4 },
		{ 0, 1, 2, 4, 3 }, { 0, 1, 2, 4, 4 }, { 1, 0, 0, 0, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rising); i++)
		for (size_t j = 0; j < ARRAY_SIZE(rising); j++)
			cr_expect_eq(sched_cost_compare(&rising[i], &rising[j]) < 0, i < j);
}
