/* SPDX-License-Identifier: MIT */
/* fault_test.c - no memory, no swap slot: the operation fails, and nothing else happens. */
#include <string.h>

#include <criterion/criterion.h>

#include "baton/explore.h"
#include "baton/injector.h"
#include "mm/testing.h"

TestSuite(fault, .timeout = 20);

static long P, A;
static const char *fails_next;

static bool fails_once(const char *point, int error)
{
	bool fails = fails_next && strcmp(fails_next, point) == 0;

	(void)error;
	if (fails)
		fails_next = NULL;
	return fails;
}

static void start(const char *version)
{
	boot(1, version);
	P = op("process", 0);
	A = op("anon_page", P, 0x11, true);
}

/* Fault points fail on CPUs only: run @body on one. */
static void run(void (*body)(void *))
{
	const struct baton_cpu_program cpus[] = { { "cpu", body, NULL, -1 } };
	const struct baton_program program = { .name = "fault",
					       .cpus = cpus,
					       .cpu_count = 1,
					       .step = check_oracles };
	struct baton_result result;

	baton_fault_route(fails_once);
	cr_assert_eq(baton_explore(&program, NULL, &result), 0, "%s", result.finding);
	cr_assert_eq(result.executions, 1);
	cr_assert_eq(result.findings, 0, "%s", result.finding);
	cr_assert_null(fails_next, "%s was not reached", fails_next);
	baton_result_release(&result);
}

static void no_page_for_a_copy(void *arg)
{
	long child;

	(void)arg;
	start("v5.19");
	child = op("fork_of", P);
	fails_next = "mm/alloc_page";
	op("store", A, 0x22);
	BATON_ASSERT(op("load", A) == 0x11);
	op("store", A, 0x22);
	BATON_ASSERT(op("load", A) == 0x22);
	BATON_ASSERT(op("load", A, child) == 0x11);
}

Test(fault, no_page_for_a_copy)
{
	run(no_page_for_a_copy);
}

static void no_page_for_a_swapin(void *arg)
{
	(void)arg;
	start("v2.6.29");
	op("shrink_page", A);
	fails_next = "mm/alloc_page";
	BATON_ASSERT(op("load", A) == 0);
	BATON_ASSERT(look_at("swapped", A) == 1);
	BATON_ASSERT(op("load", A) == 0x11);
}

Test(fault, no_page_for_a_swapin)
{
	run(no_page_for_a_swapin);
}

static void no_page_for_gup(void *arg)
{
	(void)arg;
	start("v2.6.29");
	op("shrink_page", A);
	fails_next = "mm/alloc_page";
	BATON_ASSERT(op("gup_fast", A, FOLL_WRITE) == 0);
}

Test(fault, no_page_for_gup)
{
	run(no_page_for_gup);
}

/* fork() gives up a child that is half made. */
static void no_page_for_a_pinned_page_in_fork(void *arg)
{
	long pg, B;

	(void)arg;
	start("v5.19");
	B = op("anon_page", P, 0x33, true);
	pg = op("pin_user_page", B, FOLL_WRITE);
	fails_next = "mm/alloc_page";
	BATON_ASSERT(op("fork_of", P) == 0);
	BATON_ASSERT(look_at("mapcount", A) == 1);
	op("store", A, 0x22);
	op("dma_write", pg, 0x5a);
	BATON_ASSERT(op("load", B) == 0x5a);
	BATON_ASSERT(op("fork_of", P) != 0);
}

Test(fault, no_page_for_a_pinned_page_in_fork)
{
	run(no_page_for_a_pinned_page_in_fork);
}

static void no_swap_slot(void *arg)
{
	(void)arg;
	start("v2.6.29");
	fails_next = "mm/swap_slot";
	BATON_ASSERT(op("shrink_page", A) == 0);
	BATON_ASSERT(look_at("present", A) == 1);
	BATON_ASSERT(look_at("refcount", A) == 1);
	BATON_ASSERT(op("shrink_page", A) == 1);
}

Test(fault, no_swap_slot)
{
	run(no_swap_slot);
}
