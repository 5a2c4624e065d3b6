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

/* Look again if something changed; then say what was found, now or before. */
static bool look(enum oracle oracle, void (*check)(void), char *why, size_t size)
{
	uint32_t bit = 1u << oracle;

	if (world.ghost.changed & bit && !pte_lock_held()) {
		world.ghost.changed &= ~bit;
		if (check)
			check();
	}
	if (!world.ghost.oracle[oracle].violated)
		return false;
	(void)snprintf(why, size, "%s", world.ghost.oracle[oracle].why);
	return true;
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

static int count_swap_ptes(unsigned int entry)
{
	int count = 0;

	for_each_mm(mm)
	{
		for (int va = 0; va < NR_VAS; va++)
			count += pte_is_swap(mm->pgtable[va]) &&
				 pte_to_swp_entry(mm->pgtable[va]) == entry;
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

/* O2: mapcount is the number of present ptes; and of pins, where they count there. */
static void check_maps(void)
{
	for_each_page(page)
	{
		int ptes = count_ptes(page);

		if (page->mapcount.counter != ptes + page->pins_in_mapcount)
			ghost_violation(MAP_MISMATCH, "%s: mapcount %d, but %d ptes", page->name,
					page->mapcount.counter, ptes);
	}
}

/* What the page cache has for page @va of @mm; NULL if nothing. */
static const struct page *cached_at(struct mm *mm, int va)
{
	const struct vm_area_struct *vma = find_vma(mm, va);
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

	if (pte_present(pte))
		return pfn_to_page(pte_pfn(pte));
	if (pte_none(pte))
		return cached_at(mm, va);
	if (!pte_is_swap(pte))
		return NULL;
	slot = &world.swap.slot[pte_to_swp_entry(pte)];
	return slot->has_cache ? pfn_to_page(slot->cache) : NULL;
}

/*
 * O6: a pin, and a reference that was taken to write, is to the page that its owner
 * has at that address, until the owner gives the address up. A reference taken to
 * read promises no more than the data of the moment.
 */
static void check_pins(void)
{
	for (int i = 0; i < NR_PINS; i++) {
		const struct pin *pin = &world.ghost.pins[i];
		const struct page *page = pfn_to_page(pin->pfn);
		const struct page *now;

		if (!pin->pfn || pin->discarded || !(pin->pinned || pin->write))
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
	if (pte_is_swap(pte) && pte_swp_exclusive(pte) &&
	    world.swap.slot[pte_to_swp_entry(pte)].count > 1)
		ghost_violation(SHARED_EXCLUSIVE,
				"%s has slot %u as exclusive, but %d ptes refer to it", mm->name,
				pte_to_swp_entry(pte),
				world.swap.slot[pte_to_swp_entry(pte)].count);
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

/* O11: a slot counts its swap ptes, and a page in the swap cache knows its slot. */
static void check_swap(void)
{
	for (unsigned int entry = 0; entry < NR_SLOTS; entry++) {
		const struct swap_slot *slot = &world.swap.slot[entry];
		const struct page *page = pfn_to_page(slot->cache);
		int ptes = count_swap_ptes(entry);

		if (slot->count != ptes)
			ghost_violation(SWAP_MISMATCH, "slot %u: count %d, but %d swap ptes", entry,
					slot->count, ptes);
		if (slot->has_cache && !bit_is_locked(&page->lock) &&
		    !(page->swapcache && page->private == entry))
			ghost_violation(SWAP_MISMATCH, "slot %u: %s does not know it", entry,
					page->name);
	}
}

static bool ref_mismatch(char *why, size_t size)
{
	return look(REF_MISMATCH, check_refs, why, size);
}

static bool map_mismatch(char *why, size_t size)
{
	return look(MAP_MISMATCH, check_maps, why, size);
}

static bool freed_in_use(char *why, size_t size)
{
	return look(FREED_IN_USE, NULL, why, size);
}

static bool use_after_free(char *why, size_t size)
{
	return look(USE_AFTER_FREE, NULL, why, size);
}

static bool cow_leak(char *why, size_t size)
{
	return look(COW_LEAK, NULL, why, size);
}

static bool pin_lost(char *why, size_t size)
{
	return look(PIN_LOST, check_pins, why, size);
}

static bool write_lost(char *why, size_t size)
{
	return look(WRITE_LOST, NULL, why, size);
}

static bool rss_mismatch(char *why, size_t size)
{
	return look(RSS_MISMATCH, oracle_rss, why, size);
}

static bool dirty_lost(char *why, size_t size)
{
	return look(DIRTY_LOST, oracle_dirty_lost, why, size);
}

static bool clean_writable(char *why, size_t size)
{
	return look(CLEAN_WRITABLE, oracle_clean_writable, why, size);
}

static bool dirty_unbuffered(char *why, size_t size)
{
	return look(DIRTY_UNBUFFERED, NULL, why, size);
}

static bool pin_overlooked(char *why, size_t size)
{
	return look(PIN_OVERLOOKED, oracle_pin_overlooked, why, size);
}

static bool torn_write(char *why, size_t size)
{
	return look(TORN_WRITE, NULL, why, size);
}

static bool shared_exclusive(char *why, size_t size)
{
	return look(SHARED_EXCLUSIVE, check_exclusive, why, size);
}

static bool swap_mismatch(char *why, size_t size)
{
	return look(SWAP_MISMATCH, check_swap, why, size);
}

static bool spte_stale(char *why, size_t size)
{
	return look(SPTE_STALE, check_sptes, why, size);
}

static bool young_stale(char *why, size_t size)
{
	return look(YOUNG_STALE, NULL, why, size);
}

bool oracles_news(void)
{
	bool noticed = world.ghost.noticed;

	world.ghost.noticed = false;
	return noticed || (world.ghost.changed && !pte_lock_held());
}

const struct model_oracle mm_oracles[] = {
	{ "ref_mismatch", "O1", "refcount is not the sum of what is held", ref_mismatch, true },
	{ "map_mismatch", "O2", "mapcount is not the number of present ptes", map_mismatch, true },
	{ "freed_in_use", "O3", "a page is freed that something still refers to", freed_in_use,
	  true },
	{ "use_after_free", "O4", "a free page is used", use_after_free, true },
	{ "cow_leak", "O5", "a process sees a store that another made after fork()", cow_leak,
	  false },
	{ "pin_lost", "O6", "a pinned page is not what is at its address", pin_lost, false },
	{ "write_lost", "O7", "a load does not return the last store", write_lost, false },
	{ "dirty_lost", "O8", "a page differs from disk, and nothing says that it is dirty",
	  dirty_lost, false },
	{ "clean_writable", "O8b", "a clean page can be stored to without a fault", clean_writable,
	  false },
	{ "dirty_unbuffered", "O8c", "a page is made dirty that its file system has given up",
	  dirty_unbuffered, false },
	{ "torn_write", "O9", "a page changes while a device writes it that needs stable data",
	  torn_write, false },
	{ "pin_overlooked", "O18", "writeback takes a pinned page for one that is not",
	  pin_overlooked, false },
	{ "shared_exclusive", "O10", "exclusive, and yet shared", shared_exclusive, false },
	{ "swap_mismatch", "O11", "a swap count is not the number of swap ptes", swap_mismatch,
	  true },
	{ "spte_stale", "O12", "a secondary MMU maps what its process does not", spte_stale,
	  false },
	{ "rss_mismatch", "O15", "a process counts more or fewer pages than it has", rss_mismatch,
	  false },
	{ "young_stale", "O16", "a scan finds a page used that nobody used since the last one",
	  young_stale, false },
	{ .name = NULL },
};
