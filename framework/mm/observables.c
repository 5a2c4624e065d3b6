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
#include "mm/oracles.h"
#include "mm/pincount.h"
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
		return swap_count(page->private);
	for_each_mm(mm)
	{
		pte_t pte = mm->pgtable[user_address(args[0]).va];

		if (pte_is_swap(pte))
			return swap_count(pte_to_swp_entry(pte));
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

static long get_taken_for_pinned(const long *args)
{
	return page_taken_for_pinned(origin(args));
}

static long get_scans_failed(const long *args)
{
	return world.ghost.scans_failed[user_address(args[0]).va];
}

static long get_copies(const long *args)
{
	return world.ghost.copies[user_address(args[0]).va];
}

static long get_writeback(const long *args)
{
	return origin(args)->writeback;
}

static long get_mark_dropped_held(const long *args)
{
	return world.ghost.dropped_held[user_address(args[0]).va];
}

static long get_prepare_failed(const long *args)
{
	return world.ghost.prepare_failed[user_address(args[0]).va];
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
	return world.secondary.spte[user_address(args[0]).va].valid;
}

static long get_failed(const long *args)
{
	return process_mm(args[0], 0)->failed;
}

static long get_on_disk(const long *args)
{
	const struct address_space *file = &world.files[args[0]];

	if (args[1] < 0 || args[1] % CELL_BYTES || args[1] % PAGE_BYTES / CELL_BYTES >= NR_CELLS ||
	    args[1] / PAGE_BYTES >= FILE_PAGES)
		return -1;
	return file->disk[args[1] / PAGE_BYTES][args[1] % PAGE_BYTES / CELL_BYTES].value;
}

static long get_forgotten(const long *args)
{
	return count_forgotten(&world.files[args[0]]);
}

/* About the frame first mapped at the address; with a heading, reports show it. */
#define OF_FRAME(name, get, watch, help)                                                      \
	{                                                                                     \
		name, help, MODEL_INT, { { "address", MODEL_ADDRESS, false, 0 } }, get, watch \
	}

/* About the mapping at the address, of a process. */
#define OF_MAPPING(name, get, help)                               \
	{                                                         \
		name, help, MODEL_INT,                            \
			{ { "address", MODEL_ADDRESS, false, 0 }, \
			  { "mm", MODEL_PROCESS, true, 0 } },     \
			get, NULL                                 \
	}

const struct model_observable mm_observables[] = {
	OF_FRAME("refcount", get_refcount, "ref", "references to the frame"),
	OF_FRAME("mapcount", get_mapcount, "map", "ptes that map the frame"),
	OF_FRAME("swapcount", get_swapcount, "sc", "swap ptes of the frame's slot"),
	OF_FRAME("pinned", get_pinned, NULL, "callers of gup that hold the frame"),
	OF_FRAME("freed", get_freed, NULL, "was the frame freed"),
	OF_FRAME("in_swapcache", get_in_swapcache, NULL, "is the frame in the swap cache"),
	OF_FRAME("anon_exclusive", get_anon_exclusive, NULL, "PG_anon_exclusive of the frame"),
	OF_FRAME("locked", get_locked, NULL, "PG_locked of the frame"),
	OF_FRAME("dirty", get_dirty, NULL, "PG_dirty of the frame"),
	OF_FRAME("taken_for_pinned", get_taken_for_pinned, NULL,
		 "would writeback take the frame for pinned"),
	OF_FRAME("scans_failed", get_scans_failed, NULL, "passes of reclaim that left it alone"),
	OF_FRAME("copies", get_copies, NULL, "copies that write faults made there"),
	OF_FRAME("spte", get_spte, NULL, "does the secondary MMU map the address"),
	OF_FRAME("writeback", get_writeback, NULL, "is a device writing the frame"),
	OF_FRAME("mark_dropped_held", get_mark_dropped_held, NULL,
		 "references to write, to pages whose swap pte lost its exclusive mark in a fault"),
	OF_FRAME("prepare_failed", get_prepare_failed, NULL,
		 "swap faults that found the slot kept by another"),
	OF_MAPPING("present", get_present, "is a page mapped there"),
	OF_MAPPING("writable", get_writable, "is it mapped writable"),
	OF_MAPPING("swapped", get_swapped, "is there a swap entry"),
	{ "failed",
	  "loads and stores of the process that ended in a signal: no memory, no right, no data",
	  MODEL_INT,
	  { { "process", MODEL_PROCESS, false, 0 } },
	  get_failed,
	  NULL },
	{ "on_disk",
	  "the value at that offset of the file on disk; -1 if there is none",
	  MODEL_INT,
	  { { "file", MODEL_FILE, false, 0 }, { "offset", MODEL_INT, true, 0 } },
	  get_on_disk,
	  NULL },
	{ "forgotten",
	  "pages of the file that differ from disk while nothing says that they are dirty",
	  MODEL_INT,
	  { { "file", MODEL_FILE, false, 0 } },
	  get_forgotten,
	  NULL },
	{ .name = NULL },
};
