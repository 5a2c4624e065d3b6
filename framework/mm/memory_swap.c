/* SPDX-License-Identifier: MIT */
/*
 * memory_swap.c - a fault on a page that is swapped out.
 *
 * The page is looked for, or read, with no lock but mmap_lock for reading: when it has come,
 * everything may have changed, the pte included, and changed back. What tells is the
 * page lock (is it still in the swap cache, for the same slot?), then the pte lock (is the
 * pte the same?). A page that is read past the swap cache has no such lock: two faults of one pte
 * do not know of each other, and the pte alone cannot tell whether the slot was used again
 * in between.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

struct swap_fault {
	struct vm_area_struct *vma;
	int va;
	unsigned int flags, entry;
	pte_t orig;
	bool no_memory;
	bool direct;   /* the page is not in the swap cache, and nobody else has it */
	bool prepared; /* HAS_CACHE keeps others from the slot: swapcache_clear() */
};

/* The page could not be had: is that still wanted? */
static enum fault_result swapin_failed(const struct swap_fault *fault)
{
	struct mm *mm = vma_mm(fault->vma);
	bool same;

	if (!fault->no_memory && patched(ERROR_PATH_SWAPIN_GIVES_UP))
		return VM_FAULT_OOM;
	if (!fault->no_memory && wait_for_direct_swapin(fault->entry))
		return VM_FAULT_DONE;
	pte_lock(mm);
	same = pte_same(pte_under_lock(mm, fault->va), fault->orig);
	pte_unlock(mm);
	return same && fault->no_memory ? VM_FAULT_OOM : VM_FAULT_DONE;
}

/* What a fault makes of a page that it swapped in. */
struct swapin {
	pte_t pte;
	bool exclusive;
	bool wrote; /* the write fault is done with it */
};

/* v5.18: may it be taken out of the swap cache, so that only this mm holds it? */
static void free_swap_for_write(struct page *page, unsigned int flags)
{
	if (!page_swapcache(page) || !(flags & FAULT_FLAG_WRITE))
		return;
	POINT("fault/swap_users");
	if (page_count(page) == 2)
		try_to_free_swap(page);
}

static bool sole_reference(const struct page *page)
{
	POINT("fault/sole_ref");
	return page_count(page) == 1;
}

/*
 * The device reads the page twice: who stores to it now breaks that, so the page must not
 * be writable at once. The mark is given up, and a write fault will copy the page. The first
 * version of the patch gave it up for the devices to which it does not matter.
 */
static bool gives_mark_up(const struct page *page)
{
	bool asks = world.swap.flags.stable ? patched(SWPEXCL_ON) : patched(SWPEXCL_NEG);

	if (!asks || !swap_under_writeback(page))
		return false;
	ghost_mark_dropped(page);
	baton_note("%s is being written: not exclusive", page->name);
	return true;
}

/*
 * Since v5.18 the slot is given up first, and the count of references decides. The
 * exclusive bit is read under the pte lock: fork() may just have shared the entry.
 */
static struct swapin decide_by_count(const struct swap_fault *fault, struct page *page)
{
	struct swapin swapin = { mk_pte(page_to_pfn(page)), fault->direct, false };

	if (patched(REUSE_EXCLUSIVE) && !fault->direct && pte_swp_exclusive(fault->orig))
		swapin.exclusive = !gives_mark_up(page);
	swap_free(fault->entry);
	free_swap_for_write(page, fault->flags);
	if (!swapin.exclusive)
		swapin.exclusive = sole_reference(page);
	if (swapin.exclusive && fault->flags & FAULT_FLAG_WRITE)
		swapin.wrote = true;
	if (swapin.exclusive && patched(REUSE_EXCLUSIVE))
		page->anon_exclusive = 1;
	return swapin;
}

static struct swapin decide_by_mapcount(const struct swap_fault *fault, struct page *page)
{
	struct swapin swapin = { mk_pte(page_to_pfn(page)), false, false };

	if (fault->flags & FAULT_FLAG_WRITE && (fault->direct || reuse_swap_page(page)))
		swapin.wrote = true;
	return swapin;
}

