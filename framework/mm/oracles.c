/* SPDX-License-Identifier: MIT */
/*
 * oracles.c - what must always hold, one function each.
 *
 * Some are noticed where they happen (ghost_violation()): a free page is used, a load
 * returns the wrong store. The others look at the state, after a step that changed
 * something and only while no pte lock is held: the holder of one is in the middle of
 * a change that the lock makes look like one. A violation stays one.
 *
 * Layer: mm. May include: kernel, engine.
 */
#include <stdio.h>

#include "mm/mm.h"
#include "mm/oracles.h"

static bool pte_lock_held(void)
{
	for_each_mm(mm)
	{
		if (spin_is_locked(&mm->ptl))
			return true;
	}
	return false;
}

static int count_ptes(const struct page *page)
{
	int count = 0;

	for_each_mm(mm)
	{
		for (int va = 0; va < NR_VAS; va++)
			count += pte_maps(mm->pgtable[va], page);
	}
	return count;
}

static int count_huge_ptes(const struct page *page)
{
	int count = 0;

	for_each_mm(mm)
	{
		for (int va = 0; va < NR_VAS; va++)
			count += pte_maps(mm->pgtable[va], page) && pte_huge(mm->pgtable[va]);
	}
	return count;
}

static int count_refs(const struct page *page)
{
	int bias = patched(PINCOUNT_BIAS1024) ? GUP_PIN_COUNTING_BIAS : 1;
	int sum = 0;

	for (int kind = 0; kind < REF_KINDS; kind++)
		sum += page->refs[kind] * (kind == REF_PIN ? bias : 1);
	return sum;
}

static bool negative_refs(const struct page *page)
{
	for (int kind = 0; kind < REF_KINDS; kind++)
		if (page->refs[kind] < 0)
			return true;
	return false;
}

/* O1: the count is what its holders add up to, and each present pte is one of them. */
static void check_refs(void)
{
	for_each_page(page)
	{
		int sum = count_refs(page);
		int ptes = count_ptes(page);

		if (page->frozen)
			continue;
		if (patched(REFCOUNT_TINY))
			sum &= REFCOUNT_TINY_MASK;
		if (page->refcount.counter != sum || negative_refs(page))
			ghost_violation(REF_MISMATCH, "%s: refcount %d, but %d references are held",
					page->name, page->refcount.counter, sum);
		else if (page->refs[REF_PTE] != ptes)
			ghost_violation(REF_MISMATCH, "%s: %d references of ptes, but %d ptes",
					page->name, page->refs[REF_PTE], ptes);
		else if (!bit_is_locked(&page->lock) &&
			 page->refs[REF_CACHE] != page->swapcache + in_page_cache(page))
			ghost_violation(REF_MISMATCH, "%s: %d references of a cache", page->name,
					page->refs[REF_CACHE]);
	}
}

/* O2: mapcount is the number of present ptes; and of pins, where they count there. A huge
 * page counts those that map it as a whole elsewhere, and one more here if there are both. */
static void check_maps(void)
{
	for_each_page(page)
	{
		int huge = count_huge_ptes(page);
		int ptes = count_ptes(page) - huge;

		if (page->compound_mapcount.counter != huge)
			ghost_violation(MAP_MISMATCH, "%s: compound_mapcount %d, but %d ptes",
					page->name, page->compound_mapcount.counter, huge);
		if (page->mapcount.counter != ptes + page->double_map + page->pins_in_mapcount)
			ghost_violation(MAP_MISMATCH, "%s: mapcount %d, but %d ptes", page->name,
					page->mapcount.counter, ptes);
	}
}

/* What the page cache has for page @va of @mm; NULL if nothing. */
static const struct page *cached_at(struct mm *mm, int va)
{
	const struct vm_area_struct *vma = vma_at(mm, va);
	unsigned int pfn = 0;

	if (vma && vma->file)
		pfn = vma_file(vma)->i_pages[linear_page_index(vma, va)];
	return pfn ? pfn_to_page(pfn) : NULL;
}

/* The page that is at page @va of @mm, mapped or in a cache; NULL if none. */
static const struct page *page_at(struct mm *mm, int va)
{
	pte_t pte = mm->pgtable[va];
	const struct swap_slot *slot;

	if (pte_present(pte) || pte_is_migration(pte))
		return pfn_to_page(pte_pfn(pte));
	if (pte_none(pte))
		return cached_at(mm, va);
	if (!pte_is_swap(pte))
		return NULL;
	slot = &world.swap.slot[pte_to_swp_entry(pte)];
	return slot->cache ? pfn_to_page(slot->cache) : NULL;
}

/*
 * O6: a pin, and a reference that was taken to write, is to the page that its owner
 * has at that address, until the owner gives the address up. A reference taken to
 * read promises no more than the data of the moment, and so does a pin to read a page of
 * a file, or the zero page, unless it is a long-term one.
 */
