/* SPDX-License-Identifier: MIT */
/*
 * fork.c - a copy of an address space: pages are shared read-only, or copied at once.
 *
 * The child does not run before fork() is complete, so its page table needs its lock
 * (reclaim walks it) but no announced accesses. Between the write protection of a
 * parent's pte and the flush at the end, other CPUs of the parent may go on storing
 * through their TLB: mmap_lock, held for writing, keeps faults out until then.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

struct mm_names {
	const char *mm, *ptl, *mmap_lock;
};

/* By number; processes of their own, and children. */
static const struct mm_names names[][NR_MMS] = {
	{ { NULL, NULL, NULL },
	  { "P", "ptl(P)", "mmap_lock(P)" },
	  { "Q", "ptl(Q)", "mmap_lock(Q)" },
	  { "R", "ptl(R)", "mmap_lock(R)" },
	  { "S", "ptl(S)", "mmap_lock(S)" } },
	{ { NULL, NULL, NULL },
	  { NULL, NULL, NULL },
	  { "C", "ptl(C)", "mmap_lock(C)" },
	  { "D", "ptl(D)", "mmap_lock(D)" },
	  { "E", "ptl(E)", "mmap_lock(E)" } },
};

/*
 * Linux: kernel/fork.c mm_alloc() (all)
 * Model: reduced: numbers are given out in order
 */
struct mm *mm_alloc(const struct mm *parent)
{
	const struct mm_names *name;
	struct mm *mm;

	POINT("fork/mm_alloc");
	baton_access(BATON_HERE("mm_alloc"), &world.mms_used, BATON_RMW);
	if (world.mms_used == NR_MMS)
		baton_fail("model_limit", "the model has %d processes", NR_MMS - 1);
	mm = &world.mms[world.mms_used++];
	mm->parent = parent ? (uint8_t)mm_number(parent) : 0;
	name = &names[parent != NULL][mm_number(mm)];
	mm->name = name->mm;
	mm->mm_users.counter = 1;
	spin_lock_init(&mm->ptl, name->ptl);
	mm_lock_is(&mm->ptl, PTE_LOCK);
	init_rwsem(&mm->mmap_lock, name->mmap_lock);
	mm_lock_is(&mm->mmap_lock, MMAP_LOCK);
	return mm;
}

struct fork {
	struct mm *parent, *child;
	struct page *prealloc;     /* for a page that must be copied at once */
	uint8_t protected[NR_VAS]; /* frames that the parent could write to until then; 0: none */
	bool slot_full;            /* that of full_entry */
	unsigned int full_entry;
};

enum copied {
	COPIED,
	COPY_AGAIN, /* a page, or a longer count of a slot, is needed: drop the locks */
};

/*
 * Linux: mm/memory.c copy_nonpresent_pte() (v2.6.29, v5.19)
 * Model: reduced: swap entries only
 */
static enum copied copy_nonpresent_pte(struct fork *fork, int va, pte_t pte)
{
	POINT("fork/swap_dup");
	if (!swap_duplicate(fork->child, pte_to_swp_entry(pte))) {
		fork->slot_full = true;
		fork->full_entry = pte_to_swp_entry(pte);
		return COPY_AGAIN;
	}
	if (pte_swp_exclusive(pte) && patched(FORK_SWPEXCL_CLEAR)) {
		pte = pte_swp_clear_exclusive(pte);
		POINT("fork/excl_cleared");
		set_pte_at(fork->parent, va, pte);
	}
	fork->child->pgtable[va] = pte;
	return COPIED;
}

/* The page's reference and mapcount come with the pte, when it has moved. */
static void copy_migration_pte(struct fork *fork, int va, pte_t pte)
{
	inc_mm_rss(fork->child);
	fork->child->pgtable[va] = make_readable_migration_entry(fork->parent, va, pte);
}

/*
 * Linux: include/linux/mm.h page_needs_cow_for_dma() (v5.12; in copy_present_page() in v5.9)
 * Model: exact
 */
static bool needs_cow_for_dma(struct mm *parent, const struct page *page)
{
	if (!patched_since(FORK_PIN_EARLY_COPY))
		return false;
	if (patched(FORK_PIN_EXCLUSIVE) && !page->anon_exclusive)
		return false;
	POINT("fork/has_pinned");
	if (!READ_ONCE(parent->has_pinned))
		return false;
	POINT("fork/pin_checked");
	if (page_maybe_dma_pinned(page))
		return !patched(PINS_IGNORED_BY_FORK);
	return baton_fault("mm/copy_present_page"); /* 1024 other references look the same */
}

