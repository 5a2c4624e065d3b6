/* SPDX-License-Identifier: MIT */
/* memory.c - page faults: what is to be done, and pages that are new. */
#include "mm/mm.h"

/* v2.6.32: nobody stores to it, so one is enough for all. */
static enum fault_result map_zero_page(struct mm *mm, int va)
{
	pte_lock(mm);
	if (pte_none(pte_under_lock(mm, va))) {
		POINT("fault/zero_page");
		set_pte_at(mm, va, mk_pte(ZERO_PFN));
	}
	pte_unlock(mm);
	return VM_FAULT_DONE;
}

/*
 * Linux: mm/memory.c do_anonymous_page() (v2.6.29, v2.6.32)
 * Model: reduced: before v2.6.32 a read fault gets a page of its own, read-only; userfaultfd is
 *	asked first, and not once more under the pte lock
 */
static enum fault_result do_anonymous_page(struct vm_area_struct *vma, int va, unsigned int flags)
{
	struct mm *mm = vma_mm(vma);
	struct page *page;
	pte_t pte;

	if (vma->vm_flags & VM_UFFD_MISSING)
		return handle_userfault(mm, va, flags);
	if (!(flags & FAULT_FLAG_WRITE) && patched(ZERO_PAGE_SHARED))
		return map_zero_page(mm, va);
	page = alloc_page(va);
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
	if (pte_none(pte) && !pte_alloc())
		return VM_FAULT_OOM;
	if (pte_none(pte))
		return vma->file ? do_fault(vma, va, pte, flags) :
				   do_anonymous_page(vma, va, flags);
	if (pte_file(pte))
		return do_nonlinear_fault(vma, va, pte, flags);
	if (pte_is_swap(pte))
		return do_swap_page(vma, va, pte, flags);
	if (pte_swapin_error(pte))
		return VM_FAULT_SIGBUS;
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
	vma_check(vma);
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
 * Model: exact
 */
enum fault_result handle_mm_fault(struct mm *mm, int va, unsigned int flags)
{
	return handle_pte_fault(find_vma(mm, va), va, flags);
}
