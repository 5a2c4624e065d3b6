/* SPDX-License-Identifier: MIT */
/*
 * verify_test.c - what verify_run() says of programs whose traces can be counted by hand,
 * and that it notices when traces or states are not what they should be.
 */
#include <criterion/criterion.h>

#include "explore/trace_table.h"
#include "explore/verify.h"

TestSuite(verify, .timeout = 60);

static int x, y;
static bool secret; /* y is touched without a point */

static void setup(void *arg)
{
	(void)arg;
	x = y = 0;
}

static void store_x(int value)
{
	baton_access(BATON_HERE("store x"), &x, BATON_WRITE);
	x = value;
}

static void store_y(int value)
{
	baton_access(BATON_HERE("store y"), &y, BATON_WRITE);
	y = value;
}

static void run_a(void *arg)
{
	(void)arg;
	store_x(1);
	if (secret)
		y = 1;
	store_y(1);
}

static void run_b(void *arg)
{
	(void)arg;
	store_x(2);
	if (secret)
		y = 10 * y + 3;
}

static uint64_t state(void *arg, enum sim_end end)
{
	(void)arg;
	(void)end;
	return 1000 * (uint64_t)x + (uint64_t)y;
}

static struct verify_result result;
static struct err err = ERR_INIT;

static void run(const struct baton_program *program, struct verify wanted)
{
	wanted.state = state;
	cr_assert_eq(sim_init(program, &err), 0);
	cr_assert_eq(verify_run(&wanted, &result, &err), 0, "%s", err.text.bytes);
	sim_release();
}

static void verify(struct verify wanted)
{
	static const struct baton_cpu_program cpus[] = { { "a", run_a, NULL, -1 },
							 { "b", run_b, NULL, -1 } };
	static const struct baton_program program = { .name = "verify",
						      .cpus = cpus,
						      .cpu_count = 2,
						      .setup = setup };

	run(&program, wanted);
}

static void verify_cpus(void (*a)(void *), void (*b)(void *), void (*prepare)(void *))
{
	const struct baton_cpu_program cpus[] = { { "a", a, NULL, -1 }, { "b", b, NULL, -1 } };
	const struct baton_program program = { .name = "verify",
					       .cpus = cpus,
					       .cpu_count = 2,
					       .setup = prepare };

	run(&program, (struct verify){ .search = EXPLORE_ALL });
}

static void release(void)
{
	verify_release(&result);
}

/* a makes x = 1, y = 1 and b makes x = 2: 3 places for b, of which two are one trace. */
Test(verify, equal, .fini = release)
{
	verify((struct verify){ .search = EXPLORE_ALL });
	cr_expect_eq(result.fault, VERIFY_EQUAL);
	cr_expect_eq(result.reduced.executions, 2);
	cr_expect_eq(result.all.executions, 3);
	cr_expect_eq(result.all.strength, STRENGTH_EXHAUSTIVE);
}

/* Without preemptions: a then b, b then a. These are all traces, but that is not known. */
Test(verify, bounded, .fini = release)
{
	struct verify wanted = { .search = EXPLORE_ALL };

	wanted.search.preemptions_max = 0;
	verify(wanted);
	cr_expect_eq(result.fault, VERIFY_EQUAL);
	cr_expect_eq(result.reduced.executions, 2);
	cr_expect_eq(result.all.executions, 2);
	cr_expect_eq(result.all.strength, STRENGTH_BOUNDED);
}

Test(verify, cut, .fini = release)
{
	struct verify wanted = { .search = EXPLORE_ALL };

	wanted.search.executions_max = 1;
	verify(wanted);
	cr_expect_eq(result.fault, VERIFY_EQUAL);
	cr_expect_eq(result.reduced.strength, STRENGTH_CUT);
	cr_expect_eq(result.all.executions, 0); /* nothing to compare with */
}

/*
 * b's store and what it does to y secretly are one step. a b a and a a b are one trace,
 * b before or behind a's announced store of y, but leave other values.
 */
