/* SPDX-License-Identifier: MIT */
/* rmap_link.c - a mapping becomes known to rmap, and unknown: its list, under the list's lock. */
#include "mm/mm.h"

/*
 * Linux: mm/rmap.c anon_vma_link() (v2.6.29)
 * Model: reduced: one anon_vma per address at which memory is first mapped
 */
void anon_vma_link(struct vm_area_struct *vma, unsigned int anon_vma)
{
	spin_lock(&world.anon_vmas[anon_vma].lock);
	vma_list_change_begin(&world.anon_vmas[anon_vma].vmas);
	vma->anon_vma = (uint8_t)anon_vma;
	vma_list_change_end(&world.anon_vmas[anon_vma].vmas);
	spin_unlock(&world.anon_vmas[anon_vma].lock);
}

/*
 * Linux: mm/rmap.c anon_vma_unlink() (v2.6.29)
 * Model: reduced: an anon_vma that nobody uses stays
 */
void unlink_anon_vma(struct vm_area_struct *vma)
{
	unsigned int anon_vma = vma->anon_vma;

	if (!anon_vma)
		return;
	POINT("rmap/unlink");
	spin_lock(&world.anon_vmas[anon_vma].lock);
	vma_list_change_begin(&world.anon_vmas[anon_vma].vmas);
	vma->anon_vma = 0;
	vma_list_change_end(&world.anon_vmas[anon_vma].vmas);
	spin_unlock(&world.anon_vmas[anon_vma].lock);
}

/*
 * Linux: mm/rmap.c anon_vma_prepare() (v2.6.29)
 * Model: reduced: the anon_vma of the first address of the mapping
 */
void anon_vma_prepare(struct vm_area_struct *vma)
{
	unsigned int anon_vma = vma->start + 1U;

	POINT("rmap/prepare");
	if (READ_ONCE(vma->anon_vma))
		return;
	spin_lock(&world.anon_vmas[anon_vma].lock);
	if (!vma->anon_vma) {
		vma_list_change_begin(&world.anon_vmas[anon_vma].vmas);
		WRITE_ONCE(vma->anon_vma, (uint8_t)anon_vma);
		vma_list_change_end(&world.anon_vmas[anon_vma].vmas);
	}
	spin_unlock(&world.anon_vmas[anon_vma].lock);
}

/*
 * Linux: mm/mmap.c vma_link(), __vma_link_file() (v2.6.29)
 * Model: reduced: no tree
 */
void vma_link_file(struct vm_area_struct *vma, unsigned int file)
{
	if (!file)
		return;
	spin_lock(&world.files[file].i_mmap_lock);
	vma_list_change_begin(&world.files[file].i_mmap);
	vma->file = (uint8_t)file;
	vma_list_change_end(&world.files[file].i_mmap);
	spin_unlock(&world.files[file].i_mmap_lock);
}

/*
 * Linux: mm/mmap.c unlink_file_vma() (v2.6.29)
 * Model: exact
 */
void unlink_file_vma(struct vm_area_struct *vma)
{
	struct address_space *file = vma_file(vma);

	if (!file)
		return;
	POINT("rmap/unlink_file");
	spin_lock(&file->i_mmap_lock);
	vma_list_change_begin(&file->i_mmap);
	vma->file = 0;
	vma_list_change_end(&file->i_mmap);
	spin_unlock(&file->i_mmap_lock);
}
