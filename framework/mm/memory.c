/* SPDX-License-Identifier: MIT */
/* memory.c - page faults: a page that is new, or that comes back from swap. */
#include "mm/mm.h"

/*
 * Linux: mm/memory.c do_anonymous_page() (v2.6.29)
 * Model: reduced: no zero page: a read fault gets a page of its own, read-only
 */
static enum fault_result do_anonymous_page(struct vm_area_struct *vma, int va, unsigned int flags)
{
	struct mm *mm = vma_mm(vma);
	struct page *page = alloc_page(va);
	pte_t pte;

	if (!page)
		return VM_FAULT_OOM;
	pte = mk_pte(page_to_pfn(page));
	if (flags & FAULT_FLAG_WRITE)
		pte = maybe_mkwrite(pte, vma);
	pte_lock(mm);
	if (BATON_RECHECK(!pte_none(pte_under_lock(mm, va)))) {
		pte_unlock(mm);
		put_page(page, REF_ALLOC);
		return VM_FAULT_DONE;
	}
	inc_mm_rss(mm);
	page_add_new_anon_rmap(page, vma, va);
	set_pte_at(mm, va, pte);
	pte_unlock(mm);
	return VM_FAULT_DONE;
}

/* The page could not be had: is that still wanted? */
static enum fault_result swapin_failed(struct mm *mm, int va, pte_t orig)
{
	bool same;

	pte_lock(mm);
	same = pte_same(pte_under_lock(mm, va), orig);
	pte_unlock(mm);
	return same ? VM_FAULT_OOM : VM_FAULT_DONE;
}

/* What a fault makes of a page in the swap cache. */
struct swapin {
	pte_t pte;
	bool exclusive;
	bool wrote; /* the write fault is done with it */
};

static void make_writable(struct swapin *swapin)
{
	swapin->pte = pte_mkwrite_dirty(swapin->pte);
	swapin->wrote = true;
}