static bool promises_coherence(const struct pin *pin, const struct page *page)
{
	if (!pin->pfn || pin->discarded)
		return false;
	return pin->write ||
	       (pin->pinned && (pin->longterm || !(page_file(page) || is_zero_page(page))));
}

static void check_pins(void)
{
	for (int i = 0; i < NR_PINS; i++) {
		const struct pin *pin = &world.ghost.pins[i];
		const struct page *page = pfn_to_page(pin->pfn);
		const struct page *now;

		if (!promises_coherence(pin, page))
			continue;
		now = page_at(&world.mms[pin->mm], pin->va);
		if (now != page)
			ghost_violation(PIN_LOST, "%s pins %s, but its address has %s",
					world.mms[pin->mm].name, page->name,
					now ? now->name : "no page in memory");
	}
}

static void check_exclusive_pte(const struct mm *mm, int va)
{
	pte_t pte = mm->pgtable[va];
	const struct page *page = pfn_to_page(pte_pfn(pte));

	if (pte_present(pte) && pte_write(pte) && page_anon(page) && !page->anon_exclusive)
		ghost_violation(SHARED_EXCLUSIVE, "%s may write to %s, which is not exclusive",
				mm->name, page->name);
	if (pte_is_swap(pte) && pte_swp_exclusive(pte) && swap_count(pte_to_swp_entry(pte)) > 1)
		ghost_violation(SHARED_EXCLUSIVE,
				"%s has slot %u as exclusive, but %d ptes refer to it", mm->name,
				pte_to_swp_entry(pte), swap_count(pte_to_swp_entry(pte)));
}

static void check_exclusive_page(const struct page *page)
{
	int users = count_ptes(page) + (page->swapcache ? count_swap_ptes(page->private) : 0);

	if (page->anon_exclusive && users > 1)
		ghost_violation(SHARED_EXCLUSIVE, "%s is exclusive, but %d ptes refer to it",
				page->name, users);
}

static void check_exclusive_pin(const struct pin *pin)
{
	const struct page *page = pfn_to_page(pin->pfn);

	if (pin->pfn && pin->pinned && !pin->discarded && page_anon(page) &&
	    !page->anon_exclusive && pte_maps(world.mms[pin->mm].pgtable[pin->va], page))
		ghost_violation(SHARED_EXCLUSIVE, "%s is pinned, but not exclusive", page->name);
}

/* O10, since v5.19: only an exclusive page is writable or pinned, and it has one user. */
static void check_exclusive(void)
{
	if (!patched(REUSE_EXCLUSIVE))
		return;
	for_each_mm(mm)
	{
		for (int va = 0; va < NR_VAS; va++)
			check_exclusive_pte(mm, va);
	}
	for_each_page(page)
	{
		check_exclusive_page(page);
	}
	for (int i = 0; i < NR_PINS; i++)
		check_exclusive_pin(&world.ghost.pins[i]);
}

/* By enum oracle. */
static void (*const checks[ORACLES])(void) = {
#define ORACLE(id, name, number, help, check, fatal) check,
#include "mm/tables/oracles.inc"
#undef ORACLE
};

/* Look again if something changed; then say what was found, now or before. */
static bool look(enum oracle oracle, char *why, size_t size)
{
	uint32_t bit = 1u << oracle;

	if (checks[oracle] && world.ghost.changed & bit && !pte_lock_held()) {
		world.ghost.changed &= ~bit;
		checks[oracle]();
	}
	if (!world.ghost.oracle[oracle].violated)
		return false;
	(void)snprintf(why, size, "%s", world.ghost.oracle[oracle].why);
	return true;
}

/* The oracles that look at the state. */
static uint32_t looking(void)
{
	uint32_t set = 0;

	for (int oracle = 0; oracle < ORACLES; oracle++)
		set |= (uint32_t)(checks[oracle] != NULL) << oracle;
	return set;
}

uint64_t oracles_news(void)
{
	uint32_t news = world.ghost.noticed;

	world.ghost.noticed = 0;
	if (world.ghost.changed && !pte_lock_held())
		news |= world.ghost.changed & looking();
	return news;
}

#define ORACLE(id, name, number, help, check, fatal) \
	static bool name(char *why, size_t size)     \
	{                                            \
		return look(id, why, size);          \
	}
#include "mm/tables/oracles.inc"
#undef ORACLE

const struct model_oracle mm_oracles[] = {
#define WASTE 2
#define ORACLE(id, name, number, help, check, fatal) \
	{ #name, number, help, name, (fatal) == true, (fatal) == WASTE },
#include "mm/tables/oracles.inc"
#undef ORACLE
#undef WASTE
	{ .name = NULL },
};
