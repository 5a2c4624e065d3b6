/* SPDX-License-Identifier: MIT */
/*
 * replay_test.c - a schedule runs its execution again, or says where it cannot.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "explore/explore.h"

TestSuite(replay, .timeout = 30);

static int x, y;

static int load(int *from)
{
	POINT("test/load");
	baton_access(BATON_HERE("load"), from, BATON_READ);
	return *from;
}

static void store(int *to, int value)
{
	POINT("test/store");
	baton_access(BATON_HERE("store"), to, BATON_WRITE);
	*to = value;
	baton_note("= %d", value);
}

static void a(void *arg)
{
	(void)arg;
	baton_call_begin("a()");
	store(&x, 1);
	if (!load(&y) && baton_choose(BATON_CHOICE_FAULT, 2, "test/fault"))
		store(&x, 2);
	baton_call_end();
}

static void b(void *arg)
{
	(void)arg;
	store(&y, 1);
	load(&x);
}

static void setup(void *arg)
{
	(void)arg;
	x = y = 0;
}

static long watch_x(void *arg)
{
	(void)arg;
	return x;
}

static const struct baton_cpu_program cpus[] = { { "a", a, NULL, -1 }, { "b", b, NULL, -1 } };
static const struct baton_watch watches[] = { { "x", watch_x, NULL } };
static const struct baton_program program = {
	.name = "replay",
	.cpus = cpus,
	.cpu_count = 2,
	.setup = setup,
	.watches = watches,
	.watch_count = 1,
};

static struct schedule schedule;
static struct trace trace;
static struct text why = TEXT_INIT;
static struct err err = ERR_INIT;

/* Return: as explore_record(); the trace is left for the test. */
static int replay(const char *line, char *const *points)
{
	const struct explore_replay wanted = { .schedule = &schedule, .points = points };

	text_clear(&why);
	cr_assert_eq(schedule_parse(&schedule, &program, line, &err), 0, "%s", err.text.bytes);
	trace_init(&trace, &program);
	return explore_record(&wanted, &trace, &why, &err);
}

static void open_simulation(void)
{
	cr_assert_eq(sim_init(&program, &err), 0);
}

static void close_simulation(void)
{
	trace_release(&trace);
	schedule_release(&schedule);
	text_release(&why);
	sim_release();
}

Test(replay, runs_again, .init = open_simulation, .fini = close_simulation)
{
	const struct trace_event *events;

	cr_assert_eq(replay("a2[1]b1a1b1", NULL), 0, "%s", why.bytes);
	cr_expect_eq(trace.steps, 5);
	cr_expect_eq(trace.preemptions, 2); /* a could have gone on at step 3, b at step 4 */
	cr_expect_eq(trace.faults, 1);
	events = trace.events.items;
	cr_expect_eq(events[0].type, TRACE_STATE);
	cr_expect_eq(events[0].values[0], 0); /* the watch, before the first step */
	cr_expect_eq(events[1].type, TRACE_CALL);
	cr_expect_str_eq(events[1].text, "a()");
	cr_expect_eq(events[2].type, TRACE_STEP);
	cr_expect_str_eq(events[2].point->name, "test/store");
	cr_expect_eq(events[2].values[0], 1); /* and after it */
	cr_expect_str_eq(trace.places.items[events[2].place].frame.function, "store");
	cr_expect_str_eq(events[3].text, "= 1");
}

static int executions;

static void counts_executions(void *arg)
{
	(void)arg;
	store(&x, ++executions);
}

/* Two recordings of one schedule that differ: the program remembers something. */
Test(replay, not_deterministic)
{
	static const struct baton_cpu_program counting[] = { { "a", counts_executions, NULL, -1 } };
	static const struct baton_program forgetful = { .name = "replay",
							.cpus = counting,
							.cpu_count = 1,
							.setup = setup };
	const struct explore_replay wanted = { .schedule = &schedule };

	cr_assert_eq(sim_init(&forgetful, &err), 0);
	cr_assert_eq(schedule_parse(&schedule, &forgetful, "a1", &err), 0);
	trace_init(&trace, &forgetful);
	cr_expect_eq(explore_record(&wanted, &trace, &why, &err), -1);
	cr_expect_not_null(strstr(err.text.bytes, "not a function of its choices"));
	close_simulation();
}

static void expect_diverged(const char *line, char *const *points, const char *expected)
{
	cr_assert_eq(replay(line, points), 1);
	cr_expect_str_eq(why.bytes, expected);
}

Test(replay, too_short, .init = open_simulation, .fini = close_simulation)
{
	expect_diverged("a1b1", NULL,
			"step 3: the schedule ends here, the execution goes on with a, b");
}

Test(replay, too_long, .init = open_simulation, .fini = close_simulation)
{
	expect_diverged("b2a2a1", NULL,
			"step 5: the execution ends after 4 steps, the schedule goes on");
}

Test(replay, finished, .init = open_simulation, .fini = close_simulation)
{
	expect_diverged("b3a2", NULL,
			"step 3: the schedule has b, which has finished; the execution can go on "
			"with a");
}

Test(replay, choice_is_missing, .init = open_simulation, .fini = close_simulation)
{
	expect_diverged(
		"a2b2", NULL,
		"step 3: the schedule has a step of b, the execution a choice of test/fault");
}

Test(replay, choice_is_too_much, .init = open_simulation, .fini = close_simulation)
{
	expect_diverged("a1[1]a1b2", NULL,
			"step 2: the schedule has the choice [1], the execution a step");
}

Test(replay, other_point, .init = open_simulation, .fini = close_simulation)
{
	static char store_name[] = "test/store";
	char *const points[] = { store_name, store_name, NULL, NULL };

	expect_diverged("a2b2", points,
			"step 2: the schedule has a at test/store, the execution has it at "
			"test/load");
}
