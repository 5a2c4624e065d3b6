/* SPDX-License-Identifier: MIT */
/* mmap.c - new mappings, and their end. */
#include "mm/mm.h"

/*
 * Linux: mm/mmap.c mmap_region() (v2.6.29)
 * Model: reduced: private anonymous memory, with its anon_vma
 */
void mmap_anon(struct mm *mm, int start, int end, bool writable)
{
	struct vm_area_struct *vma;

	down_write(&mm->mmap_lock);
	vma = vm_area_alloc(mm, start, end);
	if (!vma)
		baton_fail("model_limit", "no mapping for setup");
	vma->vm_flags = VM_READ | VM_MAYWRITE | (writable ? VM_WRITE : 0);
	for (int va = start; va < end; va++)
		ghost_map(mm, va);
	anon_vma_link(vma, (unsigned int)start + 1);
	up_write(&mm->mmap_lock);
}

/*
 * Linux: mm/mmap.c mmap_region() (v2.6.29)
 * Model: reduced: a mapping of a file, not joined with others
 */
struct vm_area_struct *mmap_file_locked(struct mm *mm, const struct file_map *map)
{
	struct vm_area_struct *vma;

	vma = vm_area_alloc(mm, map->start, map->end);
	if (!vma)
		return NULL;
	vma->vm_flags = VM_READ | VM_MAYWRITE | map->vm_flags;
	vma->pgoff = (uint8_t)map->pgoff;
	for (int va = map->start; va < map->end; va++)
		ghost_map_file(mm, va);
	vma_link_file(vma, map->file);
	return vma;
}

void mmap_file(struct mm *mm, const struct file_map *map)
{
	down_write(&mm->mmap_lock);
	mmap_file_locked(mm, map);
	up_write(&mm->mmap_lock);
}

/*
 * Linux: mm/mmap.c remove_vma() (v2.6.29), with free_pgtables()
 * Model: reduced: the page table stays
 */
static void remove_vma(struct vm_area_struct *vma)
{
	unlink_anon_vma(vma);
	unlink_file_vma(vma);
	vm_area_free(vma);
}

static void unmap_vma(struct mm *mm, struct vm_area_struct *vma)
{
	for (int va = vma->start; va < vma->end; va++) {
		mmu_notifier_invalidate_range_start(mm, va);
		zap_page(vma, va);
		mmu_notifier_invalidate_range_end(mm, va);
	}
	remove_vma(vma);
}

/* Cut at @va what is mapped on both of its sides. Return: false if there is no memory. */
static bool split_at(struct mm *mm, int va, bool new_below)
{
	struct vm_area_struct *vma = new_below ? find_vma(mm, va - 1) : find_vma(mm, va);

	if (!vma || vma->start >= va || vma->end <= va)
		return true;
	return split_vma(vma, va, new_below) != NULL;
}

static void unmap_vmas(struct mm *mm, int start, int end)
{
	for (int va = start; va < end; va++) {
		struct vm_area_struct *vma = find_vma(mm, va);

		if (vma && vma->end <= end)
			unmap_vma(mm, vma);
	}
}

/*
 * Linux: mm/mmap.c do_munmap() (v2.6.29)
 * Model: reduced: page by page, each with a flush of its own
 */
bool do_munmap(struct mm *mm, int start, int end)
{
	if (!split_at(mm, start, false))
		return false;
	if (patched(ERROR_PATH_MUNMAP_UNMAPS_FIRST))
		unmap_vmas(mm, start, end);
	if (!split_at(mm, end, true))
		return false;
	unmap_vmas(mm, start, end);
	return true;
}

static bool has_vma(struct mm *mm)
{
	for (int va = 0; va < NR_VAS; va++)
		if (find_vma(mm, va))
			return true;
	return false;
}

bool munmap_pages(struct mm *mm, int start, int end)
{
	bool done;

	switch_mm(mm);
	down_write(&mm->mmap_lock);
	done = do_munmap(mm, start, end);
	if (!has_vma(mm))
		free_pgtables(mm);
	up_write(&mm->mmap_lock);
	return done;
}

/*
 * Linux: mm/mmap.c exit_mmap() (v2.6.29)
 * Model: reduced: page by page
 */
void exit_mmap(struct mm *mm)
{
	mmu_notifier_release(mm);
	for (int va = 0; va < NR_VAS; va++) {
		struct vm_area_struct *vma = find_vma(mm, va);

		if (!vma)
			continue;
		zap_page(vma, va);
		if (va + 1 == vma->end)
			remove_vma(vma);
	}
}

/* See error_path: a compare-and-exchange without the loop around it. */
static bool try_once_to_get(struct mm *mm)
{
	int users = atomic_read(&mm->mm_users);

	return users && atomic_cmpxchg_weak(&mm->mm_users, users, users + 1);
}

/*
 * Linux: include/linux/sched/mm.h mmget_not_zero() (v4.11)
 * Model: exact
 */
bool mmget_not_zero(struct mm *mm)
{
	POINT("mm/get");
	if (patched(ERROR_PATH_MMGET_ONCE))
		return try_once_to_get(mm);
	return atomic_inc_not_zero(&mm->mm_users);
}

/*
 * Linux: kernel/fork.c mmput() (all)
 * Model: exact
 */
void mmput(struct mm *mm)
{
	POINT("mm/put");
	if (atomic_dec_and_test(&mm->mm_users))
		exit_mmap(mm);
}
