/* SPDX-License-Identifier: MIT */
/*
 * gup.c - a reference to the page behind a user address, with and without the locks.
 *
 * gup_fast walks without the pte lock. What keeps the page from being freed between
 * reading the pte and taking the reference is that interrupts are off: the TLB flush
 * that follows the clearing of a pte is not answered before they are on again. Later
 * kernels look at the pte once more instead.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

static enum ref_kind kind_of(unsigned int gup_flags)
{
	return gup_flags & FOLL_PIN ? REF_PIN : REF_GET;
}

/*
 * v5.8: a reader that keeps a reference must not share the page with a later writer.
 *
 * Linux: mm/gup.c should_force_cow_break() (v5.8)
 * Model: exact
 */
static bool should_force_cow_break(const struct vm_area_struct *vma)
{
	return patched(GUP_RO_BREAK_COW) && !(vma->vm_flags & VM_SHARED) &&
	       vma->vm_flags & VM_MAYWRITE;
}

/* gup_fast does not know the mapping: in v5.8 it leaves read-only ptes to who does. */
static unsigned int fast_flags(unsigned int gup_flags)
{
	return patched(GUP_RO_BREAK_COW) ? gup_flags | FOLL_WRITE : gup_flags;
}

/*
 * A pin of a page that others may share would not follow the owner's writes: v5.19 for
 * anonymous pages, v6.2 for those of a file that is mapped privately, if the pin is to
 * last. gup_fast does not know the mapping (@vma NULL).
 *
 * Linux: mm/internal.h gup_must_unshare() (v6.2)
 * Model: exact
 */
static bool must_unshare(const struct vm_area_struct *vma, const struct page *page, pte_t pte,
			 unsigned int gup_flags)
{
	if (!(gup_flags & FOLL_PIN) || gup_flags & FOLL_WRITE || pte_write(pte))
		return false;
	if (page_anon(page))
		return patched(GUPFAST_RECHECK_SEQ_UNSHARE) && !page->anon_exclusive;
	return patched(LONGTERM_RO_UNSHARE) && gup_flags & FOLL_LONGTERM &&
	       !(vma && vma->vm_flags & VM_SHARED);
}

/*
 * At @place: HAS_PINNED_BEFORE, before the first pin is taken, which is right, or after.
 *
 * Linux: mm/gup.c mm_set_has_pinned_flag() (v5.14; mm.has_pinned since v5.9)
 * Model: exact
 */
static void set_has_pinned(struct mm *mm, unsigned int gup_flags, enum rule_value place)
{
	if (!(gup_flags & FOLL_PIN) || !patched_since(FORK_PIN_EARLY_COPY) || !patched(place))
		return;
	POINT("gup/has_pinned");
	WRITE_ONCE(mm->has_pinned, 1);
}

/* What follow_page_pte() found, or what the fault must do. */
struct followed {
	struct page *page;
	struct page *busy; /* its writeback must end first; with a reference */
	bool overflow;     /* too many references: ENOMEM */
	unsigned int fault_flags;
};

/*
 * With FOLL_FORCE, and where v5.8 breaks COW for a reader, the pte may stay read-only; is the
 * page the process's own nevertheless? Until v6.0 a dirty pte was taken for the proof.
 *
 * Linux: mm/gup.c can_follow_write_pte() (v4.9, v5.8, v6.0)
 * Model: exact, without soft-dirty and userfaultfd
 */
static bool can_follow_write_pte(const struct vm_area_struct *vma, pte_t pte,
				 unsigned int gup_flags)
{
	const struct page *page = pfn_to_page(pte_pfn(pte));
	bool forced = gup_flags & FOLL_FORCE || patched(GUP_RO_BREAK_COW);

	if (pte_write(pte))
		return true;
	if (!forced || patched(GUPFORCE_DROP_WRITE))
		return false;
	if (patched(GUPFORCE_FOLL_COW_DIRTY))
		return gup_flags & FOLL_COW && pte_dirty(pte);
	return !(vma->vm_flags & VM_SHARED) && page_anon(page) && page->anon_exclusive;
}

/*
 * FOLL_TOUCH of who will write: its device makes no pte dirty, so the page is. A reader makes the
 * pte young; one of a huge page dirty, too, until v4.15. Neither gup_fast nor pin_user_pages()
 * touches: their callers make the page dirty when they give it back, or should.
 */
static void touch(struct mm *mm, int va, pte_t pte, unsigned int gup_flags)
{
	struct page *page = pfn_to_page(pte_pfn(pte));

	if (!(gup_flags & FOLL_TOUCH) || pte_dirty(pte) ||
	    !(gup_flags & FOLL_WRITE || patched(TOUCH_DIRTY)))
		return;
	POINT("gup/touch");
	if (!(gup_flags & FOLL_WRITE))
		set_pte_at(mm, va, pte_mkdirty(pte));
	else if (!page_dirty(page))
		set_page_dirty(page);
}

static unsigned int fault_flags(unsigned int gup_flags)
{
	return (gup_flags & FOLL_WRITE ? FAULT_FLAG_WRITE : 0) |
	       (gup_flags & FOLL_UNLOCKABLE ? FAULT_FLAG_ALLOW_RETRY : 0);
}

