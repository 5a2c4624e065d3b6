/* SPDX-License-Identifier: MIT */
/* fault_test.c - no memory, no swap slot: the operation fails, and nothing else happens. */
#include <fiu-control.h>
#include <fiu.h>

#include <criterion/criterion.h>

#include "mm/testing.h"

TestSuite(fault, .timeout = 20);

static long P, A;

static void start(const char *version)
{
	boot(1, version);
	P = op("process", 0);
	A = op("anon_page", P, 0x11, true);
	cr_assert_eq(fiu_init(0), 0);
}

static void fail(const char *point)
{
	cr_assert_eq(fiu_enable(point, 1, NULL, FIU_ONETIME), 0);
}

static void finish(void)
{
	ghost_changed();
	cr_assert_str_empty(first_violation(), "%s", first_violation());
}

Test(fault, no_page_for_a_copy)
{
	long child;

	start("v5.19");
	child = op("fork_of", P);
	fail("mm/alloc_page");
	op("store", A, 0x22);
	cr_assert_eq(op("load", A), 0x11);
	op("store", A, 0x22);
	cr_assert_eq(op("load", A), 0x22);
	cr_assert_eq(op("load", A, child), 0x11);
	finish();
}

Test(fault, no_page_for_a_swapin)
{
	start("v2.6.29");
	op("shrink_page", A);
	fail("mm/alloc_page");
	cr_assert_eq(op("load", A), 0);
	cr_assert_eq(look_at("swapped", A), 1);
	cr_assert_eq(op("load", A), 0x11);
	finish();
}

Test(fault, no_page_for_gup)
{
	start("v2.6.29");
	op("shrink_page", A);
	fail("mm/alloc_page");
	cr_assert_eq(op("gup_fast", A, FOLL_WRITE), 0);
	finish();
}

/* fork() gives up a child that is half made. */
Test(fault, no_page_for_a_pinned_page_in_fork)
{
	long pg, B;

	start("v5.19");
	B = op("anon_page", P, 0x33, true);
	pg = op("pin_user_page", B, FOLL_WRITE);
	fail("mm/alloc_page");
	cr_assert_eq(op("fork_of", P), 0);
	cr_assert_eq(look_at("mapcount", A), 1);
	op("store", A, 0x22);
	op("dma_write", pg, 0x5a);
	cr_assert_eq(op("load", B), 0x5a);
	cr_assert_neq(op("fork_of", P), 0);
	finish();
}

Test(fault, no_swap_slot)
{
	start("v2.6.29");
	fail("mm/swap_slot");
	cr_assert_eq(op("shrink_page", A), 0);
	cr_assert_eq(look_at("present", A), 1);
	cr_assert_eq(look_at("refcount", A), 1);
	cr_assert_eq(op("shrink_page", A), 1);
	finish();
}