/*
 * Linux: mm/memory.c copy_present_page() (v5.9)
 * Model: exact
 */
static enum copied copy_present_page(struct fork *fork, int va, const struct page *page)
{
	struct page *new = fork->prealloc;
	pte_t pte;

	if (!new)
		return COPY_AGAIN;
	fork->prealloc = NULL;
	copy_user_highpage(new, page);
	inc_mm_rss(fork->child);
	page_add_new_anon_rmap(new, find_vma(fork->child, va), va);
	pte = mk_pte(page_to_pfn(new));
	if (find_vma(fork->parent, va)->vm_flags & VM_WRITE)
		pte = pte_mkwrite_dirty(pte);
	fork->child->pgtable[va] = pte;
	ghost_changed();
	baton_note("copies %s to %s", page->name, new->name);
	return COPIED;
}

/*
 * Linux: mm/memory.c copy_present_pte() (v2.6.29, v5.9, v5.19)
 * Model: reduced: the pin is looked for before the reference is taken, not after
 */
static enum copied copy_present_pte(struct fork *fork, int va, pte_t pte)
{
	struct page *page = vm_normal_page(pte);

	if (!page) {
		fork->child->pgtable[va] = pte;
		return COPIED;
	}
	if (needs_cow_for_dma(fork->parent, page))
		return copy_present_page(fork, va, page);
	get_page(page, REF_PTE);
	if (patched(FORK_PIN_EXCLUSIVE) && page->anon_exclusive) {
		POINT("fork/page_excl_cleared");
		WRITE_ONCE(page->anon_exclusive, 0);
	}
	POINT("fork/mapcount");
	inc_mm_rss(fork->child);
	page_dup_rmap_of(page, pte);
	if (pte_write(pte)) {
		POINT("fork/wrprotect");
		ptep_set_wrprotect(fork->parent, va);
		fork->protected[va] = (uint8_t)page_to_pfn(page);
	}
	if (patched(WRPROTECT_DROPS_DIRTY) && pte_write(pte))
		pte = pte_mkclean(pte);
	fork->child->pgtable[va] = pte_wrprotect(pte);
	ghost_changed();
	return COPIED;
}

static enum copied copy_one_pte(struct fork *fork, int va)
{
	enum copied copied = COPIED;
	pte_t pte;

	POINT("fork/pte_read");
	pte = ptep_get(fork->parent, va);
	if (pte_present(pte))
		copied = copy_present_pte(fork, va, pte);
	else if (pte_is_swap(pte))
		copied = copy_nonpresent_pte(fork, va, pte);
	else if (pte_swapin_error(pte))
		fork->child->pgtable[va] = pte;
	else if (pte_is_migration(pte))
		copy_migration_pte(fork, va, pte);
	if (copied == COPIED)
		ghost_fork_pte(fork->parent, fork->child, va);
	return copied;
}

/* The ptes of a file's own pages come back by faults, so only anonymous pages count. */
static bool needs_copy(const struct vm_area_struct *vma)
{
	return vma && vma->anon_vma;
}

/* Return: the first page that is not copied yet: it needs something (get_what_it_needs()). */
static int copy_locked(struct fork *fork, int va)
{
	enum copied copied = COPIED;

	pte_lock(fork->child);
	pte_lock_nested(fork->parent);
	fork->slot_full = false;
	while (va < NR_VAS && copied == COPIED) {
		if (needs_copy(find_vma(fork->child, va)))
			copied = copy_one_pte(fork, va);
		if (copied == COPIED)
			va++;
	}
	pte_unlock(fork->parent);
	pte_unlock(fork->child);
	return va;
}

/* Without locks: for page @va. Return: false if there is no memory. */
static bool get_what_it_needs(struct fork *fork, int va)
{
	if (fork->slot_full)
		return add_swap_count_continuation(fork->full_entry);
	fork->prealloc = alloc_page(va);
	return fork->prealloc != NULL;
}

/*
 * Linux: mm/memory.c copy_pte_range() (v2.6.29, v2.6.33, v5.9)
 * Model: exact
 */