Test(verify, other_state, .fini = release)
{
	secret = true;
	verify((struct verify){ .search = EXPLORE_ALL });
	cr_expect_eq(result.fault, VERIFY_OTHER_STATE);
	cr_expect_eq(result.faults, 1);
	cr_expect_eq(schedule_switches(&result.schedule) + schedule_switches(&result.other), 3);
}

/* ---- Programs that tell the two searches apart -------------------------------------------- */

static unsigned int executions;

static void count_setup(void *arg)
{
	setup(arg);
	executions++;
}

static void stores_x(void *arg)
{
	(void)arg;
	store_x(1);
	secret = true;
}

static void looks(void *arg)
{
	(void)arg;
	store_y(1);
	if (secret)
		store_y(2);
}

static void nothing(void *arg)
{
	(void)arg;
}

static void forget(void *arg)
{
	setup(arg);
	secret = false;
}

/* Nothing that is announced depends, so dpor runs a, b, b; but b, a is another trace. */
Test(verify, missed, .fini = release)
{
	verify_cpus(stores_x, looks, forget);
	cr_expect_eq(result.fault, VERIFY_MISSED);
	cr_expect_eq(result.reduced.executions, 1);
	cr_expect_eq(result.faults, 1);
	cr_expect_eq(schedule_steps(&result.schedule), 2);
}

static unsigned int options[8]; /* of the n-th execution */

static void chooses(void *arg)
{
	(void)arg;
	store_y(1);
	baton_choose(BATON_CHOICE_VALUE, options[executions - 1], "slot");
}

static void set_options(const char *digits)
{
	executions = 0;
	for (size_t i = 0; digits[i]; i++)
		options[i] = (unsigned int)(digits[i] - '0');
}

/* dpor runs 3 executions for 3 answers, then dfs finds that there are only 2. */
Test(verify, made_up, .fini = release)
{
	set_options("33322333");
	verify_cpus(nothing, chooses, count_setup);
	cr_expect_eq(result.fault, VERIFY_MADE_UP);
	cr_expect_eq(schedule_steps(&result.schedule), 1);
}

/* For the second and the third answer the question is not asked any more. */
Test(verify, again, .fini = release)
{
	set_options("31111111");
	verify_cpus(nothing, chooses, count_setup);
	cr_expect_eq(result.fault, VERIFY_AGAIN);
	cr_expect_eq(result.faults, 1);
}

static bool always(const void *object)
{
	(void)object;
	return true;
}

static void adds(void *arg)
{
	(void)arg;
	baton_access(BATON_HERE("add"), &x, BATON_ADD);
	x++;
}

static void adds_and_waits(void *arg)
{
	static const struct baton_wait wait = { always, NULL, NULL };

	baton_block(BATON_HERE("wait"), &x, BATON_WAIT, &wait);
	adds(arg);
}

/* Additions commute, unless somebody may wait between them: 2 + 1 orders, not 2. */
Test(verify, additions_and_a_wait, .fini = release)
{
	verify_cpus(adds, adds_and_waits, setup);
	cr_expect_eq(result.fault, VERIFY_EQUAL);
	cr_expect_eq(result.reduced.executions, 3);
	cr_expect_eq(result.all.executions, 3);
}

/* The table of traces itself: many, some of them twice. */
Test(verify, table)
{
	struct trace_table table = { 0 };

	for (uint64_t i = 0; i < 1000; i++)
		cr_assert(trace_table_add(&table, i << 40, i));
	for (uint64_t i = 0; i < 1000; i++) {
		cr_assert_not(trace_table_add(&table, i << 40, 5));
		cr_assert_eq(trace_table_find(&table, i << 40)->state, i);
		if (i != 77)
			trace_table_find(&table, i << 40)->seen = true;
	}
	cr_expect_null(trace_table_find(&table, 12345));
	cr_expect_eq(trace_table_unseen(&table)->state, 77);
	trace_table_release(&table);
	cr_expect_null(trace_table_find(&table, 0));
}
