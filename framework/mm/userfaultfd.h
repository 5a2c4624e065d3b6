/* SPDX-License-Identifier: MIT */
/*
 * userfaultfd.h - faults of memory that a process fills by itself, page by page.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_USERFAULTFD_H
#define MM_USERFAULTFD_H

#include "mm/fault.h"

/*
 * mmap_lock held for reading. Nothing is mapped at page @va of a VM_UFFD_MISSING mapping. Waits
 * without the lock until something is, and takes it again, if FAULT_FLAG_ALLOW_RETRY says that the
 * caller can stand that. Return: VM_FAULT_RETRY, or VM_FAULT_SIGBUS.
 */
enum fault_result handle_userfault(struct mm *mm, int va, unsigned int flags);

/* UFFDIO_COPY: map a page that is filled with @value, if nothing is mapped there. Return: did
 * it? */
bool mcopy_page(struct mm *mm, int va, long value);

#endif
