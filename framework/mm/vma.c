/* SPDX-License-Identifier: MIT */
/* vma.c - mappings: made once, found by address, given back. */
#include "mm/mm.h"

void vma_list_change_begin(struct vma_list *list)
{
	if (!baton_mutating)
		return;
	baton_access_locked(list, BATON_WRITE);
	BATON_ASSERT(!list->changing && !list->walkers);
	list->changing = true;
}

void vma_list_change_end(struct vma_list *list)
{
	if (!baton_mutating)
		return;
	baton_access_locked(list, BATON_WRITE);
	list->changing = false;
}

void vma_list_walk_begin(struct vma_list *list)
{
	if (!baton_mutating)
		return;
	baton_access_locked(list, BATON_RMW);
	BATON_ASSERT(!list->changing);
	list->walkers++;
}

void vma_list_walk_end(struct vma_list *list)
{
	if (!baton_mutating)
		return;
	baton_access_locked(list, BATON_RMW);
	list->walkers--;
}

/* One look, which does not sleep on its way. */
static void look_at(const struct vma_list *list)
{
	baton_access_locked(list, BATON_READ);
	BATON_ASSERT(!list->changing);
}

struct vm_area_struct *find_vma(struct mm *mm, int va)
{
	look_at(&mm->vmas);
	return vma_at(mm, va);
}

struct vm_area_struct *vma_at(const struct mm *mm, int va)
{
	unsigned int number = mm_number(mm);

	for_each_vma(vma) {
		if (vma->mm == number && !vma->freed && va >= vma->start && va < vma->end)
			return vma;
	}
	return NULL;
}

/*
 * Linux: kernel/fork.c vm_area_alloc() (v4.18; kmem_cache_zalloc() before)
 * Model: exact
 */
struct vm_area_struct *vm_area_alloc(struct mm *mm, int start, int end)
{
	struct vm_area_struct *vma;

	POINT("mm/vma_alloc");
	baton_access(BATON_HERE("vm_area_alloc"), &world.vmas_used, BATON_RMW);
	if (baton_fault("mm/vma_alloc")) {
		baton_note("ENOMEM");
		return NULL;
	}
	if (world.vmas_used == NR_VMAS)
		baton_fail("model_limit", "the model makes %d mappings", NR_VMAS);
	vma_list_change_begin(&mm->vmas);
	vma = &world.vmas[world.vmas_used++];
	vma->mm = (uint8_t)mm_number(mm);
	vma->start = (uint8_t)start;
	vma->end = (uint8_t)end;
	vma->pgoff = (uint8_t)start;
	vma_list_change_end(&mm->vmas);
	return vma;
}

/*
 * The locks that rmap takes before it looks at the addresses of @vma. Both kinds: a
 * private mapping of a file has both lists.
 */
static void lock_rmap(const struct vm_area_struct *vma)
{
	if (vma->file) {
		spin_lock(&vma_file(vma)->i_mmap_lock);
		vma_list_change_begin(&vma_file(vma)->i_mmap);
	}
	if (vma->anon_vma) {
		spin_lock(&world.anon_vmas[vma->anon_vma].lock);
		vma_list_change_begin(&world.anon_vmas[vma->anon_vma].vmas);
	}
}

static void unlock_rmap(const struct vm_area_struct *vma)
{
	if (vma->anon_vma) {
		vma_list_change_end(&world.anon_vmas[vma->anon_vma].vmas);
		spin_unlock(&world.anon_vmas[vma->anon_vma].lock);
	}
	if (vma->file) {
		vma_list_change_end(&vma_file(vma)->i_mmap);
		spin_unlock(&vma_file(vma)->i_mmap_lock);
	}
}

/*
 * Linux: mm/mmap.c split_vma() (v2.6.29)
 * Model: exact
 */
struct vm_area_struct *split_vma(struct vm_area_struct *vma, int va, bool new_below)
{
	struct vm_area_struct *new = vm_area_alloc(vma_mm(vma), va, vma->end);
	unsigned int pgoff = linear_page_index(vma, va);

	if (!new)
		return NULL;
	new->file = vma->file;
	new->vm_flags = vma->vm_flags;
	POINT("vma/split");
	lock_rmap(vma);
	new->anon_vma = vma->anon_vma;
	if (new_below) {
		new->start = vma->start;
		new->end = vma->start = (uint8_t)va;
		new->pgoff = vma->pgoff;
		vma->pgoff = (uint8_t)pgoff;
	} else {
		new->pgoff = (uint8_t)pgoff;
		vma->end = (uint8_t)va;
	}
	unlock_rmap(vma);
	return new;
}

struct vm_area_struct *vma_cut_out(struct vm_area_struct *vma, int start, int end)
{
	if (vma->start < start)
		vma = split_vma(vma, start, false);
	if (vma && vma->end > end)
		vma = split_vma(vma, end, true);
	return vma;
}

/* Could @next be the rest of @vma? */
static bool continues(const struct vm_area_struct *vma, const struct vm_area_struct *next)
{
	return next && vma->end == next->start && vma->file == next->file &&
	       vma->anon_vma == next->anon_vma && vma->vm_flags == next->vm_flags &&
	       linear_page_index(vma, next->start) == next->pgoff;
}

/* @vma takes in @next, which is given back. */
static void absorb(struct vm_area_struct *vma, struct vm_area_struct *next)
{
	POINT("vma/merge");
	lock_rmap(vma);
	vma->end = next->end;
	next->anon_vma = 0;
	next->file = 0;
	unlock_rmap(vma);
	baton_note("%c takes in %c", 'A' + vma->start, 'A' + next->start);
	vm_area_free(next);
}

/*
 * Linux: mm/mmap.c vma_merge() (v2.6.29)
 * Model: reduced: after the mapping was made, not instead of making it
 */
struct vm_area_struct *vma_merge(struct vm_area_struct *vma)
{
	struct mm *mm = vma_mm(vma);
	struct vm_area_struct *prev = vma->start ? find_vma(mm, vma->start - 1) : NULL;
	struct vm_area_struct *next = vma->end < NR_VAS ? find_vma(mm, vma->end) : NULL;

	if (continues(vma, next))
		absorb(vma, next);
	if (!prev || !continues(prev, vma))
		return vma;
	absorb(prev, vma);
	return prev;
}

/*
 * Linux: kernel/fork.c vm_area_free() (v4.18)
 * Model: exact
 */
void vm_area_free(struct vm_area_struct *vma)
{
	struct vma_list *list = &vma_mm(vma)->vmas;

	vma_check(vma);
	vma_list_change_begin(list);
	baton_access_locked(&vma->freed, BATON_WRITE);
	vma->freed = 1;
	vma_list_change_end(list);
	ghost_changed();
}

void vma_check(const struct vm_area_struct *vma)
{
	baton_access_locked(&vma->freed, BATON_READ);
	if (vma->freed)
		ghost_violation(USE_AFTER_FREE, "the mapping of %c in %s was freed",
				'A' + vma->start, world.mms[vma->mm].name);
}
