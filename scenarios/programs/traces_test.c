/* SPDX-License-Identifier: MIT */
/*
 * traces_test.c - dpor runs each trace once: against numbers that were found without it,
 * and against the traces that dfs runs.
 *
 * The numbers come from other explorers and from brute force, or are known: n! orders
 * of n increments, 2^n - 1 of store buffering. That as many executions are the right
 * ones is checked where dfs can run all interleavings: each execution of either search
 * is marked with a fingerprint of its trace and with what it left in memory.
 */
#include <criterion/criterion.h>

#include "baton/explore.h"
#include "explore/trace_set_test.h"
#include "scenarios/programs/programs.h"

/* C11 has no addition of which nobody sees the result: there, all are in an order. */
#ifdef PROGRAMS_C11
#define COMMUTING(commuting, ordered) (ordered)
#else
#define COMMUTING(commuting, ordered) (commuting)
#endif

TestSuite(traces, .timeout = 120);

static void expect_buggy(const struct baton_program *program, uint64_t traces, uint64_t findings)
{
	const struct baton_search search = { .preemptions_max = -1, .strategy = BATON_DPOR };
	struct baton_result result;

	cr_assert_eq(baton_explore(program, &search, &result), 0, "%s", result.finding);
	cr_expect_eq(result.executions, traces, "%s: %llu traces, expected %llu", program->name,
		     (unsigned long long)result.executions, (unsigned long long)traces);
	cr_expect_eq(result.findings, findings, "%s: %llu findings, expected %llu", program->name,
		     (unsigned long long)result.findings, (unsigned long long)findings);
	cr_expect(result.exhaustive);
	baton_result_release(&result);
}

static void expect(const struct baton_program *program, uint64_t traces)
{
	expect_buggy(program, traces, 0);
}

Test(traces, sb)
{
	expect(sb_program(2), 3);
	expect(sb_program(3), 7);
	expect(sb_program(4), 15);
	expect(sb_program(8), 255);
}

Test(traces, mutex)
{
	expect(mutex_program(2), 6);
	expect(mutex_program(3), 90);
	expect(mutex_program(4), 2520);
}

Test(traces, pin)
{
	expect(pin_program(1), 6);
	expect(pin_program(2), 87);
	expect(pin_program(3), 2236);
	expect(pin_program(4), 88485);
}

/* With all plans, the search depends more on what it knows of the beginning: see explorer.md. */
Test(traces, pin_with_all_plans)
{
	struct err err = ERR_INIT;
	uint64_t executions = 0;
	struct dpor dpor;
	bool more = true;

	cr_assert_eq(sim_init(pin_program(4), &err), 0);
	dpor_init(&dpor, sim_program());
	dpor.wakeups.keeps_all = true;
	for (; more; executions++) {
		dpor.strategy.begin(&dpor.strategy);
		cr_assert_neq(sim_execute(&dpor.strategy, SIM_STEPS_MAX_DEFAULT, NULL),
			      SIM_STOPPED);
		more = dpor.strategy.end(&dpor.strategy);
	}
	cr_expect_eq(executions, 88485, "%llu executions", (unsigned long long)executions);
	cr_expect_eq(dpor.wakeups.left_out, 0);
	dpor_release(&dpor);
	sim_release();
}

/* References that nobody looks at commute. */
Test(traces, pin_commuting)
{
	pin_set_commuting(true);
	expect(pin_program(1), 6);
	expect(pin_program(2), COMMUTING(48, 87));
	expect(pin_program(3), COMMUTING(414, 2236));
	pin_set_commuting(false);
}

Test(traces, pinbug)
{
	expect_buggy(pinbug_program(1), 3, 1);
	expect_buggy(pinbug_program(2), 13, 4);
	expect_buggy(pinbug_program(3), 79, 15);
}

Test(traces, readers)
{
	expect(readers_program(2), 4);
	expect(readers_program(8), 256);
	expect(readers_program(13), 8192);
}

Test(traces, lastzero)
{
	expect(lastzero_program(5), 64);
	expect(lastzero_program(10), 3328);
}

Test(traces, counter)
{
	expect(counter_program(6), 720);
	expect(counter_program(8), 40320);
}

Test(traces, increments)
{
	expect(inc_return_program(5), 120);
	expect(inc_program(5), COMMUTING(1, 120));
	expect(inc_program(COMMUTING(12, 8)), COMMUTING(1, 40320));
}

Test(traces, indexer)
{
	expect(indexer_program(11), 1);
	expect(indexer_program(12), 8);
	expect(indexer_program(14), 512);
}

Test(traces, filesystem)
{
	expect(filesystem_program(13), 1);
	expect(filesystem_program(14), 2);
	expect(filesystem_program(16), 8);
	expect(filesystem_program(18), 32);
	expect(filesystem_program(19), 64);
}

Test(traces, litmus)
{
	expect(litmus_program("SB"), 3);
	expect(litmus_program("MP"), 3);
	expect(litmus_program("LB"), 3);
	expect(litmus_program("2+2W"), 3);
	expect(litmus_program("IRIW"), 15);
}

/* ---- The same traces as dfs -------------------------------------------------------------- */

/* What the programs leave behind is in their accesses' results, and so in the trace. */
static uint64_t no_state(void)
{
	return 0;
}

static void compare_within(const struct baton_program *program, size_t plans_max)
{
	struct trace_comparison result;
	struct err err = ERR_INIT;

	cr_assert_eq(sim_init(program, &err), 0);
	result = trace_set_compare(no_state, 100000, SIM_STEPS_MAX_DEFAULT, plans_max);
	sim_release();
	cr_expect(result.compared && !result.failed, "%s", program->name);
	cr_expect(!result.missed && !result.alien && !result.again,
		  "%s, %zu plans: of %llu traces %llu missed, %llu made up, %llu again",
		  program->name, plans_max, (unsigned long long)result.traces,
		  (unsigned long long)result.missed, (unsigned long long)result.alien,
		  (unsigned long long)result.again);
	cr_expect(!plans_max || !result.dropped, "%s: %llu in vain", program->name,
		  (unsigned long long)result.dropped);
}

/* With all plans, and with as few as can be. */
static void compare(const struct baton_program *program)
{
	compare_within(program, DPOR_WAKEUPS_MAX);
	compare_within(program, 0);
}

Test(traces, same_as_dfs)
{
	static const char *const litmus[] = { "SB", "MP", "LB", "2+2W", "IRIW" };

	for (unsigned int n = 2; n <= 4; n++) {
		compare(sb_program(n));
		compare(mutex_program(n));
		compare(pinbug_program(n - 1));
		compare(lastzero_program(n - 1));
		compare(readers_program(2 * n - 1));
		compare(counter_program(2 * n - 1));
		compare(inc_program(2 * n - 1));
	}
	compare(pin_program(1));
	compare(pin_program(2));
	compare(dekker_program(1));
	compare(dekker_program(2));
	compare(dekker_program(3));
	compare(peterson_program(1));
	pin_set_commuting(true);
	compare(pin_program(2));
	pin_set_commuting(false);
	for (size_t i = 0; i < sizeof(litmus) / sizeof(litmus[0]); i++)
		compare(litmus_program(litmus[i]));
}