/* v5.18: may it be taken out of the swap cache, so that only this mm holds it? */
static void free_swap_for_write(struct page *page, unsigned int flags)
{
	if (!page->swapcache || !(flags & FAULT_FLAG_WRITE))
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
 * Since v5.18 the slot is given up first, and the count of references decides. The
 * exclusive bit is read under the pte lock: fork() may just have shared the entry.
 */
static struct swapin decide_by_count(struct page *page, pte_t orig, unsigned int flags)
{
	struct swapin swapin = { mk_pte(page_to_pfn(page)), false, false };

	if (patched(REUSE_EXCLUSIVE))
		swapin.exclusive = pte_swp_exclusive(orig);
	swap_free(pte_to_swp_entry(orig));
	free_swap_for_write(page, flags);
	if (!swapin.exclusive)
		swapin.exclusive = sole_reference(page);
	if (swapin.exclusive && flags & FAULT_FLAG_WRITE)
		make_writable(&swapin);
	if (swapin.exclusive && patched(REUSE_EXCLUSIVE))
		page->anon_exclusive = 1;
	return swapin;
}

static struct swapin decide_by_mapcount(struct page *page, unsigned int flags)
{
	struct swapin swapin = { mk_pte(page_to_pfn(page)), false, false };

	if (flags & FAULT_FLAG_WRITE && reuse_swap_page(page))
		make_writable(&swapin);
	return swapin;
}

/* Page and pte locked. Return: was a write fault made writable? */
static bool map_swapin(struct page *page, struct vm_area_struct *vma, int va, pte_t orig,
		       unsigned int flags)
{
	bool by_count = patched_since(REUSE_PAGECOUNT);
	struct swapin swapin = by_count ? decide_by_count(page, orig, flags) :
					  decide_by_mapcount(page, flags);

	if (swapin.wrote)
		swapin.pte = maybe_mkwrite(swapin.pte, vma);
	POINT("fault/pte_set");
	set_pte_at(vma_mm(vma), va, swapin.pte);
	page_ref_move(page, REF_LOOKUP, REF_PTE);
	inc_mm_rss(vma_mm(vma));
	page_add_anon_rmap(page, vma, va);
	if (!by_count)
		swap_free(pte_to_swp_entry(orig));
	baton_note("maps %s %s", page->name, pte_write(swapin.pte) ? "writable" : "read-only");
	return swapin.wrote;
}

/*
 * Linux: mm/memory.c do_swap_page() (v2.6.29, v5.9, v5.18, v5.19)
 * Model: reduced: always through the swap cache; no KSM, no memcg, no swapoff
 */
static enum fault_result do_swap_page(struct vm_area_struct *vma, int va, pte_t orig,
				      unsigned int flags)
{
	struct mm *mm = vma_mm(vma);
	unsigned int entry = pte_to_swp_entry(orig);
	struct page *page = read_swap_cache(entry, va);
	bool gone;

	if (!page)
		return swapin_failed(mm, va, orig);
	POINT("fault/lock_page");
	lock_page(page);
	gone = patched_since(SWAPIN_RECHECK) &&
	       BATON_RECHECK(!page->swapcache || page->private != entry);
	if (!gone) {
		pte_lock(mm);
		gone = !pte_same(pte_under_lock(mm, va), orig);
		if (gone)
			pte_unlock(mm);
	}
	if (gone) {
		unlock_page(page);
		put_page(page, REF_LOOKUP);
		return VM_FAULT_DONE;
	}
	if (map_swapin(page, vma, va, orig, flags))
		flags &= ~FAULT_FLAG_WRITE;
	unlock_page(page);
	if (flags & FAULT_FLAG_WRITE)
		return do_wp_page(vma, va, pte_under_lock(mm, va), flags);
	pte_unlock(mm);
	return VM_FAULT_DONE;
}

static bool needs_wp(pte_t pte, unsigned int flags)
{
	return flags & (FAULT_FLAG_WRITE | FAULT_FLAG_UNSHARE) && !pte_write(pte);
}

/*
 * Linux: mm/memory.c do_numa_page() (v3.8)
 * Model: reduced: the page stays where it is
 */
static enum fault_result do_numa_page(struct mm *mm, int va, pte_t orig)
{
	pte_lock(mm);
	if (pte_same(pte_under_lock(mm, va), orig)) {
		POINT("fault/numa");
		set_pte_at(mm, va, (pte_t){ orig.val & ~PTE_PROTNONE });
	}
	pte_unlock(mm);
	return VM_FAULT_DONE;
}

/*
 * Linux: mm/memory.c handle_pte_fault() (v2.6.29)
 * Model: reduced: the pte is read once
 */
static enum fault_result handle_pte_fault(struct vm_area_struct *vma, int va, unsigned int flags)
{
	struct mm *mm = vma_mm(vma);
	pte_t pte;

	POINT("fault/pte_read");
	pte = ptep_get(mm, va);
	if (pte_none(pte))
		return vma->file ? do_fault(vma, va, pte, flags) :
				   do_anonymous_page(vma, va, flags);
	if (pte_file(pte))
		return do_nonlinear_fault(vma, va, pte, flags);
	if (pte_is_swap(pte))
		return do_swap_page(vma, va, pte, flags);
	if (pte_is_migration(pte))
		return migration_entry_wait(mm, va, pte);
	if (pte_protnone(pte))
		return do_numa_page(mm, va, pte);
	if (!needs_wp(pte, flags))
		return VM_FAULT_DONE;
	pte_lock(mm);
	if (!pte_same(pte_under_lock(mm, va), pte)) {
		pte_unlock(mm);
		return VM_FAULT_DONE;
	}
	return do_wp_page(vma, va, pte, flags);
}

/*
 * Linux: include/linux/mm.h maybe_mkwrite() (v2.6.29), with pte_mkdirty()
 * Model: exact
 */
pte_t maybe_mkwrite(pte_t pte, const struct vm_area_struct *vma)
{
	pte = pte_mkwrite_dirty(pte);
	return vma->vm_flags & VM_WRITE ? pte : pte_wrprotect(pte);
}

/*
 * Linux: arch/x86/mm/fault.c access_error() (v2.6.33), with find_vma()
 * Model: exact
 */
bool access_ok(struct mm *mm, int va, unsigned int flags)
{
	const struct vm_area_struct *vma = find_vma(mm, va);

	return vma && (!(flags & FAULT_FLAG_WRITE) || vma->vm_flags & VM_WRITE);
}

/*
 * Linux: mm/memory.c handle_mm_fault() (v2.6.29)
 * Model: reduced: the page table is always there
 */
enum fault_result handle_mm_fault(struct mm *mm, int va, unsigned int flags)
{
	return handle_pte_fault(find_vma(mm, va), va, flags);
}
