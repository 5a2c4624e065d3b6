/* SPDX-License-Identifier: MIT */
/*
 * fremap.c - remap_file_pages(): the pages of a file in any order within one mapping.
 *
 * A nonlinear mapping says in each pte which page of the file it stands for. rmap finds
 * ptes by their place in the mapping, so it does not find those; the price is paid by
 * whoever must find all ptes of a page (page_mkclean(), migration).
 *
 * mmap_lock cannot be upgraded: between up_read() and down_write() the mapping may go,
 * so it must be looked for again.
 *
 *	CPU remap                          CPU unmap
 *	down_read; finds the mapping
 *	up_read
 *	                                   munmap: frees it
 *	down_write; uses it
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

/* One call. */
struct remap {
	struct mm *mm;
	int start, end;
	unsigned int pgoff;
	struct vm_area_struct *vma; /* NULL: there is none */
	bool write_locked;
	unsigned int vm_flags; /* for who asks when the mapping may be gone */
};

/*
 * Linux: mm/fremap.c zap_pte() (v2.6.29, v3.14)
 * Model: exact: what is not present is overwritten by the caller
 */
static void fremap_zap_pte(struct mm *mm, int va)
{
	struct page *page;
	pte_t pte = pte_under_lock(mm, va);

	if (pte_is_migration(pte) && patched(REMAP_RSS_MIGRATION))
		dec_mm_rss(mm);
	if (!pte_present(pte))
		return;
	POINT("fremap/pte_cleared");
	pte = ptep_clear_flush(mm, va);
	page = pfn_to_page(pte_pfn(pte));
	if (pte_dirty(pte)) {
		POINT("fremap/set_dirty");
		set_page_dirty(page);
	}
	dec_mm_rss(mm);
	page_remove_rmap(page);
	put_page(page, REF_PTE);
}

/*
 * Linux: mm/fremap.c install_file_pte() (v2.6.29)
 * Model: exact
 */
static void install_file_pte(const struct vm_area_struct *vma, int va, unsigned int pgoff)
{
	struct mm *mm = vma_mm(vma);
	unsigned int weakened;

	pte_lock(mm);
	vma_check(vma);
	if (!pte_none(pte_under_lock(mm, va)))
		fremap_zap_pte(mm, va);
	POINT("fremap/pte_set");
	set_pte_at(mm, va, pgoff_to_pte(pgoff));
	ghost_map_file(mm, va);
	weakened = mm->weakened[va];
	pte_unlock(mm);
	ghost_tlb_taken(mm, va, TLB_USE, weakened);
}

static void install_file_ptes(const struct remap *remap)
{
	for (int va = remap->start; va < remap->end; va++) {
		mmu_notifier_invalidate_range_start(remap->mm, va);
		install_file_pte(remap->vma, va, remap->pgoff + (unsigned int)(va - remap->start));
		mmu_notifier_invalidate_range_end(remap->mm, va);
	}
}

static void mark_nonlinear(struct vm_area_struct *vma)
{
	struct address_space *file;

	vma_check(vma);
	file = vma_file(vma);
	POINT("fremap/nonlinear");
	if (!file)
		return; /* it is gone, see vma_check() */
	spin_lock(&file->i_mmap_lock);
	vma_list_change_begin(&file->i_mmap);
	vma->vm_flags |= VM_NONLINEAR;
	vma_list_change_end(&file->i_mmap);
	spin_unlock(&file->i_mmap_lock);
}

/* Look for the mapping. Return: does it cover all, and is it one of a file, shared? */
static bool find_mapping(struct remap *remap)
{
	const struct vm_area_struct *vma;

	remap->vma = find_vma(remap->mm, remap->start);
	vma = remap->vma;
	return vma && vma->file && vma->vm_flags & VM_SHARED && remap->end <= vma->end;
}

/* Ordinary mappings instead: what mmap() would do there. @vma may be gone afterwards. Where
 * there is no memory, what was there may be gone already, as with mmap(MAP_FIXED). */
static bool map_again(struct remap *remap)
{
	struct vm_area_struct *old = remap->vma, *new;
	struct file_map map = { remap->start, remap->end, old->file, remap->pgoff,
				old->vm_flags & (VM_SHARED | VM_WRITE | VM_LOCKED) };

	if (!do_munmap(remap->mm, map.start, map.end))
		return false;
	new = mmap_file_locked(remap->mm, &map);
	if (new)
		vma_merge(new);
	return new;
}

