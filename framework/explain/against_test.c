/* SPDX-License-Identifier: MIT */
/*
 * against_test.c - what makes the difference to an execution that passes.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "explain/against.h"

TestSuite(against, .timeout = 60);

/* ---- Two counters --------------------------------------------------------------------------- */

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
Test(against, of_what_differs_what_makes_it_fail_is_told)
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

/* ---- States between steps ------------------------------------------------------------------- */

static bool up[2], met;

static void rise(void *arg)
{
	bool *mine = arg;

	POINT("test/up");
	baton_access(BATON_HERE("up"), mine, BATON_WRITE);
	*mine = true;
	POINT("test/down");
	baton_access(BATON_HERE("down"), mine, BATON_WRITE);
	*mine = false;
}

static void look(void *arg)
{
	(void)arg;
	met |= up[0] && up[1];
}

static void reset_up(void *arg)
{
	(void)arg;
	up[0] = up[1] = met = false;
}

static enum subject_verdict judge_met(void *arg, enum sim_end end)
{
	(void)arg;
	(void)end;
	return met ? SUBJECT_FAILS : SUBJECT_PASSES;
}

static const struct baton_cpu_program rising_cpus[] = {
	{ "a", rise, &up[0], -1 },
	{ "b", rise, &up[1], -1 },
};

static const struct baton_program rising = { .name = "rising",
					     .cpus = rising_cpus,
					     .cpu_count = 2,
					     .setup = reset_up,
					     .step = look };

/*
 * No two accesses depend on each other. The CPU changes twice: a goes up first in both
 * executions, and comes down last only in the one that fails.
 */
Test(against, where_no_access_differs_the_switches_do)
{
	const struct subject subject = { .program = &rising,
					 .failure = "met",
					 .search = EXPLORE_ALL,
					 .judge = judge_met };
	struct schedule failing = { 0 }, passing = { 0 };
	struct against against = { .runs = 0 };
	struct text text = TEXT_INIT;
	struct err err = ERR_INIT;

	cr_assert(!sim_init(&rising, &err));
	cr_assert(!schedule_parse(&failing, &rising, "a1b2a1", &err), "%s", err.text.bytes);
	cr_assert(!schedule_parse(&passing, &rising, "a2b2", &err), "%s", err.text.bytes);
	cr_assert(!against_find(&against, &subject, &failing, &passing, &err), "%s",
		  err.text.bytes);
	cr_expect_eq(against.compared, 2);
	cr_expect_eq(against.differing, 1);
	against_write(&against, &rising, "P", &text);
	cr_expect(strstr(text.bytes, "1. b:test/down before a:test/down\n"), "%s", text.bytes);
	text_release(&text);
	against_release(&against);
	schedule_release(&failing);
	schedule_release(&passing);
	sim_release();
	err_release(&err);
}
