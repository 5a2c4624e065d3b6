/* SPDX-License-Identifier: MIT */
/*
 * observables.c - what predicates can ask about an address.
 *
 * Those about a page ask about the frame that was first mapped there; those about a
 * mapping take a process, by default the one that the address was made in.
 *
 * Layer: mm. May include: engine.
 */
#include "mm/ops.h"
#include "mm/pte.h"

static const struct page *origin(const long *args)
{
	return pfn_to_page(world.ghost.origin[user_address(args[0]).va]);
}

static pte_t pte_of(const long *args)
{
	return process_mm(args[1], args[0])->pgtable[user_address(args[0]).va];
}

static long get_refcount(const long *args)
{
	return origin(args)->refcount.counter;
}

static long get_mapcount(const long *args)
{
	return origin(args)->mapcount.counter;
}

/* Of the frame's slot while it is in the swap cache, else of the first swap pte there. */
static long get_swapcount(const long *args)
{
	const struct page *page = origin(args);

	if (page->swapcache)
		return world.swap.slot[page->private].count;
	for_each_mm(mm)
	{
		pte_t pte = mm->pgtable[user_address(args[0]).va];

		if (pte_is_swap(pte))
			return world.swap.slot[pte_to_swp_entry(pte)].count;
	}
	return 0;
}

static long get_pinned(const long *args)
{
	long count = 0;

	for (int i = 0; i < NR_PINS; i++)
		count += world.ghost.pins[i].pfn == page_to_pfn(origin(args));
	return count;
}

static long get_freed(const long *args)
{
	return origin(args)->generation != 0;
}

static long get_in_swapcache(const long *args)
{
	return origin(args)->swapcache;
}

static long get_anon_exclusive(const long *args)
{
	return origin(args)->anon_exclusive;
}

static long get_locked(const long *args)
{
	return bit_is_locked(&origin(args)->lock);
}

static long get_dirty(const long *args)
{
	return origin(args)->dirty;
}

static long get_scans_failed(const long *args)
{
	return world.ghost.scans_failed[user_address(args[0]).va];
}

static long get_copies(const long *args)
{
	return world.ghost.copies[user_address(args[0]).va];
}

static long get_present(const long *args)
{
	return pte_present(pte_of(args));
}

static long get_writable(const long *args)
{
	pte_t pte = pte_of(args);

	return pte_present(pte) && pte_write(pte);
}

static long get_swapped(const long *args)
{
	return pte_is_swap(pte_of(args));
}

static long get_spte(const long *args)
{
	return world.kvm.spte[user_address(args[0]).va].valid;
}

#define ADDRESS                                    \
	{                                          \
		"address", MODEL_ADDRESS, false, 0 \
	}
#define MM                                   \
	{                                    \
		"mm", MODEL_PROCESS, true, 0 \
	}

const struct model_observable mm_observables[] = {
	{ "refcount", "references to the frame", MODEL_INT, { ADDRESS }, get_refcount, "ref" },
	{ "mapcount", "ptes that map the frame", MODEL_INT, { ADDRESS }, get_mapcount, "map" },
	{ "swapcount", "swap ptes of the frame's slot", MODEL_INT, { ADDRESS }, get_swapcount, "sc" },
	{ "pinned", "callers of gup that hold the frame", MODEL_INT, { ADDRESS }, get_pinned, NULL },
	{ "freed", "was the frame freed", MODEL_INT, { ADDRESS }, get_freed, NULL },
	{ "in_swapcache",
	  "is the frame in the swap cache",
	  MODEL_INT,
	  { ADDRESS },
	  get_in_swapcache,
	  NULL },
	{ "anon_exclusive",
	  "PG_anon_exclusive of the frame",
	  MODEL_INT,
	  { ADDRESS },
	  get_anon_exclusive,
	  NULL },
	{ "locked", "PG_locked of the frame", MODEL_INT, { ADDRESS }, get_locked, NULL },
	{ "dirty", "PG_dirty of the frame", MODEL_INT, { ADDRESS }, get_dirty, NULL },
	{ "scans_failed",
	  "passes of reclaim since the frame was last freed",
	  MODEL_INT,
	  { ADDRESS },
	  get_scans_failed,
	  NULL },
	{ "copies", "copies that write faults made there", MODEL_INT, { ADDRESS }, get_copies, NULL },
	{ "present", "is a page mapped there", MODEL_INT, { ADDRESS, MM }, get_present, NULL },
	{ "writable", "is it mapped writable", MODEL_INT, { ADDRESS, MM }, get_writable, NULL },
	{ "swapped", "is there a swap entry", MODEL_INT, { ADDRESS, MM }, get_swapped, NULL },
	{ "spte", "does the guest map it", MODEL_INT, { ADDRESS }, get_spte, NULL },
	{ .name = NULL },
};
