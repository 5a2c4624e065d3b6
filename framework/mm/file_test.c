/* SPDX-License-Identifier: MIT */
/*
 * file_test.c - pages of files: who sees which store, what gets to disk, and the oracles
 * that watch that, each with one thing made wrong behind the model's back.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "mm/testing.h"

TestSuite(file, .timeout = 20);

static long P, Q, F, A, B;
static struct page *page;

/* A is a shared mapping of P, B a private one of Q. */
static void start(const char *version)
{
	boot(1, version);
	P = op("process", 0);
	Q = op("process", 0);
	F = op("file", 0x11, 2, true, true);
	A = op("map_file", P, F, 0, 2, true, true);
	B = op("map_file", Q, F, 0, 2, false, true);
	page = pfn_to_page(world.files[F].i_pages[0]);
}

static void expect_silence(void)
{
	ghost_changed();
	assert_no_violation();
}

static void expect_only(const char *oracle)
{
	ghost_changed();
	for (const struct model_oracle *found = mm_oracles; found->name; found++)
		cr_assert_eq(violated(found->name), strcmp(found->name, oracle) == 0, "%s",
			     found->name);
}

static long on_disk(long offset)
{
	const long args[MODEL_PARAMS_MAX] = { F, offset };

	for (const struct model_observable *found = mm_observables; found->name; found++)
		if (strcmp(found->name, "on_disk") == 0)
			return found->get(args);
	return -1;
}

Test(file, shared_and_private)
{
	start("v5.19");
	cr_assert_eq(op("load", B), 0x11);
	op("store", A, 0x22);
	cr_assert_eq(op("load", B), 0x22);
	op("store", B, 0x33);
	cr_assert_eq(op("load", B), 0x33);
	cr_assert_eq(op("load", A), 0x22);
	op("store", A + 8, 0x44);
	cr_assert_eq(op("load", B + 8), 0x11, "the copy was made before");
	expect_silence();
}

Test(file, child_has_the_file_and_the_copies)
{
	long child;

	start("v5.19");
	op("store", B, 0x33);
	child = op("fork_of", Q);
	op("store", B, 0x34);
	cr_assert_eq(op("load", B, child), 0x33);
	cr_assert_eq(op("load", A), 0x11);
	expect_silence();
}

Test(file, fsync)
{
	start("v2.6.29");
	op("store", A + 8, 0x22);
	op("store", A + PAGE_BYTES, 0x33);
	cr_assert_eq(on_disk(8), 0x11);
	op("fsync", F);
	cr_assert_eq(on_disk(0), 0x11);
	cr_assert_eq(on_disk(8), 0x22);
	cr_assert_eq(on_disk(PAGE_BYTES), 0x33);
	cr_assert_eq(on_disk((long)FILE_PAGES * PAGE_BYTES), -1);
	expect_silence();
}

/* A store after writeback faults, so that it is noticed. */
Test(file, writeback_write_protects)
{
	start("v5.19");
	op("store", A, 0x22);
	cr_assert(look_at("writable", A));
	op("writeback", F, 0);
	cr_assert(!look_at("writable", A) && !look_at("dirty", A));
	op("store", A, 0x23);
	cr_assert(look_at("writable", A) && look_at("dirty", A));
	expect_silence();
}

Test(file, truncate_takes_copies_too)
{
	start("v5.19");
	op("store", A, 0x22);
	op("store", B, 0x33);
	op("truncate", F, 0);
	cr_assert(!look_at("present", A) && !look_at("present", B));
	cr_assert_eq(op("load", A), 0, "SIGBUS");
	expect_silence();
}

Test(file, invalidate_leaves_copies)
{
	start("v5.19");
	op("store", B, 0x33);
	cr_assert_eq(op("load", A), 0x11);
	cr_assert_eq(op("invalidate", F, 0), 1);
	cr_assert(!look_at("present", A) && look_at("present", B));
	cr_assert_eq(op("load", A), 0x11, "read again");
	cr_assert_eq(op("load", B), 0x33);
	op("store", A, 0x22);
	cr_assert_eq(op("invalidate", F, 0), 0, "dirty");
	expect_silence();
}

Test(file, reclaim)
{
	start("v2.6.29");
	op("store", A, 0x22);
	cr_assert_eq(op("shrink_page", A), 1);
	cr_assert(look_at("freed", A));
	cr_assert_eq(on_disk(0), 0x22);
	cr_assert_eq(op("load", A), 0x22, "read again");
	cr_assert_eq(op("load", A + 8), 0x11);
	expect_silence();
}

