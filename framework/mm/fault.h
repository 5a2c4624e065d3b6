/* SPDX-License-Identifier: MIT */
/*
 * fault.h - page faults.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_FAULT_H
#define MM_FAULT_H

#include "mm/mm_types.h"

#define FAULT_FLAG_WRITE 1u
#define FAULT_FLAG_UNSHARE 2u
#define FAULT_FLAG_ALLOW_RETRY 4u /* mmap_lock may be dropped to wait */

enum fault_result {
	VM_FAULT_DONE,
	VM_FAULT_WRITE, /* done, and the page is the process's own to write to */
	VM_FAULT_RETRY, /* nothing is done, and mmap_lock was dropped and taken again */
	VM_FAULT_OOM,
	VM_FAULT_SIGSEGV,
	VM_FAULT_SIGBUS,
};

static inline bool fault_failed(enum fault_result result)
{
	return result >= VM_FAULT_OOM;
}

/* mmap_lock held for reading. May the process itself do that there? Not a step. */
bool access_ok(struct mm *mm, int va, unsigned int flags);
/* mmap_lock held. FOLL_FORCE comes here without access_ok(). */
enum fault_result handle_mm_fault(struct mm *mm, int va, unsigned int flags);
/* What a write fault makes of a pte: dirty, and writable where the mapping is. Not a step. */
pte_t maybe_mkwrite(pte_t pte, const struct vm_area_struct *vma);
/* Pte lock held; gives it up. @orig is the read-only pte that was seen. */
enum fault_result do_wp_page(struct vm_area_struct *vma, int va, pte_t orig, unsigned int flags);

/* A swap pte is there: @orig. */
enum fault_result do_swap_page(struct vm_area_struct *vma, int va, pte_t orig, unsigned int flags);

/* Nothing is mapped at page @va of @vma, which maps a file; @orig is what was seen there. */
enum fault_result do_fault(struct vm_area_struct *vma, int va, pte_t orig, unsigned int flags);
/* The same, where remap_file_pages() left in @orig which page of the file it is. */
enum fault_result do_nonlinear_fault(struct vm_area_struct *vma, int va, pte_t orig,
				     unsigned int flags);
/* UFFDIO_CONTINUE: map what the page cache has, if nothing is mapped there. Return: did it? */
bool mcontinue_page(struct mm *mm, int va);
/* As do_wp_page(), in a shared mapping of a file. */
enum fault_result wp_page_shared(struct vm_area_struct *vma, int va, pte_t orig);

/* @to is private to the caller: one access per cell of @from. */
void copy_user_highpage(struct page *to, const struct page *from);

#endif
