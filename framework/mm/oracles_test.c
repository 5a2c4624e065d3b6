/* SPDX-License-Identifier: MIT */
/*
 * oracles_test.c - each oracle is silent where nothing is wrong, and speaks when one
 * thing is made wrong behind the model's back.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "mm/oracles.h"
#include "mm/testing.h"

TestSuite(oracles, .timeout = 20);

static long P, A;
static struct page *page;
static struct mm *mm;

/* A process that did a little of everything. */
static void start(const char *version)
{
	boot(1, version);
	P = op("process", 0);
	A = op("anon_page", P, 0x11, true);
	op("put_page", op("gup_fast", A, FOLL_WRITE));
	op("shrink_page", op("anon_page", P, 0x22, true));
	op("fork_of", P);
	op("store", A, 0x12);
	assert_no_violation();
	mm = &world.mms[P];
	page = pfn_to_page(pte_pfn(mm->pgtable[0]));
}

static void expect(const char *oracle)
{
	ghost_changed();
	cr_assert(violated(oracle));
}

/* @oracle alone sees it. */
static void expect_only(const char *oracle)
{
	char why[WHY_BYTES];

	expect(oracle);
	for (const struct model_oracle *other = mm_oracles; other->name; other++)
		cr_assert(!strcmp(other->name, oracle) || !other->violated(why, sizeof(why)),
			  "%s: %s", other->name, why);
}

Test(oracles, ref_mismatch)
{
	start("v5.19");
	page->refcount.counter++;
	expect_only("ref_mismatch");
}

Test(oracles, ref_mismatch_when_a_reference_is_given_back_twice)
{
	start("v5.19");
	get_page(page, REF_GET);
	put_page(page, REF_GET);
	get_page(page, REF_GET);
	put_page(page, REF_LOOKUP);
	expect_only("ref_mismatch");
}

Test(oracles, ref_mismatch_when_a_reference_is_never_given_back)
{
	start("v5.19");
	oracles_idle();
	assert_no_violation();
	get_page(page, REF_LOOKUP);
	assert_no_violation();
	oracles_idle();
	expect_only("ref_mismatch");
}

Test(oracles, ref_mismatch_when_gup_has_a_reference_that_no_caller_has)
{
	start("v5.19");
	op("gup_fast", A, FOLL_WRITE);
	oracles_idle();
	assert_no_violation();
	get_page(page, REF_GET);
	oracles_idle();
	expect_only("ref_mismatch");
}

Test(oracles, map_mismatch)
{
	start("v5.19");
	page_dup_rmap(page);
	expect_only("map_mismatch");
}

Test(oracles, rss_mismatch)
{
	start("v5.19");
	mm->rss++;
	expect_only("rss_mismatch");
}

Test(oracles, rss_counts_a_page_under_migration)
{
	start("v5.19");
	op_in(P, "store", op("anon_page", P, 0x33, true), 0x34);
	pte_lock(mm);
	set_pte_at(mm, 2, (pte_t){ (mm->pgtable[2].val & ~PTE_KIND) | PTE_MIGRATION });
	pte_unlock(mm);
	ghost_changed();
	cr_assert(!violated("rss_mismatch"));
}

Test(oracles, freed_in_use)
{
	start("v5.19");
	put_page(page, REF_PTE);
	expect("freed_in_use"); /* and not it alone: the pte is no longer a reference */
}

Test(oracles, use_after_free)
{
	long pg;

	start("v5.19");
	pg = op("gup_fast", A, 0);
	op("munmap", A, 1);
	op("put_page", pg);
	cr_assert(!violated("use_after_free"));
	op("dma_write", pg, 1);
	expect_only("use_after_free");
}

Test(oracles, cow_leak)
{
	start("v5.19");
	pfn_to_page(pte_pfn(world.mms[P + 1].pgtable[0]))->cell[0] = page->cell[0];
	op("load", A, P + 1);
	expect_only("cow_leak");
}

Test(oracles, pin_lost)
{
	start("v2.6.29");
	op("pin_user_page", A, FOLL_WRITE);
	op("fork_of", P);
	cr_assert(!violated("pin_lost"));
	op("store", A, 0x13); /* copies: the pin stays behind */
	expect_only("pin_lost");
}

Test(oracles, pin_lost_is_silent_after_munmap)
{
	start("v5.19");
	op("pin_user_page", A, FOLL_WRITE);
	op("munmap", A, 1);
	ghost_changed();
	cr_assert(!violated("pin_lost"));
}

Test(oracles, write_lost)
{
	struct cell old;

	start("v5.19");
	old = page->cell[0];
	op("store", A, 0x13);
	page->cell[0] = old;
	op("load", A);
	expect_only("write_lost");
}

/* What the device wrote is the data at no moment. */
Test(oracles, torn_write)
{
	start("v5.19");
	op("store", A, 0x13);
	lock_page(page);
	set_page_writeback(page, true);
	unlock_page(page);
	op("load", A);
	op("store", A + 8, 0x14);
	cr_assert(!violated("torn_write"));
	end_page_writeback(page);
	expect_only("torn_write");
	cr_assert(!violated("write_lost"));
}