static bool copy_pte_range(struct fork *fork)
{
	int va = 0;

	if (!pte_alloc())
		return false;
	while ((va = copy_locked(fork, va)) < NR_VAS) {
		if (!get_what_it_needs(fork, va))
			return false;
		va += patched(ERROR_PATH_FORK_SKIPS);
	}
	if (fork->prealloc)
		put_page(fork->prealloc, REF_ALLOC);
	return true;
}

static void change_seq(struct mm *parent)
{
	if (!patched_since(FORK_PIN_EARLY_COPY_SEQ))
		return;
	POINT("fork/seq");
	baton_access(BATON_HERE("write_protect_seq"), &parent->write_protect_seq, BATON_RMW);
	parent->write_protect_seq++;
}

/*
 * Linux: mm/memory.c copy_page_range() (v2.6.29, v5.11)
 * Model: exact
 */
static bool copy_page_range(struct fork *fork)
{
	bool ok;

	mmu_notifier_invalidate_mm_start(fork->parent);
	change_seq(fork->parent);
	ok = copy_pte_range(fork);
	change_seq(fork->parent);
	mmu_notifier_invalidate_mm_end(fork->parent);
	return ok;
}

/* Return: false if there is no memory. */
static bool dup_vma(struct mm *child, const struct vm_area_struct *vma)
{
	struct vm_area_struct *copy = vm_area_alloc(child, vma->start, vma->end);

	if (!copy)
		return false;
	copy->pgoff = vma->pgoff;
	copy->vm_flags = vma->vm_flags & ~VM_LOCKED;
	vma_link_file(copy, vma->file);
	if (vma->anon_vma)
		anon_vma_link(copy, vma->anon_vma);
	for (int va = vma->start; va < vma->end; va++)
		ghost_fork_page(vma_mm(vma), child, va);
	return true;
}

static bool copy_vmas(struct fork *fork)
{
	unsigned int parent = mm_number(fork->parent);
	bool ok = true;

	vma_list_walk_begin(&fork->parent->vmas);
	for_each_vma(vma) {
		if (vma->mm != parent || vma->freed || vma->vm_flags & VM_DONTCOPY)
			continue;
		ok = dup_vma(fork->child, vma);
		if (!ok)
			break;
	}
	vma_list_walk_end(&fork->parent->vmas);
	return ok;
}

static bool nothing_mapped(struct mm *mm)
{
	for (int va = 0; va < NR_VAS; va++)
		if (find_vma(mm, va))
			return false;
	return true;
}

/* Other CPUs of the parent may have gone on storing to what was writable, up to now. */
static void end_of_stores(const struct fork *fork, int va, int index)
{
	const struct page *page = pfn_to_page(fork->protected[va]);

	if (fork->protected[va]) {
		POINT("fork/over");
		baton_access(BATON_HERE("fork is over"), &page->cell[index], BATON_READ);
	}
	ghost_fork_done(fork->parent, fork->child, va, index);
}

static void end_of_fork(const struct fork *fork)
{
	for (int va = 0; va < NR_VAS; va++)
		for (int i = 0; i < NR_CELLS; i++)
			end_of_stores(fork, va, i);
}

/* Also if fork() fails: who forks later finds these ptes protected, and flushes nothing. */
static void flush_protected(const struct fork *fork)
{
	for (int va = 0; va < NR_VAS; va++)
		if (fork->protected[va])
			flush_tlb_writable(fork->parent, va);
}

/*
 * Linux: kernel/fork.c dup_mmap() (v2.6.29, v5.11)
 * Model: reduced: the TLB flush goes page by page
 */
struct mm *dup_mm(struct mm *parent)
{
	struct fork fork = { .parent = parent };
	bool ok;

	switch_mm(parent);
	fork.child = mm_alloc(parent);
	down_write(&parent->mmap_lock);
	ok = copy_vmas(&fork) && (nothing_mapped(parent) || copy_page_range(&fork));
	if (ok || !patched(ERROR_PATH_FORK_NO_FLUSH))
		flush_protected(&fork);
	if (ok)
		end_of_fork(&fork);
	up_write(&parent->mmap_lock);
	if (ok)
		return fork.child;
	exit_mmap(fork.child);
	return NULL;
}
