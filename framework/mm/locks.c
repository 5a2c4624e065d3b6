/* SPDX-License-Identifier: MIT */
/*
 * locks.c - the order of the locks, as the head of Linux's mm/rmap.c declares it.
 *
 * The rank says it: outer locks have the smaller one. Kinds of the same rank have no order
 * of their own, and must not be taken one way here and the other way there.
 *
 * Layer: mm. May include: kernel.
 */
#include "base/bug.h"
#include "mm/mm.h"

/* The next one leaves room for what stands between them in Linux. */
enum {
	RANK_MMAP = 20,
	RANK_PAGE = 40,
	RANK_I_MMAP = 50,
	RANK_ANON_VMA = 60,
	RANK_PTE = 70,
	RANK_UNDER_PTE = 80, /* swap, mmu_lock, the lists of pages */
	RANK_SPTE = 85,
	RANK_GUEST = 90,
};

const struct lock_class mm_lock_classes[MM_LOCKS] = {
	[MMAP_LOCK] = { .name = "mmap_lock", .rank = RANK_MMAP, .sleeps = true },
	[PAGE_LOCK] = { .name = "page lock", .rank = RANK_PAGE, .sleeps = true },
	[I_MMAP_LOCK] = { .name = "i_mmap lock", .rank = RANK_I_MMAP },
	[ANON_VMA_LOCK] = { .name = "anon_vma lock", .rank = RANK_ANON_VMA },
	[I_MMAP_MUTEX] = { .name = "i_mmap mutex", .rank = RANK_I_MMAP, .sleeps = true },
	[ANON_VMA_MUTEX] = { .name = "anon_vma mutex", .rank = RANK_ANON_VMA, .sleeps = true },
	[PTE_LOCK] = { .name = "pte lock", .rank = RANK_PTE },
	[MMU_LOCK] = { .name = "mmu_lock", .rank = RANK_UNDER_PTE },
	[SPTE_LOCK] = { .name = "spte lock", .rank = RANK_SPTE },
	[GUEST_LOCK] = { .name = "guest", .rank = RANK_GUEST },
};

enum mm_lock i_mmap_lock_kind(void)
{
	return patched(RMAP_LOCK_SLEEPS) ? I_MMAP_MUTEX : I_MMAP_LOCK;
}

enum mm_lock anon_vma_lock_kind(void)
{
	return patched(RMAP_LOCK_SLEEPS) ? ANON_VMA_MUTEX : ANON_VMA_LOCK;
}

/* The oracles of locks are in the order of the rules. */
static void report(enum lockdep_rule rule, const char *why)
{
	ghost_violation((enum oracle)((unsigned int)LOCK_ORDER + (unsigned int)rule), "%s", why);
}

void mm_locks_reset(void)
{
	BUG_ON((int)RETURN_WITH_LOCK - (int)LOCK_ORDER != (int)LOCKDEP_RETURN_LOCKED);
	lockdep_init(&world.lockdep, report);
}
