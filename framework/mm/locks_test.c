/* SPDX-License-Identifier: MIT */
/*
 * locks_test.c - a lock that is used against the rules violates its oracle, and no other.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "mm/testing.h"

TestSuite(locks, .timeout = 20);

static long P, A, C;
static struct mm *parent, *child;
static struct page *page;

/* A parent and a child that share a page. */
static void start(const char *version)
{
	boot(1, version);
	P = op("process", 0);
	A = op("anon_page", P, 0x11, true);
	C = op("fork_of", P);
	parent = &world.mms[P];
	child = &world.mms[C];
	page = pfn_to_page(pte_pfn(parent->pgtable[0]));
	assert_no_violation();
}

static void expect(const char *oracle, const char *text)
{
	cr_expect(violated(oracle));
	cr_expect(strstr(first_violation(), oracle) == first_violation(), "%s", first_violation());
	cr_expect(strstr(first_violation(), text), "%s", first_violation());
}

Test(locks, rmap_lock_under_the_pte_lock)
{
	start("v2.6.29");
	pte_lock(parent);
	unlink_anon_vma(find_vma(parent, 0));
	expect("lock_order", "takes anon_vma(A)");
}

Test(locks, mmap_lock_under_the_page_lock)
{
	start("v5.19");
	lock_page(page);
	op("get_user_pages", A);
	expect("lock_order", "takes mmap_lock(P)");
}

Test(locks, two_pte_locks)
{
	start("v5.19");
	pte_lock(child);
	pte_lock(parent);
	expect("lock_order", "takes ptl(P)");
}

Test(locks, two_pte_locks_as_fork_takes_them)
{
	start("v5.19");
	pte_lock(child);
	pte_lock_nested(parent);
	assert_no_violation();
}

Test(locks, page_lock_under_the_pte_lock)
{
	start("v5.19");
	pte_lock(parent);
	cr_assert(trylock_page(page));
	unlock_page(page);
	assert_no_violation();
	lock_page(page);
	expect("sleep_in_atomic", "waits for page_lock(A)");
}

Test(locks, allocation_under_the_pte_lock)
{
	start("v5.19");
	pte_lock(parent);
	alloc_page(0);
	expect("sleep_in_atomic", "may sleep");
}

Test(locks, swap_device_under_the_pte_lock)
{
	start("v5.19");
	op("shrink_page", A);
	pte_lock(parent);
	swap_readpage(pfn_to_page(NR_PAGES - 1), pte_to_swp_entry(parent->pgtable[0]));
	expect("sleep_in_atomic", "may sleep");
}

Test(locks, allocation_with_interrupts_off)
{
	start("v5.19");
	local_irq_disable();
	alloc_page(0);
	expect("sleep_in_atomic", "with interrupts off");
}

/* What a notifier that sleeps needs. */
Test(locks, rmap_walks_may_sleep_since_v3_0)
{
	start("v2.6.36");
	spin_lock(&world.anon_vmas[1].lock);
	might_sleep();
	expect("sleep_in_atomic", "under anon_vma(A)");
	start("v4.14");
	spin_lock(&world.anon_vmas[1].lock);
	might_sleep();
	assert_no_violation();
}

Test(locks, flush_with_interrupts_off)
{
	start("v5.19");
	local_irq_disable();
	flush_tlb_page(parent, 0);
	expect("ipi_with_irqs_off", "waits for other CPUs");
}

Test(locks, flush_under_a_lock_of_the_handler)
{
	static const struct lock_class taken_by_handler = { .name = "handler", .in_ipi = true };

	start("v5.19");
	lockdep_set_class(&parent->ptl, &taken_by_handler);
	pte_lock(parent);
	flush_tlb_page(parent, 0);
	expect("ipi_under_lock", "under ptl(P)");
}

Test(locks, unlock_of_what_is_not_held)
{
	start("v5.19");
	pte_unlock(parent);
	expect("lock_not_held", "unlocks ptl(P)");
}

Test(locks, return_with_a_lock)
{
	start("v5.19");
	lock_page(page);
	op("load", A, P);
	expect("return_with_lock", "returns with page_lock(A)");
}

Test(locks, return_with_interrupts_off)
{
	start("v5.19");
	local_irq_disable();
	op("load", A, P);
	expect("return_with_lock", "with interrupts off");
}