static struct followed follow_locked(struct mm *mm, int va, unsigned int gup_flags)
{
	struct followed followed = { .fault_flags = fault_flags(gup_flags) };
	const struct vm_area_struct *vma = find_vma(mm, va);
	pte_t pte = pte_under_lock(mm, va);
	struct page *page;

	if (!pte_present(pte) || pte_protnone(pte) ||
	    (gup_flags & FOLL_WRITE && !can_follow_write_pte(vma, pte, gup_flags)))
		return followed;
	page = pfn_to_page(pte_pfn(pte));
	if (must_unshare(vma, page, pte, gup_flags)) {
		followed.fault_flags |= FAULT_FLAG_UNSHARE;
		return followed;
	}
	if (page_ref_overflows(page)) {
		baton_note("too many references");
		followed.overflow = true;
		return followed;
	}
	POINT("gup/ref_taken");
	get_page(page, kind_of(gup_flags));
	touch(mm, va, pte, gup_flags);
	baton_note("%s", page->name);
	if (!(gup_flags & FOLL_PIN) || count_pin(page, pte_write(pte))) {
		followed.page = page;
		return followed;
	}
	page_ref_move(page, REF_PIN, REF_LOOKUP);
	followed.busy = page;
	return followed;
}

/*
 * Linux: mm/gup.c follow_page_pte() (v3.16, v5.8, v5.19; follow_page() in v2.6.29)
 * Model: reduced: no migration entries
 */
static struct followed follow_page_pte(struct mm *mm, int va, unsigned int gup_flags)
{
	struct followed followed;

	pte_lock(mm);
	followed = follow_locked(mm, va, gup_flags);
	pte_unlock(mm);
	return followed;
}

/* COW was broken, and the pte will stay read-only: what may the next look ask for? */
static unsigned int flags_after_cow(unsigned int gup_flags)
{
	if (patched(GUPFORCE_DROP_WRITE)) {
		baton_note("from now on as a reader");
		return gup_flags & ~FOLL_WRITE;
	}
	return patched(GUPFORCE_FOLL_COW_DIRTY) ? gup_flags | FOLL_COW : gup_flags;
}

/*
 * Return: false if it failed.
 *
 * Linux: mm/gup.c faultin_page() (v3.16, v4.9; in __get_user_pages() before)
 * Model: exact
 */
static bool faultin_page(struct mm *mm, int va, unsigned int fault_flags, unsigned int *gup_flags)
{
	enum fault_result result = handle_mm_fault(mm, va, fault_flags);

	if (fault_failed(result))
		return false;
	if (result == VM_FAULT_RETRY)
		return check_vma_flags(find_vma(mm, va), *gup_flags);
	if (result == VM_FAULT_WRITE && !(find_vma(mm, va)->vm_flags & VM_WRITE))
		*gup_flags = flags_after_cow(*gup_flags);
	return true;
}

static struct page *follow_or_fault(struct mm *mm, int va, unsigned int gup_flags)
{
	for (;;) {
		struct followed followed = follow_page_pte(mm, va, gup_flags);

		if (followed.page || followed.overflow)
			return followed.page;
		if (followed.busy) {
			wait_on_page_writeback(followed.busy);
			put_page(followed.busy, REF_LOOKUP);
			continue;
		}
		if (!faultin_page(mm, va, followed.fault_flags, &gup_flags))
			return NULL;
	}
}

/*
 * Linux: mm/gup.c __get_user_pages() (v2.6.29, v5.9, v5.19)
 * Model: reduced: one page; FOLL_LONGTERM moves nothing; only userfaultfd drops mmap_lock
 */
struct page *get_user_pages(struct mm *mm, int va, unsigned int gup_flags)
{
	const struct vm_area_struct *vma;
	struct page *page = NULL;

	set_has_pinned(mm, gup_flags, HAS_PINNED_BEFORE);
	down_read(&mm->mmap_lock);
	vma = find_vma(mm, va);
	if (!check_vma_flags(vma, gup_flags))
		baton_note("EFAULT");
	else if (should_force_cow_break(vma))
		page = follow_or_fault(mm, va, gup_flags | FOLL_WRITE);
	else
		page = follow_or_fault(mm, va, gup_flags);
	up_read(&mm->mmap_lock);
	set_has_pinned(mm, gup_flags, HAS_PINNED_AFTER);
	return page;
}

static bool take_ref(struct page *page, pte_t pte, unsigned int gup_flags)
{
	if (page_ref_overflows(page))
		return false;
	if (!patched_since(GUPFAST_RECHECK) && baton_fault("mm/gup_fast"))
		return false;
	POINT("gup_fast/ref_taken");
	if (!patched_since(GUPFAST_RECHECK))
		get_page(page, kind_of(gup_flags));
	else if (!try_get_page(page, kind_of(gup_flags)))
		return false;
	if (!(gup_flags & FOLL_PIN) || count_pin(page, pte_write(pte)))
		return true;
	put_page(page, REF_PIN);
	return false;
}

