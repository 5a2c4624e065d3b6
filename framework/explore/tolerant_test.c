/* SPDX-License-Identifier: MIT */
/*
 * tolerant_test.c - an execution is found again in a program that was edited: points that are
 * new, gone, or have new names, and CPUs that wait where they did not.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "baton/kernel.h"
#include "explore/explore.h"

TestSuite(tolerant, .timeout = 30);

/* The edits. */
static bool has_new, lacks_old, renamed, locks;

static int counter, other;
static bool locked;

static bool is_free(const void *object)
{
	return !*(const bool *)object;
}

static void take_lock(void)
{
	static const struct baton_wait wait = { is_free, NULL, NULL };

	baton_block(BATON_HERE("edit/lock"), &locked, BATON_LOCK, &wait);
	locked = true;
}

static void drop_lock(void)
{
	baton_access(BATON_HERE("edit/unlock"), &locked, BATON_UNLOCK);
	locked = false;
}

static int load(void)
{
	if (has_new) {
		POINT("edit/new");
		READ_ONCE(other);
	}
	if (!lacks_old) {
		POINT("edit/old");
		READ_ONCE(other);
	}
	if (renamed)
		POINT("edit/load2");
	else
		POINT("edit/load");
	return READ_ONCE(counter);
}

static void add(void *arg)
{
	int value;

	(void)arg;
	if (locks)
		take_lock();
	value = load();
	POINT("edit/store");
	WRITE_ONCE(counter, value + 1);
	if (locks)
		drop_lock();
}

static void setup(void *arg)
{
	(void)arg;
	counter = 0;
	locked = false;
}

static const struct baton_cpu_program cpus[] = { { "a", add, NULL, -1 }, { "b", add, NULL, -1 } };
static const struct baton_program program = { .name = "tolerant",
					      .cpus = cpus,
					      .cpu_count = 2,
					      .setup = setup };

/* a reads before b adds, and writes after it: one addition is lost. */
static const char *const then = "a2b3a1";
static char old_name[] = "edit/old", load_name[] = "edit/load", store_name[] = "edit/store";
static char gone_name[] = "edit/was";
static char *const names[] = { old_name, load_name, old_name, load_name, store_name, store_name };
/* As it was when "edit/old" still had that name, which no point has today. */
static char *const gone_names[] = { gone_name, load_name,  gone_name,
				    load_name, store_name, store_name };

static void expect(char *const *points, const char *line, const char *said)
{
	struct schedule schedule = { 0 }, fitting = { 0 };
	struct explore_replay replay = { .schedule = &schedule, .points = points };
	struct text bent = TEXT_INIT, now = TEXT_INIT;
	struct err err = ERR_INIT;

	cr_assert_eq(sim_init(&program, &err), 0);
	cr_assert_eq(schedule_parse(&schedule, &program, then, &err), 0, "%s", err.text.bytes);
	explore_bend(&replay, &program, &fitting, &bent);
	schedule_format(&fitting, &program, &now);
	cr_expect_str_eq(now.bytes, line);
	cr_expect_str_eq(bent.bytes, said);
	schedule_release(&schedule);
	schedule_release(&fitting);
	text_release(&bent);
	text_release(&now);
	sim_release();
}

Test(tolerant, fits)
{
	expect(names, "a2b3a1", "");
	cr_expect_eq(counter, 1);
}

Test(tolerant, new_point)
{
	has_new = true;
	expect(names, "a3b4a1",
	       "step 1: a comes to edit/new, which the schedule does not have\n"
	       "step 4: b comes to edit/new, which the schedule does not have\n");
	cr_expect_eq(counter, 1);
}

Test(tolerant, point_is_gone)
{
	lacks_old = true;
	expect(names, "a1b2a1",
	       "step 1: a does not come to edit/old\nstep 2: b does not come to edit/old\n");
	cr_expect_eq(counter, 1);
}

Test(tolerant, new_name)
{
	expect(gone_names, "a2b3a1", "step 1: edit/was is gone, edit/old takes its place\n");
	cr_expect_eq(counter, 1);
}

/* A name that the program still has somewhere: the step is new, and the old one is gone. */
static void elsewhere(void *arg)
{
	(void)arg;
	POINT("edit/load");
	READ_ONCE(other);
}

Test(tolerant, name_is_used_elsewhere)
{
	elsewhere(NULL);
	renamed = true;
	expect(names, "a2b3a1",
	       "step 2: a comes to edit/load2, which the schedule does not have\n"
	       "step 3: a does not come to edit/load\n"
	       "step 4: b comes to edit/load2, which the schedule does not have\n"
	       "step 5: b does not come to edit/load\n");
	cr_expect_eq(counter, 1);
}

/* Now a lock keeps b out: it cannot be the same, and nothing hangs. */
Test(tolerant, waits)
{
	locks = true;
	expect(names, "a5b5",
	       "step 1: a comes to edit/lock, which the schedule does not have\n"
	       "step 4: b cannot go on, a goes first\n"
	       "step 6: b comes to edit/lock, which the schedule does not have\n"
	       "step 10: the schedule ends, the execution goes on\n");
	cr_expect_eq(counter, 2);
}

/* Without names, only who makes a step is known; what comes behind it is made in turn. */
Test(tolerant, without_names)
{
	has_new = true;
	expect(NULL, "a2b3a2b1", "step 7: the schedule ends, the execution goes on\n");
}
