/* SPDX-License-Identifier: MIT */
/*
 * swap_test.c - reclaim and faults, one operation after the other.
 *
 * The first test is the script that tells the eras apart: a page is pinned to be
 * written by a device, reclaim comes, the process reads and then writes next to it,
 * the device writes. Is what the device wrote there?
 */
#include <criterion/criterion.h>

#include "mm/testing.h"

TestSuite(swap, .timeout = 20);

static long P, A;

static void page_of_one_process(const char *version)
{
	boot(1, version);
	P = op("process", 0);
	A = op("anon_page", P, 0x11, true);
}

/* References and mappings of A's first frame. */
static void expect_counts(const char *when, long refcount, long mapcount)
{
	cr_assert_eq(look_at("refcount", A), refcount, "%s: %ld references, not %ld", when,
		     look_at("refcount", A), refcount);
	cr_assert_eq(look_at("mapcount", A), mapcount, "%s: mapped %ld times, not %ld", when,
		     look_at("mapcount", A), mapcount);
}

struct script {
	const char *version;
	long after_shrink[2], after_load[2], after_store[2];
	bool pin; /* FOLL_PIN instead of FOLL_GET */
	bool lost;
};

static void run_script(const struct script *script)
{
	long base = script->pin ? GUP_PIN_COUNTING_BIAS : 1;
	long pg, seen;

	page_of_one_process(script->version);
	if (!patched(PINCOUNT_BIAS1024))
		base = 1;
	expect_counts("at first", 1, 1);
	pg = op(script->pin ? "pin_user_page" : "get_user_pages", A, FOLL_WRITE);
	expect_counts("pinned", 1 + base, 1);
	cr_assert_eq(op("shrink_page", A), 0);
	expect_counts("after reclaim", base + script->after_shrink[0], script->after_shrink[1]);
	cr_assert_eq(op("load", A), 0x11);
	expect_counts("after load", base + script->after_load[0], script->after_load[1]);
	op("store", A + 8, 1);
	expect_counts("after store", base + script->after_store[0], script->after_store[1]);
	op("dma_write", pg, 0x5a);
	op(script->pin ? "unpin" : "put_page", pg);
	seen = op("load", A);
	cr_assert_eq(seen, script->lost ? 0x11 : 0x5a, "%s: sees %#lx", script->version, seen);
	cr_assert_eq(violated("write_lost"), script->lost, "%s", script->version);
}

/* Besides the pin: 1 of the pte, 1 of the swap cache. */
Test(swap, D02_by_version)
{
	static const struct script scripts[] = {
		{ "v2.6.29", { 1, 0 }, { 2, 1 }, { 1, 1 }, false, false },
		{ "kosaki-0414", { 2, 1 }, { 2, 1 }, { 2, 1 }, false, false },
		{ "kosaki-0415", { 2, 1 }, { 2, 1 }, { 2, 1 }, false, false },
		{ "kosaki-0419", { 2, 1 }, { 2, 1 }, { 2, 1 }, false, false },
		{ "v5.7", { 1, 0 }, { 2, 1 }, { 1, 1 }, false, false },
		{ "v5.9", { 1, 0 }, { 2, 1 }, { 1, 0 }, false, true },
		{ "v5.9", { 1, 0 }, { 2, 1 }, { 1, 0 }, true, true },
		{ "v5.11", { 1, 0 }, { 2, 1 }, { 1, 0 }, false, true },
		{ "v5.11", { 1, 1 }, { 1, 1 }, { 1, 1 }, true, false },
		{ "v5.18", { 1, 0 }, { 2, 1 }, { 1, 0 }, false, true },
		{ "v5.19", { 1, 0 }, { 2, 1 }, { 2, 1 }, false, false },
		{ "v5.19", { 1, 1 }, { 1, 1 }, { 1, 1 }, true, false },
	};

	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++)
		run_script(&scripts[i]);
}

/* KOSAKI's reuse rule without his check in reclaim: his second scenario. */
Test(swap, D02_kosaki_reuse_needs_the_check)
{
	long pg;

	page_of_one_process("v2.6.29");
	set_rule(REUSE_KOSAKI);
	pg = op("get_user_pages", A, FOLL_WRITE);
	op("shrink_page", A);
	op("load", A);
	op("store", A + 8, 1);
	op("dma_write", pg, 0x5a);
	cr_assert(violated("pin_lost"));
	cr_assert_eq(op("load", A), 0x11);
}

/* What pageout() is for: a page that a device may write to is not written to swap. */
Test(swap, pinned_page_is_not_written)
{
	page_of_one_process("v2.6.29");
	op("gup_fast", A, FOLL_WRITE);
	op("shrink_page", A);
	cr_assert_eq(look_at("in_swapcache", A), 1);
	cr_assert_eq(look_at("dirty", A), 1);
	assert_no_violation();
}

