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

enum fault_result {
	VM_FAULT_DONE,
	VM_FAULT_OOM,
	VM_FAULT_SIGSEGV,
	VM_FAULT_SIGBUS,
};

/* mmap_lock held for reading. */
enum fault_result handle_mm_fault(struct mm *mm, int va, unsigned int flags);
/* Pte lock held; gives it up. @orig is the read-only pte that was seen. */
enum fault_result do_wp_page(struct vm_area_struct *vma, int va, pte_t orig, unsigned int flags);

/* Nothing is mapped at page @va of @vma, which maps a file; @orig is what was seen there. */
enum fault_result do_fault(struct vm_area_struct *vma, int va, pte_t orig, unsigned int flags);
/* The same, where remap_file_pages() left in @orig which page of the file it is. */
enum fault_result do_nonlinear_fault(struct vm_area_struct *vma, int va, pte_t orig,
				     unsigned int flags);
/* As do_wp_page(), in a shared mapping of a file. */
enum fault_result wp_page_shared(struct vm_area_struct *vma, int va, pte_t orig);

/* @to is private to the caller: one access per cell of @from. */
void copy_user_highpage(struct page *to, const struct page *from);

#endif
