/* SPDX-License-Identifier: MIT */
/*
 * hitting_test.c - smallest sets that have something in common with each of many.
 */
#include <criterion/criterion.h>

#include "base/vec.h"
#include "explain/hitting.h"

TestSuite(hitting, .timeout = 60);

static struct hitting_set set_of(unsigned int a, unsigned int b)
{
	struct hitting_set set = { { 0 } };

	hitting_put(&set, a);
	hitting_put(&set, b);
	return set;
}

Test(hitting, the_smallest_set_that_hits_all_is_found)
{
	struct hitting hitting = { .sets = { 0 } };
	const struct hitting_set sets[] = { set_of(0, 1), set_of(1, 200), set_of(2, 3) };
	const struct hitting_set wider = { { 7 } };
	struct hitting_set best;

	for (size_t i = 0; i < ARRAY_SIZE(sets); i++)
		cr_expect(hitting_add(&hitting, &sets[i]));
	cr_expect_not(hitting_add(&hitting, &wider), "who hits {0, 1} hits {0, 1, 2}");
	hitting.weights[2] = 1;
	cr_expect(hitting_solve(&hitting, &best));
	cr_expect_eq(hitting_count(&best), 2);
	cr_expect(hitting_has(&best, 1));
	cr_expect(hitting_has(&best, 3), "it weighs less than 2");
	hitting_release(&hitting);
}

/* Twenty sets of six that have nothing in common: too many ways to choose. */
Test(hitting, where_there_are_too_many_ways_no_element_is_needless)
{
	struct hitting hitting = { .sets = { 0 } };
	struct hitting_set overlap = set_of(0, 6), best;

	for (unsigned int i = 0; i < 20; i++) {
		struct hitting_set set = set_of(6 * i, 6 * i + 1);

		for (unsigned int j = 2; j < 6; j++)
			hitting_put(&set, 6 * i + j);
		hitting_add(&hitting, &set);
	}
	hitting_put(&overlap, 12);
	hitting_add(&hitting, &overlap);
	cr_expect_not(hitting_solve(&hitting, &best), "it is not known to be smallest");
	cr_expect_eq(hitting_count(&best), 20);
	for (size_t i = 0; i < hitting.sets.count; i++)
		cr_expect(hitting_meets(&hitting.sets.items[i], &best));
	hitting_release(&hitting);
}

/* Taken as the commonest one first, 0 is not needed any more in the end. */
Test(hitting, what_turns_out_to_be_needless_is_dropped)
{
	struct hitting hitting = { .sets = { 0 } };
	struct hitting_set best;

	for (unsigned int i = 1; i <= 40; i++) {
		struct hitting_set set = set_of(i, i + 100);

		if (i <= 3)
			hitting_put(&set, 0);
		hitting_add(&hitting, &set);
	}
	for (unsigned int i = 1; i <= 3; i++) {
		struct hitting_set set = set_of(i, 200 + i);

		hitting_add(&hitting, &set);
	}
	cr_expect_not(hitting_solve(&hitting, &best), "there are too many ways");
	cr_expect_not(hitting_has(&best, 0));
	cr_expect_eq(hitting_count(&best), 40);
	hitting_release(&hitting);
}

/* Who hits {0, 1} hits what has both, too, whichever was there first. */
Test(hitting, what_a_smaller_set_says_is_said_once)
{
	struct hitting hitting = { .sets = { 0 } };
	const struct hitting_set wider = { { 7 } }, other = set_of(4, 5), smaller = set_of(0, 1);

	cr_expect(hitting_add(&hitting, &wider));
	cr_expect(hitting_add(&hitting, &other));
	cr_expect(hitting_add(&hitting, &smaller));
	cr_expect_not(hitting_add(&hitting, &wider));
	cr_assert_eq(hitting.sets.count, 2);
	cr_expect(hitting_has(&hitting.sets.items[0], 4));
	cr_expect_eq(hitting_count(&hitting.sets.items[1]), 2);
	hitting_release(&hitting);
}