/* D12: v5.19 without the bit in the swap pte. */
Test(swap, D12_swap_forgets_exclusivity)
{
	long pg;

	page_of_one_process("v5.19");
	set_rule(SWPEXCL_OFF);
	pg = op("gup_fast", A, FOLL_WRITE);
	op("shrink_page", A);
	op("load", A);
	op("store", A + 8, 1);
	op("dma_write", pg, 0x5a);
	cr_assert_eq(op("load", A), 0x11);
	cr_assert(violated("pin_lost"));
	cr_assert(violated("write_lost"));
}

/* Until v5.18 a page that is in the swap cache has one reference too many. */
static long copies_when_swapped_in(void)
{
	return patched(REUSE_PAGECOUNT_WP);
}

Test(swap, out_and_in)
{
	for (const struct model_version *version = mm_versions; version->name; version++) {
		page_of_one_process(version->name);
		op("store", A + 8, 7);
		cr_assert_eq(op("shrink_page", A), 1, "%s", version->name);
		cr_assert_eq(look_at("freed", A), 1);
		cr_assert_eq(look_at("swapcount", A), 1);
		cr_assert_eq(op("load", A), 0x11);
		cr_assert_eq(op("load", A + 8), 7);
		op("store", A, 0x22);
		cr_assert_eq(op("load", A), 0x22);
		cr_assert_eq(look_at("swapped", A), 0);
		cr_assert_eq(look_at("copies", A), copies_when_swapped_in(), "%s", version->name);
		assert_no_violation();
	}
}

Test(swap, shared_page_goes_out_and_comes_in)
{
	for (const struct model_version *version = mm_versions; version->name; version++) {
		long child;

		page_of_one_process(version->name);
		child = op("fork_of", P);
		cr_assert_eq(op("shrink_page", A), 1, "%s", version->name);
		cr_assert_eq(look_at("swapcount", A), 2);
		cr_assert_eq(op("load", A, child), 0x11);
		op("store", A, 0x22);
		cr_assert_eq(op("load", A, child), 0x11);
		op("store", A, 0x33, child);
		cr_assert_eq(op("load", A), 0x22);
		assert_no_violation();
	}
}

Test(swap, swapped_page_is_shared_by_fork)
{
	for (const struct model_version *version = mm_versions; version->name; version++) {
		long child;

		page_of_one_process(version->name);
		op("shrink_page", A);
		child = op("fork_of", P);
		op("store", A, 0x22);
		cr_assert_eq(op("load", A, child), 0x11, "%s", version->name);
		op("munmap", A, 1);
		cr_assert_eq(op("load", A, child), 0x11);
		assert_no_violation();
	}
}

/* D52: fork() that keeps the exclusive bit of a swap pte. */
Test(swap, D52_fork_keeps_the_bit)
{
	long child;

	page_of_one_process("v5.19");
	set_rule(FORK_SWPEXCL_KEEP);
	op("shrink_page", A);
	child = op("fork_of", P);
	cr_assert(violated("shared_exclusive"));
	op("store", A, 0x22);
	op("load", A, child);
	cr_assert(violated("cow_leak"));
}

/* D05: the guest's own reference, against a check that comes before the notifier. */
Test(swap, D05_guest_memory_cannot_be_reclaimed)
{
	static const struct {
		const char *version;
		long failed;
	} rows[] = { { "v2.6.29", 0 },
		     { "kosaki-0414", 3 },
		     { "kosaki-0415", 3 },
		     { "kosaki-0419", 0 },
		     { "v5.19", 0 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		page_of_one_process(rows[i].version);
		op("secondary_mmu", P);
		op("secondary_store", A, 0x33);
		cr_assert_eq(look_at("spte", A), 1);
		for (int scan = 0; scan < 3; scan++)
			op("shrink_page", A);
		cr_assert_eq(look_at("scans_failed", A), rows[i].failed, "%s", rows[i].version);
		cr_assert_eq(op("load", A), 0x33);
		cr_assert_eq(op("secondary_load", A), 0x33);
		assert_no_violation();
	}
}

/* Recorded on 5.10: swapped out, fork, the child splices and unmaps, the parent writes. */
Test(swap, S07_vmsplice_of_a_swapped_page)
{
	static const struct {
		const char *version;
		long seen;
	} rows[] = { { "v5.9", 0x22 }, { "v5.11", 0x22 }, { "v5.18", 0x11 }, { "v5.19", 0x11 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		long child, pg;

		page_of_one_process(rows[i].version);
		op("shrink_page", A);
		child = op("fork_of", P);
		pg = op_in(child, "vmsplice", A);
		op_in(child, "munmap", A, 1);
		op("store", A, 0x22);
		cr_assert_eq(op("dma_read", pg), rows[i].seen, "%s", rows[i].version);
		cr_assert_eq(violated("cow_leak"), rows[i].seen != 0x11);
	}
}
