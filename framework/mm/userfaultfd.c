/* SPDX-License-Identifier: MIT */
/*
 * userfaultfd.c - a fault waits until a process has filled the page.
 *
 * That takes as long as the process likes, so nobody may wait with mmap_lock held. Who cannot let
 * go of it fails instead: pin_user_pages(), whose caller looked at the mapping before.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

static bool is_filled(const void *object)
{
	const pte_t *pte = object;

	return !pte_none(*pte);
}

static const char *fault_name(const void *object)
{
	(void)object;
	return "the page that userfaultfd holds";
}

static const struct baton_wait filled_wait = { is_filled, NULL, fault_name };

/*
 * Linux: fs/userfaultfd.c handle_userfault() (v4.3)
 * Model: reduced: takes mmap_lock again itself, where its callers do; who waits for a page that
 *	is unmapped meanwhile is not woken
 */
enum fault_result handle_userfault(struct mm *mm, int va, unsigned int flags)
{
	POINT("uffd/missing");
	if (!(flags & FAULT_FLAG_ALLOW_RETRY)) {
		baton_note("mmap_lock cannot be dropped");
		return VM_FAULT_SIGBUS;
	}
	up_read(&mm->mmap_lock);
	baton_block(BATON_HERE("handle_userfault"), &mm->pgtable[va], BATON_WAIT, &filled_wait);
	down_read(&mm->mmap_lock);
	return VM_FAULT_RETRY;
}

/* Pte lock held, and nothing is mapped there. @page is private to the caller. */
static void install(struct vm_area_struct *vma, int va, struct page *page, long value)
{
	struct mm *mm = vma_mm(vma);

	inc_mm_rss(mm);
	for (int i = 0; i < NR_CELLS; i++)
		ghost_store(mm, va, i, page, value);
	page_add_new_anon_rmap(page, vma, va);
	POINT("uffd/copied");
	set_pte_at(mm, va, maybe_mkwrite(mk_pte(page_to_pfn(page)), vma));
}

/*
 * Linux: mm/userfaultfd.c mcopy_atomic_pte() (v4.3), mfill_atomic_install_pte()
 * Model: reduced: private anonymous memory
 */
bool mcopy_page(struct mm *mm, int va, long value)
{
	struct page *page = alloc_page(va);
	struct vm_area_struct *vma;
	bool none = false;

	if (!page)
		return false;
	down_read(&mm->mmap_lock);
	vma = find_vma(mm, va);
	if (vma && vma->vm_flags & VM_UFFD_MISSING) {
		pte_lock(mm);
		none = pte_none(pte_under_lock(mm, va));
		if (none)
			install(vma, va, page, value);
		pte_unlock(mm);
	}
	up_read(&mm->mmap_lock);
	if (!none)
		put_page(page, REF_ALLOC);
	return none;
}
