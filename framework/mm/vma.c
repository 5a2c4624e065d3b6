/* SPDX-License-Identifier: MIT */
/* vma.c - mappings: made once, found by address, given back. */
#include "mm/mm.h"

struct vm_area_struct *find_vma(struct mm *mm, int va)
{
	unsigned int number = mm_number(mm);

	for_each_vma(vma) {
		if (vma->mm == number && !vma->freed && va >= vma->start && va < vma->end)
			return vma;
	}
	return NULL;
}

/*
 * Linux: kernel/fork.c vm_area_alloc() (v4.19; kmem_cache_zalloc() before)
 * Model: reduced: never fails
 */
struct vm_area_struct *vm_area_alloc(struct mm *mm, int start, int end)
{
	struct vm_area_struct *vma;

	baton_access(BATON_HERE("vm_area_alloc"), &world.vmas_used, BATON_RMW);
	if (world.vmas_used == NR_VMAS)
		baton_fail("model_limit", "the model makes %d mappings", NR_VMAS);
	vma = &world.vmas[world.vmas_used++];
	vma->mm = (uint8_t)mm_number(mm);
	vma->start = (uint8_t)start;
	vma->end = (uint8_t)end;
	vma->pgoff = (uint8_t)start;
	return vma;
}

/*
 * Linux: kernel/fork.c vm_area_free() (v4.19)
 * Model: exact
 */
void vm_area_free(struct vm_area_struct *vma)
{
	vma_check(vma);
	vma->freed = 1;
	ghost_changed();
}

void vma_check(const struct vm_area_struct *vma)
{
	if (vma->freed)
		ghost_violation(USE_AFTER_FREE, "the mapping of %c in %s was freed",
				'A' + vma->start, world.mms[vma->mm].name);
}
