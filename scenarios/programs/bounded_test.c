/* SPDX-License-Identifier: MIT */
/*
 * bounded_test.c - reduction within a bound on preemptions: the same traces as dfs runs,
 * and never more executions.
 *
 * The numbers of executions and of traces are those that other explorers and brute force
 * found. Each execution of either search is marked with a fingerprint of its trace; what
 * the programs leave behind is in their accesses' results, and so in the trace.
 */
#include <criterion/criterion.h>

#include "explore/bounded_set_test.h"
#include "scenarios/programs/programs.h"

TestSuite(bounded, .timeout = 240);

static uint64_t no_state(void)
{
	return 0;
}

static struct bounded_comparison compare_at(const struct baton_program *program,
					    unsigned int preemptions)
{
	const struct bounded_case wanted = { no_state, preemptions, SIM_STEPS_MAX_DEFAULT, 100000,
					     MEMO_TABLE_SIZE_MAX };
	struct bounded_comparison result;
	struct err err = ERR_INIT;
	uint64_t run;

	cr_assert_eq(sim_init(program, &err), 0);
	result = bounded_set_compare(&wanted);
	sim_release();
	if (!result.compared)
		return result;
	run = result.reported + result.again + result.dropped;
	cr_log_info("%s, preemptions<=%u: dfs %llu; %llu traces, %llu counted, %llu again, "
		    "%llu dropped",
		    program->name, preemptions, (unsigned long long)result.executions,
		    (unsigned long long)result.traces, (unsigned long long)result.reported,
		    (unsigned long long)result.again, (unsigned long long)result.dropped);
	cr_expect(!result.failed && !result.missed && !result.alien,
		  "%s, preemptions<=%u: of %llu traces %llu missed, %llu made up", program->name,
		  preemptions, (unsigned long long)result.traces, (unsigned long long)result.missed,
		  (unsigned long long)result.alien);
	cr_expect_leq(run, result.executions, "%s, preemptions<=%u: %llu executions, dfs %llu",
		      program->name, preemptions, (unsigned long long)run,
		      (unsigned long long)result.executions);
	return result;
}

static void compare(const struct baton_program *program)
{
	for (unsigned int preemptions = 0; preemptions <= 4; preemptions++)
		compare_at(program, preemptions);
}

Test(bounded, sb)
{
	for (unsigned int n = 2; n <= 5; n++)
		compare(sb_program(n));
}

Test(bounded, mutex)
{
	for (unsigned int n = 2; n <= 5; n++)
		compare(mutex_program(n));
}

Test(bounded, pinbug)
{
	for (unsigned int n = 1; n <= 4; n++)
		compare(pinbug_program(n));
}

Test(bounded, readers)
{
	compare(readers_program(2));
	compare(readers_program(5));
	compare(readers_program(7));
}

Test(bounded, lastzero)
{
	for (unsigned int n = 2; n <= 6; n++)
		compare(lastzero_program(n));
}

Test(bounded, increments)
{
	compare(counter_program(6));
	compare(inc_program(6));
	compare(inc_return_program(6));
}

Test(bounded, tables)
{
	compare(indexer_program(2));
	compare(indexer_program(3));
	compare(filesystem_program(2));
	compare(filesystem_program(4));
	compare(dekker_program(2));
	compare(dekker_program(3));
	compare(peterson_program(2));
}

Test(bounded, litmus)
{
	static const char *const names[] = { "SB", "MP", "LB", "2+2W", "IRIW" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		compare(litmus_program(names[i]));
}

/* @traces: by the fewest preemptions that one of their executions has; 0: not known */
static void expect_traces(unsigned int count, unsigned int preemptions, uint64_t traces)
{
	struct bounded_comparison result = compare_at(pin_program(count), preemptions);

	cr_expect(!traces || result.traces == traces);
	/* A trace is run again where that takes fewer preemptions; that is seldom. */
	cr_expect_leq(result.reported * 2, result.traces * 3);
	cr_expect_eq(result.again, 0);
}

Test(bounded, pin)
{
	static const uint64_t pin1[] = { 2, 4, 6 }, pin2[] = { 5, 17, 41, 73, 87 };

	for (unsigned int n = 0; n < ARRAY_SIZE(pin1); n++)
		expect_traces(1, n, pin1[n]);
	for (unsigned int n = 0; n < ARRAY_SIZE(pin2); n++)
		expect_traces(2, n, pin2[n]);
	for (unsigned int n = 0; n <= 4; n++)
		expect_traces(3, n, 0);
}
