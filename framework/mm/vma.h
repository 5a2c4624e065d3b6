/* SPDX-License-Identifier: MIT */
/*
 * vma.h - mappings: which addresses a process has, and how rmap finds them.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_VMA_H
#define MM_VMA_H

#include "baton/kernel.h"

struct mm;

#define NR_VAS 6   /* pages of an address space; an address means the same in all */
#define NR_VMAS 32 /* per execution: none is used twice, so a stale pointer is noticed */

#define VM_READ 0x01u
#define VM_WRITE 0x02u
#define VM_MAYWRITE 0x04u
#define VM_SHARED 0x08u
#define VM_LOCKED 0x10u
#define VM_NONLINEAR 0x20u
#define VM_UFFD_WP 0x80u
#define VM_DONTCOPY 0x100u
#define VM_UFFD_MISSING 0x200u

/*
 * A mapping: the pages [start, end) of an address space. Changed with mmap_lock held for
 * writing; on the list of its anon_vma or file (rmap) with that one's lock besides. The
 * list of all vmas is in the order in which they were made: parents before children.
 */
struct vm_area_struct {
	uint8_t mm;    /* number; 0: not made yet */
	uint8_t freed; /* it was given back: who looks at it now is wrong */
	uint8_t start, end;
	uint8_t pgoff;    /* index of its first page in what it maps */
	uint8_t anon_vma; /* 1 and more: rmap finds it there; 0: none */
	uint8_t file;     /* 1 and more: the file it maps; 0: anonymous */
	uint32_t vm_flags;
};

/*
 * What mappings are found in: by address (mmap_lock), by what they map (the locks of rmap).
 * In Linux it is a list or a tree, and changing it takes several writes: who walks it
 * meanwhile goes astray. The lock makes it one step, so this is for mutants only.
 *
 *	CPU walk                        CPU change
 *	                                takes a mapping out: half done
 *	follows a pointer
 *	                                puts the rest together
 */
struct vma_list {
	uint8_t walkers;
	bool changing;
};

struct anon_vma {
	spinlock_t lock;
	struct vma_list vmas;
};

/* Its lock is held. Finding: assert, as in lib/list_debug.c, if somebody else was there. */
void vma_list_change_begin(struct vma_list *list);
void vma_list_change_end(struct vma_list *list);
void vma_list_walk_begin(struct vma_list *list);
void vma_list_walk_end(struct vma_list *list);

/*
 * The mapping of page @va, NULL if there is none. mmap_lock held. Not a step.
 * Linux calls this one vma_lookup().
 */
struct vm_area_struct *find_vma(struct mm *mm, int va);
/* The same for who only watches, without a lock. */
struct vm_area_struct *vma_at(const struct mm *mm, int va);

/* A new mapping of @mm, on no list. NULL: no memory. Finding: model_limit, if there were too
 * many. */
struct vm_area_struct *vm_area_alloc(struct mm *mm, int start, int end);
/* Take it from its mm; rmap has forgotten it before. */
void vm_area_free(struct vm_area_struct *vma);
/*
 * Cut @vma in two at @va: it keeps what is below, or with @new_below what is above.
 * mmap_lock held for writing. Return: the new one, for the other part; NULL: no memory, and
 * nothing has changed.
 */
struct vm_area_struct *split_vma(struct vm_area_struct *vma, int va, bool new_below);
/*
 * The part of @vma within [@start, @end), by itself; @vma stays on one of its other sides.
 * mmap_lock held for writing. NULL: no memory; one side may be cut by then.
 */
struct vm_area_struct *vma_cut_out(struct vm_area_struct *vma, int start, int end);
/*
 * Join @vma with a neighbour that it continues, if there is one. mmap_lock held for
 * writing. Return: what covers its pages now; @vma was freed if that is another one.
 */
struct vm_area_struct *vma_merge(struct vm_area_struct *vma);
/* It is read now. Violation: use_after_free, if it was freed. Not a step. */
void vma_check(const struct vm_area_struct *vma);

/* The index of page @va in what @vma maps. Not a step. */
static inline unsigned int linear_page_index(const struct vm_area_struct *vma, int va)
{
	return (unsigned int)(va - vma->start + vma->pgoff);
}

/* Where @vma has index @index, -1 if it does not. Not a step. */
static inline int vma_address(const struct vm_area_struct *vma, unsigned int index)
{
	if (index < vma->pgoff || index >= (unsigned int)(vma->pgoff + vma->end - vma->start))
		return -1;
	return vma->start + (int)index - vma->pgoff;
}

#endif
