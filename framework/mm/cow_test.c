/* SPDX-License-Identifier: MIT */
/* cow_test.c - fork(), copies and pins, one operation after the other. */
#include <criterion/criterion.h>

#include "mm/testing.h"

TestSuite(cow, .timeout = 20);

static long P, A;

static void page_of_one_process(const char *version)
{
	boot(1, version);
	P = op("process", 0);
	A = op("anon_page", P, 0x11, true);
}

Test(cow, fork_separates)
{
	for (const struct model_version *version = mm_versions; version->name; version++) {
		long child;

		page_of_one_process(version->name);
		child = op("fork_of", P);
		cr_assert_eq(look_at("refcount", A), 2);
		cr_assert_eq(look_at("mapcount", A), 2);
		cr_assert_eq(look_at("writable", A), 0);
		op("store", A, 0x22);
		cr_assert_eq(op("load", A, child), 0x11);
		cr_assert_eq(look_at("mapcount", A), 1);
		op("store", A, 0x33, child);
		cr_assert_eq(look_at("copies", A), 1, "%s copies for the last user", version->name);
		cr_assert_eq(op("load", A), 0x22);
		assert_no_violation();
	}
}

Test(cow, munmap_frees)
{
	page_of_one_process("v2.6.29");
	op("munmap", A, 1);
	cr_assert_eq(look_at("freed", A), 1);
	cr_assert_eq(op("load", A), 0);
	cr_assert_eq(op("gup_fast", A, 0), 0);
	assert_no_violation();
}

Test(cow, read_only_memory_refuses_writers)
{
	boot(1, "v2.6.29");
	P = op("process", 0);
	A = op("anon_page", P, 0x11, false);
	op("store", A, 0x22);
	cr_assert_eq(op("load", A), 0x11);
	cr_assert_eq(op("get_user_pages", A, FOLL_WRITE), 0);
	cr_assert_eq(op("gup_fast", A, FOLL_WRITE), 0);
	cr_assert_neq(op("gup_fast", A, 0), 0);
	assert_no_violation();
}

/* D08: the child keeps a reader's reference and unmaps; what does the parent's store do? */
static long vmsplice_in_child(const char *version)
{
	long child, pg, seen;

	page_of_one_process(version);
	child = op("fork_of", P);
	pg = op_in(child, "vmsplice", A);
	op_in(child, "munmap", A, 1);
	op_in(P, "store", A, 0x22);
	seen = op("dma_read", pg);
	op("put_page", pg);
	return seen;
}

Test(cow, D08_vmsplice_in_child)
{
	static const struct {
		const char *version;
		bool leaks;
	} rows[] = { { "v2.6.29", true }, { "kosaki-0419", false }, { "v5.7", true },
		     { "v5.8", false },   { "v5.9", false },        { "v5.19", false } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_assert_eq(vmsplice_in_child(rows[i].version), rows[i].leaks ? 0x22 : 0x11, "%s",
			     rows[i].version);
		cr_assert_eq(violated("cow_leak"), rows[i].leaks, "%s", rows[i].version);
		cr_assert(!violated("ref_mismatch"));
	}
}

/* D01: the parent's device reads a page that the parent has left to its child. */
Test(cow, D01_read_pin_leak)
{
	static const struct {
		const char *version;
		bool leaks;
	} rows[] = { { "v2.6.29", true },
		     { "kosaki-0414", false },
		     { "kosaki-0419", false },
		     { "v5.9", false },
		     { "v5.19", false } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		long child, pg;

		page_of_one_process(rows[i].version);
		child = op("fork_of", P);
		pg = op("gup_fast", A, 0);
		op("store", A, 0x22);
		op("store", A, 0xff, child);
		cr_assert_eq(op("dma_read", pg), rows[i].leaks ? 0xff : 0x11, "%s",
			     rows[i].version);
		cr_assert_eq(violated("cow_leak"), rows[i].leaks, "%s", rows[i].version);
	}
}

/* D06: a pinned page is made read-only and writable again, and then written to. */
Test(cow, D06_pinned_page_made_read_only)
{
	static const struct {
		const char *version;
		bool lost;
	} rows[] = { { "v2.6.29", false }, { "kosaki-0419", true }, { "v5.7", false },
		     { "v5.9", true },     { "v5.11", true },       { "v5.18", true },
		     { "v5.19", false } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		page_of_one_process(rows[i].version);
		op("pin_user_page", A, FOLL_WRITE | FOLL_LONGTERM);
		op("mprotect", A, false);
		op("mprotect", A, true);
		op("store", A, 0x22);
		cr_assert_eq(violated("pin_lost"), rows[i].lost, "%s", rows[i].version);
	}
}

/* D07: a page that is pinned to be written, and fork(). */
Test(cow, D07_fork_with_a_pin)
{
	static const struct {
		const char *version;
		bool pin, lost;
	} rows[] = { { "v5.7", true, true },
		     { "v5.9", true, false },
		     { "v5.11", true, false },
		     { "v5.19", true, false },
		     { "v5.19", false, true } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		long child, pg;

		page_of_one_process(rows[i].version);
		pg = op(rows[i].pin ? "pin_user_page" : "gup_fast", A, FOLL_WRITE);
		child = op("fork_of", P);
		op("store", A + 8, 0x22);
		op("dma_write", pg, 0x5a);
		op("load", A);
		cr_assert_eq(violated("write_lost"), rows[i].lost, "%s", rows[i].version);
		cr_assert_eq(op("load", A, child), rows[i].lost ? 0x5a : 0x11);
		cr_assert_eq(violated("cow_leak"), rows[i].lost);
	}
}

/* D15: a read-only pin of a page that is shared with a child. */
Test(cow, D15_read_only_pin_of_a_shared_page)
{
	static const struct {
		const char *version;
		bool lost;
	} rows[] = { { "v5.7", true }, { "v5.8", false }, { "v5.18", true }, { "v5.19", false } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		long pg;

		page_of_one_process(rows[i].version);
		op("fork_of", P);
		pg = op("pin_user_page_fast", A, FOLL_LONGTERM);
		cr_assert_neq(pg, 0);
		op("store", A, 0x22);
		cr_assert_eq(op("dma_read", pg), rows[i].lost ? 0x11 : 0x22);
		cr_assert_eq(violated("pin_lost"), rows[i].lost, "%s", rows[i].version);
		op("unpin", pg);
		cr_assert(!violated("ref_mismatch"));
	}
}
