/* SPDX-License-Identifier: MIT */
/*
 * memory_file.c - page faults in mappings of files.
 *
 * The fault holds the lock of the page from where it looked at the file until the pte
 * maps the page: so the file cannot give it up in between.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

/* A fault under way. */
struct vm_fault {
	struct vm_area_struct *vma;
	int va;
	unsigned int pgoff; /* the page of the file that is wanted */
	pte_t orig;         /* what was at @va: nothing, or where to look in the file */
};

/* No page: why? */
static enum fault_result no_page(const struct filemap_result *result)
{
	if (result->oom)
		return VM_FAULT_OOM;
	baton_note("SIGBUS");
	return VM_FAULT_SIGBUS;
}

/* @mapped: its reference is the pte's now. */
static void finish_fault(const struct filemap_result *result, bool mapped)
{
	if (result->locked)
		unlock_page(result->page);
	if (!mapped)
		put_page(result->page, REF_LOOKUP);
}

/* Pte lock held: nothing came between the look at the file and now? */
static bool still_wanted(const struct vm_fault *vmf, const struct filemap_result *result)
{
	return pte_same(pte_under_lock(vma_mm(vmf->vma), vmf->va), vmf->orig) &&
	       filemap_result_valid(vmf->vma, result);
}

/* Before its first store through this pte, a file that counts dirty pages wants a fault. */
static bool wants_writenotify(const struct vm_area_struct *vma)
{
	return vma_file(vma)->accounts_dirty;
}

/* Pte lock held, no pte there: map @page, which becomes its reference. */
static void map_file_page(struct vm_area_struct *vma, int va, struct page *page, pte_t pte)
{
	vma_check(vma);
	page_ref_move(page, REF_LOOKUP, REF_PTE);
	inc_mm_rss(vma_mm(vma));
	page_add_file_rmap(page);
	POINT("fault/pte_set");
	set_pte_at(vma_mm(vma), va, pte);
	baton_note("maps %s %s", page->name, pte_write(pte) ? "writable" : "read-only");
}

/*
 * Linux: mm/memory.c do_read_fault() (v3.15; __do_fault() in v2.6.29)
 * Model: reduced: no other pages are mapped besides
 */
static enum fault_result do_read_fault(const struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	struct filemap_result result = filemap_fault(vma, vmf->pgoff);
	struct mm *mm = vma_mm(vma);
	struct page *page = result.page;
	pte_t pte;
	bool same;

	if (!page)
		return no_page(&result);
	pte = mk_pte(page_to_pfn(page));
	if (vma->vm_flags & VM_SHARED && vma->vm_flags & VM_WRITE && !wants_writenotify(vma))
		pte = pte_mkwrite(pte);
	pte_lock(mm);
	same = still_wanted(vmf, &result);
	if (same)
		map_file_page(vma, vmf->va, page, pte);
	pte_unlock(mm);
	finish_fault(&result, same);
	return VM_FAULT_DONE;
}

/* @new is a copy of the file's page: let it be mapped if nothing is. */
static bool map_new_page(const struct vm_fault *vmf, const struct filemap_result *result,
			 struct page *new)
{
	struct vm_area_struct *vma = vmf->vma;
	int va = vmf->va;
	struct mm *mm = vma_mm(vma);
	bool same;

	pte_lock(mm);
	same = still_wanted(vmf, result);
	if (same) {
		inc_mm_rss(mm);
		page_add_new_anon_rmap(new, vma, va);
		set_pte_at(mm, va, maybe_mkwrite(mk_pte(page_to_pfn(new)), vma));
	}
	pte_unlock(mm);
	return same;
}

/*
 * Linux: mm/memory.c do_cow_fault() (v3.15; __do_fault() in v2.6.29)
 * Model: exact
 */
static enum fault_result do_cow_fault(const struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	struct filemap_result result;
	struct page *new;

	anon_vma_prepare(vma);
	new = alloc_page(vmf->va);
	if (!new)
		return VM_FAULT_OOM;
	result = filemap_fault(vma, vmf->pgoff);
	if (!result.page) {
		put_page(new, REF_ALLOC);
		return no_page(&result);
	}
	copy_user_highpage(new, result.page);
	if (map_new_page(vmf, &result, new))
		baton_note("copies %s to %s", result.page->name, new->name);
	else
		put_page(new, REF_ALLOC);
	finish_fault(&result, false);
	return VM_FAULT_DONE;
}

/* Return: false if the page left the file meanwhile. */
static bool ask_file_system(struct vm_area_struct *vma, struct filemap_result *result)
{
	if (!wants_writenotify(vma))
		return true;
	if (result->locked)
		unlock_page(result->page);
	result->locked = page_mkwrite(result->page);
	return result->locked;
}

/*
 * Linux: mm/memory.c do_shared_fault() (v3.15; __do_fault() in v2.6.29)
 * Model: reduced: page_mkwrite() returns the page locked, as since v2.6.30, and it stays so
 *	until PG_dirty is set
 */