/* What is read at the end, of a mapping that may be gone. */
static void read_flags(struct remap *remap)
{
	if (patched(REMAP_NULL_CHECKED) && !remap->vma)
		return;
	if (!patched(REMAP_FREE_AFTER) && !patched(REMAP_NULL_CHECKED))
		return;
	remap->vm_flags = remap->vma->vm_flags; /* no mapping: a null pointer, as it was */
	vma_check(remap->vma);
}

/* Return: is there still such a mapping? */
static bool upgrade_lock(struct remap *remap)
{
	POINT("fremap/up_read");
	up_read(&remap->mm->mmap_lock);
	POINT("fremap/down_write");
	down_write(&remap->mm->mmap_lock);
	remap->write_locked = true;
	return patched(REMAP_UPGRADE_NORETRY) || find_mapping(remap);
}

static bool linear_already(const struct remap *remap)
{
	return remap->pgoff == linear_page_index(remap->vma, remap->start);
}

static bool emulates(const struct vm_area_struct *vma)
{
	return patched(NONLINEAR_ACCOUNT_OFF) && vma_file(vma) && vma_file(vma)->accounts_dirty;
}

/* A linear mapping, and other pages are wanted. Return: false if there is no mapping. */
static bool make_nonlinear(struct remap *remap)
{
	if (patched(REMAP_MARK_LAST))
		install_file_ptes(remap);
	if (!upgrade_lock(remap))
		return false;
	if (emulates(remap->vma))
		return map_again(remap);
	mark_nonlinear(remap->vma);
	if (patched(REMAP_MARK_FIRST))
		install_file_ptes(remap);
	return true;
}

/* mmap_lock held. Return: false for EINVAL. */
static bool remap_locked(struct remap *remap)
{
	if (!find_mapping(remap))
		return false;
	if (!(remap->vma->vm_flags & VM_NONLINEAR))
		return linear_already(remap) || make_nonlinear(remap);
	install_file_ptes(remap);
	return true;
}

static void unlock(const struct remap *remap)
{
	if (remap->write_locked)
		up_write(&remap->mm->mmap_lock);
	else
		up_read(&remap->mm->mmap_lock);
}

static bool remap_nonlinear(struct remap *remap)
{
	bool ok;

	down_read(&remap->mm->mmap_lock);
	ok = remap_locked(remap);
	read_flags(remap);
	unlock(remap);
	return ok;
}

/* Is it still the mapping that the security check was about? */
static bool same_mapping(const struct vm_area_struct *now, const struct vm_area_struct *then)
{
	return now && now->file == then->file && now->vm_flags == then->vm_flags;
}

/* The security check sleeps without mmap_lock. Return: may it go on? */
static bool check_unlocked(struct remap *remap)
{
	struct vm_area_struct then = *remap->vma;

	POINT("fremap/check_unlocked");
	up_write(&remap->mm->mmap_lock);
	down_write(&remap->mm->mmap_lock);
	if (!patched(REMAP_EMULATED_REVALIDATED))
		return true;
	return find_mapping(remap) && same_mapping(remap->vma, &then);
}

/*
 * Linux: mm/mmap.c remap_file_pages() (v4.0, v6.12)
 * Model: exact
 */
static bool remap_emulated(struct remap *remap)
{
	bool ok;

	down_write(&remap->mm->mmap_lock);
	ok = find_mapping(remap);
	if (ok && patched_since(REMAP_EMULATED_UNLOCKED))
		ok = check_unlocked(remap);
	if (ok) {
		vma_check(remap->vma);
		ok = map_again(remap);
	}
	up_write(&remap->mm->mmap_lock);
	return ok;
}

/*
 * Linux: mm/fremap.c sys_remap_file_pages() (v2.6.29, v3.9, v3.14)
 * Model: reduced: no limit on how many pages a pte can tell apart
 */
bool remap_file_pages(struct mm *mm, const struct file_map *map, bool nonblock)
{
	struct remap remap = {
		.mm = mm,
		.start = map->start,
		.end = map->end,
		.pgoff = map->pgoff,
	};
	bool ok;

	switch_mm(mm);
	ok = patched(REMAP_NONLINEAR) ? remap_nonlinear(&remap) : remap_emulated(&remap);
	if (!ok)
		baton_note("EINVAL");
	else if (!nonblock || remap.vm_flags & VM_LOCKED)
		mm_populate(mm, map->start, map->end);
	return ok;
}