static void drop_ref(struct page *page, unsigned int gup_flags)
{
	if (gup_flags & FOLL_PIN)
		uncount_pin(page);
	put_page(page, kind_of(gup_flags));
}

/* Is the pte still the same, and may the page be pinned through it? */
static bool pte_still_good(struct mm *mm, int va, pte_t pte, unsigned int gup_flags)
{
	struct page *page = pfn_to_page(pte_pfn(pte));

	if (!patched_since(GUPFAST_RECHECK))
		return true;
	POINT("gup_fast/pte_recheck");
	if (!pte_same(pte_below_pmd(ptep_get(mm, va)), pte) || baton_fault("mm/gup_fast")) {
		baton_note("changed");
		return false;
	}
	if (!folio_fast_pin_allowed(page, gup_flags)) {
		baton_note("a file's");
		return false;
	}
	if (!patched(GUPFAST_RECHECK_SEQ_UNSHARE) || pte_write(pte) || !(gup_flags & FOLL_PIN))
		return true;
	POINT("gup_fast/exclusive");
	baton_access(BATON_HERE("PageAnonExclusive"), &page->anon_exclusive, BATON_READ);
	return !must_unshare(NULL, page, pte, gup_flags);
}

/*
 * Linux: mm/gup.c gup_pte_range() (v2.6.29 x86, v3.18, v5.19)
 * Model: reduced: one pte, one level above it
 */
static struct page *gup_pte(struct mm *mm, int va, unsigned int gup_flags)
{
	struct table_walk walk = table_walk_begin(mm);
	struct page *page;
	pte_t pte;

	if (!table_walk_goes_on(mm, &walk))
		return NULL;
	POINT("gup_fast/pte_read");
	pte = pte_below_pmd(ptep_get(mm, va));
	if (!pte_present(pte) || pte_protnone(pte) || !vm_normal_page(pte) ||
	    (gup_flags & FOLL_WRITE && !pte_write(pte))) {
		baton_note(pte_present(pte) ? "read-only" : "not present");
		return NULL;
	}
	page = vm_normal_page(pte);
	baton_note("%s, %s", page->name, pte_write(pte) ? "writable" : "read-only");
	if (!take_ref(page, pte, gup_flags))
		return NULL;
	if (pte_still_good(mm, va, pte, gup_flags) && table_walk_same(mm, &walk))
		return page;
	if (!patched(ERROR_PATH_GUP_FAST_KEEPS))
		drop_ref(page, gup_flags);
	return NULL;
}

static bool uses_seq(unsigned int gup_flags)
{
	return gup_flags & FOLL_PIN && patched_since(GUPFAST_RECHECK_SEQ);
}

/*
 * Linux: mm/gup.c lockless_pages_from_mm() (v5.11; get_user_pages_fast() in v2.6.29)
 * Model: reduced: one page
 */
static struct page *lockless_page(struct mm *mm, int va, unsigned int gup_flags)
{
	struct page *page;
	int seq = 0;

	if (uses_seq(gup_flags)) {
		POINT("gup_fast/seq_read");
		seq = READ_ONCE(mm->write_protect_seq);
		if (seq & 1)
			return NULL;
	}
	POINT("gup_fast/irq_off");
	local_irq_disable();
	page = gup_pte(mm, va, gup_flags);
	POINT("gup_fast/irq_on");
	local_irq_enable();
	if (!page || !uses_seq(gup_flags))
		return page;
	POINT("gup_fast/seq_recheck");
	if (!BATON_RECHECK(READ_ONCE(mm->write_protect_seq) != seq))
		return page;
	drop_ref(page, gup_flags);
	return NULL;
}

/*
 * Linux: mm/gup.c internal_get_user_pages_fast() (v5.11, v6.3; get_user_pages_fast() in v2.6.29)
 * Model: reduced: one page; with FOLL_LONGTERM, the slow path neither touched nor let go of
 *	mmap_lock until v6.3
 */
struct page *get_user_pages_fast(struct mm *mm, int va, unsigned int gup_flags)
{
	unsigned int flags = fast_flags(gup_flags);
	struct page *page;

	switch_mm(mm);
	set_has_pinned(mm, flags, HAS_PINNED_BEFORE);
	page = lockless_page(mm, va, flags);
	if (!page)
		return get_user_pages(mm, va, gup_flags | FOLL_TOUCH | FOLL_UNLOCKABLE);
	set_has_pinned(mm, flags, HAS_PINNED_AFTER);
	return page;
}

/*
 * Linux: mm/gup.c unpin_user_pages_dirty_lock() (v5.7; what drivers do in v2.6.29)
 * Model: reduced: does not wait for the page lock. "Set dirty, then drop the reference"
 *	pairs with "freeze the references, then test dirty" of reclaim.
 */
void release_user_page(struct page *page, bool pinned, bool dirty)
{
	if (dirty) {
		POINT("gup/set_dirty");
		set_page_dirty(page);
	}
	POINT("gup/released");
	drop_ref(page, pinned ? FOLL_PIN : FOLL_GET);
}