static enum fault_result do_shared_fault(const struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	struct filemap_result result = filemap_fault(vma, vmf->pgoff);
	struct mm *mm = vma_mm(vma);
	struct page *page = result.page;
	bool same;

	if (!page)
		return no_page(&result);
	if (!ask_file_system(vma, &result)) {
		finish_fault(&result, false);
		return VM_FAULT_DONE;
	}
	pte_lock(mm);
	same = still_wanted(vmf, &result);
	if (same)
		map_file_page(vma, vmf->va, page, pte_mkwrite_dirty(mk_pte(page_to_pfn(page))));
	pte_unlock(mm);
	if (same)
		set_page_dirty(page);
	finish_fault(&result, same);
	return VM_FAULT_DONE;
}

static enum fault_result handle_fault(const struct vm_fault *vmf, unsigned int flags)
{
	if (!(flags & FAULT_FLAG_WRITE))
		return do_read_fault(vmf);
	if (!(vmf->vma->vm_flags & VM_SHARED))
		return do_cow_fault(vmf);
	return do_shared_fault(vmf);
}

/*
 * Linux: mm/memory.c do_fault() (v4.0; do_linear_fault() in v2.6.29)
 * Model: exact
 */
enum fault_result do_fault(struct vm_area_struct *vma, int va, pte_t orig, unsigned int flags)
{
	struct vm_fault vmf = { vma, va, linear_page_index(vma, va), orig };

	return handle_fault(&vmf, flags);
}

/*
 * Linux: mm/memory.c do_nonlinear_fault() (v2.6.29)
 * Model: exact
 */
enum fault_result do_nonlinear_fault(struct vm_area_struct *vma, int va, pte_t orig,
				     unsigned int flags)
{
	struct vm_fault vmf = { vma, va, pte_to_pgoff(orig), orig };

	if (!(vma->vm_flags & VM_NONLINEAR)) {
		baton_note("bad pte: SIGBUS");
		return VM_FAULT_SIGBUS;
	}
	return handle_fault(&vmf, flags);
}

static bool install_pte(struct vm_area_struct *vma, int va, struct page *page)
{
	struct mm *mm = vma_mm(vma);
	bool none;

	pte_lock(mm);
	none = pte_none(pte_under_lock(mm, va));
	if (none)
		map_file_page(vma, va, page, pte_mkdirty(mk_pte(page_to_pfn(page))));
	pte_unlock(mm);
	return none;
}

/*
 * Linux: mm/userfaultfd.c mcontinue_atomic_pte() (v5.16), mfill_atomic_install_pte()
 * Model: reduced: in private mappings; the pte is always dirty, as since v5.16
 */
bool mcontinue_page(struct mm *mm, int va)
{
	struct vm_area_struct *vma;
	struct page *page = NULL;
	bool mapped = false;

	down_read(&mm->mmap_lock);
	vma = find_vma(mm, va);
	if (vma && vma->file && !(vma->vm_flags & VM_SHARED))
		page = find_lock_page(vma_file(vma), linear_page_index(vma, va));
	if (page) {
		mapped = install_pte(vma, va, page);
		unlock_page(page);
		if (!mapped)
			put_page(page, REF_LOOKUP);
	}
	up_read(&mm->mmap_lock);
	return mapped;
}

/*
 * The pte is dirty now; so must the page be, before somebody may clean both. Whoever
 * is about to clear PG_dirty holds the page lock, and may have passed this pte:
 *
 *	CPU writeback (page locked)      CPU fault
 *	page_mkclean()
 *	                                 the pte is writable and dirty
 *	                                 set_page_dirty(): it is
 *	clears PG_dirty, writes
 *	                                 stores: nobody will know
 */
static void dirty_after_fault(struct page *page)
{
	POINT("wp/set_dirty");
	if (patched(FAULT_DIRTY_AFTER_LOCKWAIT))
		wait_on_page_locked(page);
	set_page_dirty(page);
	page->mkwrite--;
	ghost_changed();
}

/* Pte lock held. */
static bool make_shared_writable(struct mm *mm, int va, pte_t orig)
{
	if (!pte_same(pte_under_lock(mm, va), orig))
		return false;
	pfn_to_page(pte_pfn(orig))->mkwrite++;
	POINT("wp/shared");
	set_pte_at(mm, va, pte_mkwrite_dirty(orig));
	baton_note("%s in place", pfn_to_page(pte_pfn(orig))->name);
	return true;
}

/* Pte lock held; the page is our reference. */
static void write_with_notice(struct mm *mm, int va, pte_t orig, struct page *page)
{
	bool locked = patched(FAULT_DIRTY_PAGE_LOCKED);
	bool same;

	pte_unlock(mm);
	if (!page_mkwrite(page))
		return;
	if (!locked)
		unlock_page(page);
	pte_lock(mm);
	same = make_shared_writable(mm, va, orig);
	pte_unlock(mm);
	if (same)
		dirty_after_fault(page);
	if (locked)
		unlock_page(page);
}

/*
 * Linux: mm/memory.c wp_page_shared() (v4.1; do_wp_page() in v2.6.22, v2.6.29)
 * Model: exact
 */
enum fault_result wp_page_shared(struct vm_area_struct *vma, int va, pte_t orig)
{
	struct page *page = pfn_to_page(pte_pfn(orig));
	struct mm *mm = vma_mm(vma);

	get_page(page, REF_LOOKUP);
	if (wants_writenotify(vma)) {
		write_with_notice(mm, va, orig, page);
	} else {
		make_shared_writable(mm, va, orig);
		pte_unlock(mm);
		dirty_after_fault(page);
	}
	put_page(page, REF_LOOKUP);
	return VM_FAULT_DONE;
}
