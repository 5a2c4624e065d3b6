/* SPDX-License-Identifier: MIT */
/*
 * deterministic_test.c - programs that are no function of their choices are found out,
 * and the first step that differs is named.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "baton/explore.h"
#include "explore/explore.h"

TestSuite(deterministic, .timeout = 60);

static int x;
static unsigned int executions; /* what a setup should set, and does not */

static int load(void)
{
	POINT("test/load");
	baton_access(BATON_HERE("load"), &x, BATON_READ);
	return x;
}

static void store(int value)
{
	POINT("test/store");
	baton_access(BATON_HERE("store"), &x, BATON_WRITE);
	x = value;
}

static void setup(void *arg)
{
	(void)arg;
	x = 0;
	executions++;
}

static long watch_x(void *arg)
{
	(void)arg;
	return x;
}

static void writer(void *arg)
{
	(void)arg;
	store(1);
	store(2);
}

static struct baton_program program_of(const struct baton_cpu_program *cpus)
{
	static const struct baton_watch watches[] = { { "x", watch_x, NULL } };

	return (struct baton_program){ .name = "forgetful",
				       .cpus = cpus,
				       .cpu_count = 2,
				       .setup = setup,
				       .watches = watches,
				       .watch_count = 1 };
}

/* Explore @victim beside a writer: it must be found out with these words. */
static void expect_bug(void (*victim)(void *arg), enum baton_strategy strategy, const char *words)
{
	const struct baton_cpu_program cpus[] = { { "writer", writer, NULL, -1 },
						  { "victim", victim, NULL, -1 } };
	const struct baton_program program = program_of(cpus);
	const struct baton_search search = { .preemptions_max = -1, .strategy = strategy };
	struct baton_result result;

	executions = 0;
	cr_assert_eq(baton_explore(&program, &search, &result), -1);
	cr_expect_eq(strncmp(result.finding, "BUG: ", 5), 0, "%s", result.finding);
	cr_expect_not_null(strstr(result.finding, words), "%s", result.finding);
	cr_expect_not_null(strstr(result.finding, "not a function of its choices"));
	baton_result_release(&result);
}

/* One step in odd executions, none in even ones. */
static void sometimes_there(void *arg)
{
	(void)arg;
	if (executions % 2)
		load();
}

/* First: writer, writer, victim. Then the second step is to be the victim's. */
Test(deterministic, other_options)
{
	static const char words[] = "step 1: before, these CPUs could go on here: writer, victim; "
				    "now writer; victim has finished\n";

	expect_bug(sometimes_there, BATON_DFS, words);
	expect_bug(sometimes_there, BATON_DPOR, words);
}

static void fails_at_first(void *arg)
{
	(void)arg;
	load();
	if (executions <= 3)
		baton_fail("too_early", "execution %u", executions);
}

/* All 3 interleavings are a finding, none of the recordings is one. */
Test(deterministic, finding_is_gone)
{
	expect_bug(fails_at_first, BATON_DFS,
		   "the search saw 'too_early: execution 1' after 3 steps, then the same schedule "
		   "led to 'no finding' after 3\n");
}

static void garbage(void *arg)
{
	/* Long enough that byte 8 lies below where the fiber's first registers were. */
	volatile unsigned char never_written[256];

	(void)arg;
	__asm__ volatile("" : "=m"(never_written)); /* for the compiler it is */
	load();
	if (never_written[8] != 0xb5)
		baton_fail("garbage", "byte 8");
}

/* The search leaves on a stack what was there; recordings begin with a filled one. */
Test(deterministic, uninitialised_memory)
{
	expect_bug(garbage, BATON_DFS, "the search saw 'garbage: byte 8' after 3 steps, then");
}

/* ---- Two recordings ------------------------------------------------------------------- */

static struct trace trace;
static struct schedule schedule;
static struct text why = TEXT_INIT;
static struct err err = ERR_INIT;

/* Record @victim in @line: the two recordings must differ, in these words. */
static void expect_difference(void (*victim)(void *arg), const char *line, const char *words)
{
	const struct baton_cpu_program cpus[] = { { "writer", writer, NULL, -1 },
						  { "victim", victim, NULL, -1 } };
	const struct baton_program program = program_of(cpus);
	const struct explore_replay wanted = { .schedule = &schedule };

	executions = 0;
	cr_assert_eq(sim_init(&program, &err), 0);
	cr_assert_eq(schedule_parse(&schedule, &program, line, &err), 0);
	trace_init(&trace, &program);
	cr_expect_eq(explore_record(&wanted, &trace, &why, &err), -1);
	cr_expect(err.bug);
	cr_expect_not_null(strstr(err.text.bytes, words), "%s", err.text.bytes);
	trace_release(&trace);
	schedule_release(&schedule);
	text_release(&why);
	err_release(&err);
	sim_release();
}

static void other_point(void *arg)
{
	(void)arg;
	load();
	if (executions % 2)
		load();
	else
		store(0);
}

Test(deterministic, other_point)
{
	expect_difference(other_point, "w2v2", "step 4: first victim at test/load (");
	expect_difference(other_point, "w2v2", "), then victim at test/store (");
}

static void other_value(void *arg)
{
	(void)arg;
	store((int)executions);
}

/* No step differs: what the step did does. */
Test(deterministic, other_value)
{
	expect_difference(other_value, "v1w2", "step 1: after victim at test/store (");
	expect_difference(other_value, "v1w2", "), x is first 1, then 2\n");
}

static void other_note(void *arg)
{
	(void)arg;
	load();
	baton_note("execution %u", executions);
}

Test(deterministic, other_note)
{
	expect_difference(other_note, "w2v1",
			  "step 3: first victim notes 'execution 1', then victim notes "
			  "'execution 2'\n");
}

static void other_choice(void *arg)
{
	(void)arg;
	load();
	if (executions % 2)
		baton_choose(BATON_CHOICE_VALUE, 2, "test/slot");
}

Test(deterministic, choice_is_gone)
{
	expect_difference(other_choice, "v1[=1]w2",
			  "step 1: first victim chooses 1 at test/slot, then the execution ended");
}

static void shorter(void *arg)
{
	(void)arg;
	for (unsigned int i = executions; i < 3; i++)
		load();
}

Test(deterministic, step_is_gone)
{
	expect_difference(shorter, "w2v2", "step 4: first victim at test/load (");
	expect_difference(shorter, "w2v2", "), then the execution ended\n");
}

static void other_finding(void *arg)
{
	(void)arg;
	load();
	baton_fail("odd", "execution %u", executions);
}

Test(deterministic, other_finding)
{
	expect_difference(other_finding, "w2v1",
			  "after the last step: first 'odd: execution 1', then 'odd: execution "
			  "2'\n");
}

static void well_behaved(void *arg)
{
	(void)arg;
	if (load() == 1)
		baton_fail("saw_one", "x is %d", x);
}

/* And who behaves is left alone: of 3 interleavings one is a finding. */
Test(deterministic, well_behaved)
{
	const struct baton_cpu_program cpus[] = { { "writer", writer, NULL, -1 },
						  { "victim", well_behaved, NULL, -1 } };
	const struct baton_program program = program_of(cpus);
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, NULL, &result), 0, "%s", result.finding);
	cr_expect_eq(result.findings, 1);
	cr_expect_str_eq(result.finding, "saw_one: x is 1");
	baton_result_release(&result);
}
