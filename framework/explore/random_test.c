/* SPDX-License-Identifier: MIT */
/*
 * random_test.c - samplers: what a seed means, and how often they find what.
 *
 * The distributions are counted over fixed seeds, so the numbers are the same in every
 * run; the bounds are what theory says, with room for five standard deviations.
 */
#include <criterion/criterion.h>

#include "engine/sim.h"
#include "explore/random.h"

TestSuite(random, .timeout = 60);

static int x[2];

static void write_both(void *arg)
{
	(void)arg;
	baton_access(BATON_HERE("a"), &x[0], BATON_WRITE);
	x[0] = 1;
	baton_access(BATON_HERE("b"), &x[1], BATON_WRITE);
	x[1] = 1;
}

static void write_alone(void *arg)
{
	(void)arg;
	baton_access(BATON_HERE("c"), &x[1], BATON_WRITE);
	x[1] = 2;
}

static const struct baton_cpu_program cpus[] = { { "both", write_both, NULL, -1 },
						 { "alone", write_alone, NULL, -1 } };
static const struct baton_program program = { .name = "random", .cpus = cpus, .cpu_count = 2 };

/* How often "alone" makes the first, second and third step. */
static void sample(struct sampler *sampler, unsigned int executions, unsigned int place[3])
{
	struct err err = ERR_INIT;

	cr_assert_eq(sim_init(&program, &err), 0);
	for (unsigned int i = 0; i < executions; i++) {
		const struct schedule_entry *entries;

		sampler->strategy.begin(&sampler->strategy);
		cr_assert_eq(sim_execute(&sampler->strategy, 100, NULL), SIM_DONE);
		cr_assert(sampler->strategy.end(&sampler->strategy));
		entries = sim_schedule()->entries.items;
		for (unsigned int step = 0; step < 3; step++)
			place[step] += entries[step].value == 1;
	}
	sim_release();
}

static void expect_near(unsigned int count, unsigned int expected)
{
	cr_expect(count + 250 > expected && count < expected + 250, "%u, expected %u", count,
		  expected);
}

/* The last place takes two tosses. */
Test(random, uniform_walk)
{
	unsigned int place[3] = { 0 };
	struct sampler sampler;

	random_init(&sampler, 1);
	sample(&sampler, 10000, place);
	expect_near(place[0], 5000);
	expect_near(place[1], 2500);
	expect_near(place[2], 2500);
}

/*
 * Two orders of the writes to x[1]: each has half of the executions, although only one
 * of the three places is behind "both". a and c draw; if a wins, b draws anew against c's
 * old draw: P(c last) = P(a > c) * P(b > c | a > c) = 1/3 for independent draws.
 */
Test(random, partial_order_sampling)
{
	unsigned int place[3] = { 0 };
	struct sampler sampler;

	pos_init(&sampler, 1);
	sample(&sampler, 10000, place);
	expect_near(place[0], 5000);
	expect_near(place[2], 3333);
}

/* Depth 1: a priority each and no change, so nobody is ever preempted. */
Test(random, pct_depth_1_never_preempts)
{
	unsigned int place[3] = { 0 };
	struct sampler sampler;

	pct_init(&sampler, 1, 1);
	sample(&sampler, 10000, place);
	expect_near(place[0], 5000);
	cr_expect_eq(place[1], 0);
	expect_near(place[2], 5000);
}

/*
 * Depth 2: one change of priority, before one of 3 steps. "alone" comes second if "both" is
 * first (1/2) and the change is after its first step (1/3).
 */
Test(random, pct_depth_2_preempts_once)
{
	unsigned int place[3] = { 0 };
	struct sampler sampler;

	pct_init(&sampler, 1, 2);
	sample(&sampler, 10000, place);
	expect_near(place[1], 1667);
}

Test(random, seeds)
{
	unsigned int a[3] = { 0 }, b[3] = { 0 }, c[3] = { 0 };
	struct sampler sampler;

	random_init(&sampler, 7);
	sample(&sampler, 1000, a);
	random_init(&sampler, 7);
	sample(&sampler, 1000, b);
	random_init(&sampler, 8);
	sample(&sampler, 1000, c);
	cr_expect_arr_eq(a, b, sizeof(a));
	cr_expect_arr_neq(a, c, sizeof(a));
}