/* Page and pte locked. Return: was a write fault made writable? */
static bool map_swapin(const struct swap_fault *fault, struct page *page)
{
	bool by_count = patched_since(REUSE_PAGECOUNT);
	struct swapin swapin = by_count ? decide_by_count(fault, page) :
					  decide_by_mapcount(fault, page);

	if (swapin.wrote)
		swapin.pte = maybe_mkwrite(swapin.pte, fault->vma);
	if (fault->direct) {
		page_ref_move(page, REF_LOOKUP, REF_ALLOC);
		page_add_new_anon_rmap(page, fault->vma, fault->va);
	}
	POINT("fault/pte_set");
	set_pte_at(vma_mm(fault->vma), fault->va, swapin.pte);
	inc_mm_rss(vma_mm(fault->vma));
	if (!fault->direct) {
		page_ref_move(page, REF_LOOKUP, REF_PTE);
		page_add_anon_rmap(page, fault->vma, fault->va);
	}
	if (!by_count)
		swap_free(fault->entry);
	baton_note("maps %s %s", page->name, pte_write(swapin.pte) ? "writable" : "read-only");
	return swapin.wrote;
}

/* v4.15: may the swap cache be left out? Only if nobody else can want the page. */
static bool skips_swap_cache(const struct swap_fault *fault)
{
	if (!world.swap.flags.synchronous_io ||
	    !(patched(SWAPIN_SKIPCACHE) || patched(SWAPIN_SKIPCACHE_PREPARE)))
		return false;
	POINT("swap/count");
	baton_access(BATON_HERE("__swap_count"), &world.swap, BATON_READ);
	return swap_map_there(!patched(SWAPREF_NONE)) && swap_count(fault->entry) == 1;
}

static struct page *swapin_past_cache(struct swap_fault *fault)
{
	struct page *page;

	if (patched(SWAPIN_SKIPCACHE_PREPARE)) {
		fault->prepared = swapcache_prepare(fault->entry);
		if (!fault->prepared)
			return NULL;
	}
	page = swapin_direct(fault->entry, fault->va);
	fault->no_memory = !page;
	fault->direct = page != NULL;
	return page;
}

/* Return: the page, locked; NULL: see swapin_failed(). */
static struct page *find_or_read(struct swap_fault *fault)
{
	struct page *page = lookup_swap_cache(fault->entry);

	if (!page && skips_swap_cache(fault))
		return swapin_past_cache(fault);
	if (!page)
		page = swapin_page(fault->entry, fault->va, &fault->no_memory);
	if (!page)
		return NULL;
	POINT("fault/lock_page");
	lock_page(page);
	return page;
}

/* Page locked. Takes the pte lock. Return: false, without it, if the page came too late. */
static bool still_wanted(const struct swap_fault *fault, const struct page *page)
{
	struct mm *mm = vma_mm(fault->vma);

	if (patched_since(SWAPIN_RECHECK) && !fault->direct &&
	    BATON_RECHECK(!page_swapcache(page) || page->private != fault->entry)) {
		baton_note("%s is no longer that of slot %u", page->name, fault->entry);
		return false;
	}
	pte_lock(mm);
	if (pte_same(pte_under_lock(mm, fault->va), fault->orig))
		return true;
	pte_unlock(mm);
	return false;
}

static enum fault_result swap_in(struct swap_fault *fault)
{
	struct mm *mm = vma_mm(fault->vma);
	struct page *page = find_or_read(fault);

	if (!page)
		return swapin_failed(fault);
	if (!still_wanted(fault, page)) {
		unlock_page(page);
		put_page(page, REF_LOOKUP);
		return VM_FAULT_DONE;
	}
	if (page->reading && !patched(ERROR_PATH_SWAPIN_IGNORES)) {
		pte_unlock(mm);
		unlock_page(page);
		put_page(page, REF_LOOKUP);
		baton_note("SIGBUS");
		return VM_FAULT_SIGBUS;
	}
	if (map_swapin(fault, page))
		fault->flags &= ~FAULT_FLAG_WRITE;
	unlock_page(page);
	if (fault->flags & FAULT_FLAG_WRITE)
		return do_wp_page(fault->vma, fault->va, pte_under_lock(mm, fault->va),
				  fault->flags);
	pte_unlock(mm);
	return VM_FAULT_DONE;
}

/*
 * Linux: mm/memory.c do_swap_page() (v2.6.29, v4.15, v5.9, v5.18, v5.19, v6.8)
 * Model: reduced: no KSM, no memcg
 */
enum fault_result do_swap_page(struct vm_area_struct *vma, int va, pte_t orig, unsigned int flags)
{
	struct swap_fault fault = {
		.vma = vma,
		.va = va,
		.flags = flags,
		.entry = pte_to_swp_entry(orig),
		.orig = orig,
	};
	enum fault_result result;

	if (patched_since(SWAPREF_FAULT) && !get_swap_device())
		return VM_FAULT_DONE;
	result = swap_in(&fault);
	if (fault.prepared)
		swapcache_clear(fault.entry);
	if (patched_since(SWAPREF_FAULT))
		put_swap_device();
	return result;
}