Test(file, reclaim_keeps_pinned_pages)
{
	start("v6.5");
	op("store", A, 0x22);
	cr_assert_neq(op("pin_user_page", A, FOLL_WRITE), 0);
	cr_assert_eq(op("shrink_page", A), 0);
	cr_assert_eq(on_disk(0), 0x11);
	cr_assert_eq(op("load", A), 0x22);
	expect_silence();
}

Test(file, longterm_pins)
{
	start("v6.5");
	cr_assert_eq(op("pin_user_page", A, FOLL_WRITE | FOLL_LONGTERM), 0);
	cr_assert_eq(op("pin_user_page_fast", A, FOLL_WRITE | FOLL_LONGTERM), 0);
	cr_assert_neq(op("pin_user_page", A, FOLL_WRITE), 0);
	cr_assert_neq(op("pin_user_page", A, FOLL_LONGTERM), 0);
	cr_assert_neq(op("pin_user_page", B, FOLL_WRITE | FOLL_LONGTERM), 0, "a copy");
	expect_silence();
}

Test(file, dirty_lost)
{
	start("v5.19");
	op("store", A, 0x22);
	page->dirty = 0;
	world.mms[P].pgtable[0] = pte_wrprotect(pte_mkclean(world.mms[P].pgtable[0]));
	expect_only("dirty_lost");
}

Test(file, clean_writable)
{
	start("v5.19");
	op("store", A, 0x22);
	op("writeback", F, 0);
	world.mms[P].pgtable[0] = pte_mkwrite(world.mms[P].pgtable[0]);
	expect_only("clean_writable");
}

Test(file, dirty_unbuffered)
{
	start("v5.19");
	op("store", A, 0x22);
	op("writeback", F, 0);
	cr_assert_eq(op("release_buffers", F, 0), 1);
	set_page_dirty(page);
	expect_only("dirty_unbuffered");
}

Test(file, pin_overlooked)
{
	start("v4.20");
	set_rule(PINCOUNT_MAPCOUNT_S1C);
	cr_assert_neq(op("pin_user_page", A, FOLL_WRITE), 0);
	expect_silence();
	page->dma_pinned = 0;
	expect_only("pin_overlooked");
}

Test(file, orphan_mapped)
{
	start("v5.19");
	cr_assert_eq(op("load", A), 0x11);
	page->orphan = 1;
	expect_only("orphan_mapped");
}

/* What a private mapping stores stays in its copy. */
Test(file, cow_leak)
{
	start("v5.19");
	cr_assert_eq(op("load", B), 0x11);
	ghost_store(&world.mms[Q], (int)(B / PAGE_BYTES) - 1, 0, page, 0x666);
	page->dirty = 1;
	expect_only("cow_leak");
}

/* fsync() that forgot a page. */
Test(file, write_lost)
{
	start("v5.19");
	op("store", A, 0x22);
	ghost_fsync_done(&world.files[F]);
	expect_only("write_lost");
}

/* ---- Writes that fail: O20 ------------------------------------------------------------------ */

/* The device did not write what is in the first cell. */
static void fail_write(const char *version, bool noted)
{
	start(version);
	page->cell[0].id++;
	world.files[F].wb_err = noted ? UINT32_MAX : 0;
	ghost_write_failed(&world.files[F], page, 1);
	expect_silence();
}

Test(file, an_error_that_fsync_tells)
{
	fail_write("v5.19", true);
	cr_assert_eq(op("fsync", F), 0);
	cr_assert_eq(op("fsync", F), 1, "it is told once");
	cr_expect(violated("write_lost"), "nothing else runs, and it is not on disk");
	cr_expect(!violated("error_untold"));
}

Test(file, an_error_that_nobody_tells)
{
	fail_write("v5.19", false);
	ghost_fsync_page(&world.files[F], 0, 1, false);
	expect_only("error_untold");
}

/* Until v4.12 one bit is for all; CPU 0 has asked already. */
Test(file, who_is_told_of_an_error)
{
	fail_write("v4.12", true);
	cr_assert_eq(op("fsync", F), 0);
	cr_assert_eq(world.files[F].wb_err, 0);
	fail_write("v4.13", true);
	cr_assert_eq(op("fsync", F), 0);
	cr_assert(world.files[F].wb_err & 1, "others are told yet");
}

Test(file, a_cell_that_is_stored_again_is_not_excused)
{
	fail_write("v5.19", true);
	ghost_written(&world.files[F], 0, 0);
	expect_only("dirty_lost");
}
