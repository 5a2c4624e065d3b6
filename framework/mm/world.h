/* SPDX-License-Identifier: MIT */
/*
 * world.h - all state of the model: page frames, address spaces, swap, CPUs.
 *
 * One struct, without pointers to the heap, so that a copy of its bytes saves the
 * world. Everything is small: a page has two cells, an address space six pages.
 * A page frame's generation changes when it is freed, so that a stale reference is
 * noticed; it is given out again only where a scenario asks for that (mm/page_reuse).
 *
 * What is announced (sim.h) and what is not, in all of mm/:
 *
 *	- An access to something that another CPU can reach at that moment is announced.
 *	- The pte lock orders accesses among its holders: what only they touch needs no
 *	  announcement of its own. Ptes have readers without the lock (gup_fast, the page
 *	  walk), so each change of a pte is announced. A read under the lock is not, where
 *	  it looks only at bits that no CPU sets behind the lock's back (all but dirty).
 *	- The page lock orders what only its holders touch: PG_swapcache and private. PG_dirty
 *	  is also set without it, by who gives back a page that a device wrote to.
 *	- PG_writeback begins under the page lock and ends without: announced by itself.
 *	- refcount, mapcount and anon_exclusive have readers with neither lock: announced.
 *	- A page that nobody else can find yet, or that is frozen, is private.
 *	- All of swap (map, cache, slots) is one object: world.swap, the swap_lock.
 *	- A file's page cache (i_pages) is one object, its data on disk another, i_size a third.
 *	- TLB entries change in steps of their own CPU, or on its interrupt line.
 *	- What a lock makes private is a step in mutants, whose lock may be missing: there
 *	  it goes through baton_access_locked().
 *	- The ghost (ghost.h) is never announced and never looked at by the model.
 *
 * Layer: mm. May include: kernel, engine, base.
 */
#ifndef MM_WORLD_H
#define MM_WORLD_H

#include "engine/model.h"
#include "mm/driver.h"
#include "mm/filemap.h"
#include "mm/ghost.h"
#include "mm/locks.h"
#include "mm/mmu_notifier.h"
#include "mm/secondary_mmu.h"
#include "mm/swap.h"
#include "mm/tlb.h"

struct world {
	struct page pages[NR_PAGES + 1]; /* and the zero page */
	uint8_t pages_used;              /* frames given out, the unused first one included */
	struct mm mms[NR_MMS];
	uint8_t mms_used;
	struct vm_area_struct vmas[NR_VMAS]; /* in the order in which they were made */
	uint8_t vmas_used;
	struct anon_vma anon_vmas[NR_VAS + 1]; /* number 0 is never used */
	struct swap_info swap;
	struct address_space files[NR_FILES + 1]; /* number 0 is never used */
	struct cpu cpus[NR_CPUS];
	struct driver drivers[NR_CPUS + 1];
	struct dma_engine dma;
	struct mmu_notifier mmu_notifier;
	struct secondary_mmu secondary;
	struct smp smp;
	struct lockdep lockdep;
	uint8_t rules[MODEL_RULES_MAX]; /* value in force of each rule (rules.h) */
	struct ghost ghost;
};

extern struct world world;

/* Start over: @cpu_count CPUs, nothing mapped; see model.h. */
void world_reset(unsigned int cpu_count, const unsigned int *rules);

static inline unsigned int page_to_pfn(const struct page *page)
{
	return (unsigned int)(page - world.pages);
}

static inline struct page *pfn_to_page(unsigned int pfn)
{
	return &world.pages[pfn];
}

static inline bool is_zero_page(const struct page *page)
{
	return page_to_pfn(page) == ZERO_PFN;
}

/* What a present pte maps; NULL if that is the zero page: nobody counts its ptes. */
static inline struct page *vm_normal_page(pte_t pte)
{
	return pte_pfn(pte) == ZERO_PFN ? NULL : pfn_to_page(pte_pfn(pte));
}

static inline bool pte_maps(pte_t pte, const struct page *page)
{
	return pte_present(pte) && pte_pfn(pte) == page_to_pfn(page);
}

static inline unsigned int mm_number(const struct mm *mm)
{
	return (unsigned int)(mm - world.mms);
}

static inline struct mm *vma_mm(const struct vm_area_struct *vma)
{
	return &world.mms[vma->mm];
}

/* For each vma that rmap or its process can find, the oldest first. */
#define for_each_vma(vma)                                                                        \
	for (struct vm_area_struct *vma = world.vmas; vma < world.vmas + world.vmas_used; vma++) \
		if (vma->mm)

/* For each frame that was given out. */
#define for_each_page(page) \
	for (struct page *page = world.pages + 1; page < world.pages + world.pages_used; page++)

/* For each mm in use. */
#define for_each_mm(mm) for (struct mm *mm = world.mms + 1; mm < world.mms + world.mms_used; mm++)

#endif