/* Before it begins, after it ends, and where the device reads the page once. */
Test(oracles, torn_write_is_of_stable_devices)
{
	start("v5.19");
	for (int stable = 0; stable < 2; stable++) {
		lock_page(page);
		set_page_writeback(page, stable);
		unlock_page(page);
		if (!stable)
			op("store", A, 0x13);
		end_page_writeback(page);
		op("store", A, 0x14);
	}
	ghost_changed();
	assert_no_violation();
}

Test(oracles, freed_in_use_by_a_device)
{
	struct page *fresh;

	start("v5.19");
	fresh = alloc_page(0);
	lock_page(fresh);
	set_page_writeback(fresh, false);
	unlock_page(fresh);
	put_page(fresh, REF_ALLOC);
	expect_only("freed_in_use");
}

Test(oracles, shared_exclusive)
{
	start("v5.19");
	page->anon_exclusive = 0;
	expect_only("shared_exclusive");
}

Test(oracles, shared_exclusive_is_of_v5_19)
{
	start("v5.18");
	page->anon_exclusive = 0;
	ghost_changed();
	cr_assert(!violated("shared_exclusive"));
}

Test(oracles, swap_mismatch)
{
	start("v5.19");
	swap_free(pte_to_swp_entry(mm->pgtable[1]));
	expect_only("swap_mismatch");
}

Test(oracles, spte_stale)
{
	start("v5.19");
	op("secondary_mmu", P);
	op("secondary_fault", A, true);
	assert_no_violation();
	world.secondary.spte[0].generation++;
	expect_only("spte_stale");
}

Test(oracles, spte_stale_when_it_permits_more)
{
	start("v5.19");
	op("secondary_mmu", P);
	op("secondary_fault", A, true);
	mm->pgtable[0] = pte_wrprotect(mm->pgtable[0]);
	expect_only("spte_stale");
}

Test(oracles, spte_stale_waits_for_the_end_of_the_range)
{
	start("v5.19");
	op("secondary_mmu", P);
	op("secondary_fault", A);
	ghost_invalidating(0, 0, 1);
	world.secondary.spte[0].generation++;
	ghost_changed();
	cr_assert(!violated("spte_stale"));
	ghost_invalidating(0, 0, -1);
	cr_assert(violated("spte_stale"));
}

/* A page used by a process and by its secondary MMU, after one scan. */
static void scan_once(void)
{
	boot(1, "v5.19");
	P = op("process", 0);
	A = op("anon_page", P, 0x11, true);
	op("secondary_mmu", P);
	op("secondary_load", A);
	op("shrink_page", A, true);
}

Test(oracles, young_stale)
{
	scan_once();
	assert_no_violation();
	world.secondary.spte[0].young = 1;
	op("shrink_page", A, true);
	expect_only("young_stale");
}

Test(oracles, young_stale_is_silent_when_it_was_used_again)
{
	scan_once();
	op("secondary_load", A);
	op("load", A);
	op("shrink_page", A, true);
	assert_no_violation();
}

Test(oracles, spte_wasted)
{
	boot(1, "kosaki-0419");
	P = op("process", 0);
	A = op("anon_page", P, 0x11, true);
	op("secondary_mmu", P);
	op("secondary_fault", A);
	op_in(P, "mlock", A);
	assert_no_violation();
	op("shrink_page", A);
	expect_only("spte_wasted");
}

/* Its mapping goes, and nobody takes the pte away. */
Test(oracles, pte_without_vma)
{
	start("v5.19");
	vm_area_free(vma_at(mm, 0));
	expect_only("pte_without_vma");
}

/* A CPU that runs P and has cached A. @known: is it on the list of those to be flushed? */
static void cache_page(bool known)
{
	start("v5.19");
	world.cpus[0].mm = (uint8_t)P;
	world.cpus[0].user = known;
	world.cpus[0].tlb[0] = (struct tlb_entry){ .valid = 1, .write = 1, .dirty = 1 };
	world.cpus[0].tlb[0].pfn = (uint8_t)page_to_pfn(page);
	world.cpus[0].tlb[0].weakened = mm->weakened[0];
}

Test(oracles, tlb_stale)
{
	cache_page(false);
	op("mprotect", A, false);
	cr_assert(violated("tlb_stale"));
	cr_assert(!strncmp(first_violation(), "tlb_stale", 9), "%s", first_violation());
}

Test(oracles, tlb_stale_is_silent_where_the_flush_comes)
{
	cache_page(true);
	op("mprotect", A, false);
	assert_no_violation();
}

/* What a CPU caches after the call is not its business. */
Test(oracles, tlb_stale_is_silent_about_later_entries)
{
	cache_page(false);
	world.cpus[0].tlb[0].weakened++;
	op("mprotect", A, false);
	cr_assert(!violated("tlb_stale"));
}

/* In the middle of a change the state is nobody's business. */
Test(oracles, they_wait_for_the_pte_lock)
{
	start("v5.19");
	pte_lock(mm);
	page_dup_rmap(page);
	cr_assert(!violated("map_mismatch"));
	page_remove_rmap(page);
	pte_unlock(mm);
	cr_assert(!violated("map_mismatch"));
}
