/* SPDX-License-Identifier: MIT */
/*
 * mmap.h - system calls that change an address space, fork() among them.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_MMAP_H
#define MM_MMAP_H

#include "mm/mm_types.h"

/* A new, empty address space; @parent NULL for none. Finding: model_limit, if too many. */
struct mm *mm_alloc(const struct mm *parent);
/* Return: the child; NULL if there was no memory for it. */
struct mm *dup_mm(struct mm *parent);
void mmap_anon(struct mm *mm, int start, int end, bool writable);

/* A mapping of a file: pages [start, end) have its pages from pgoff on. */
struct file_map {
	int start, end;
	unsigned int file, pgoff;
	unsigned int vm_flags; /* VM_WRITE, VM_SHARED */
};

void mmap_file(struct mm *mm, const struct file_map *map);
/* The same, mmap_lock held for writing. NULL: no memory. */
struct vm_area_struct *mmap_file_locked(struct mm *mm, const struct file_map *map);
/*
 * map.file is not looked at. @nonblock: nothing is faulted in. Return: false if there is
 * no shared mapping of a file that covers all of it.
 */
bool remap_file_pages(struct mm *mm, const struct file_map *map, bool nonblock);
/* Fault in the pages [@start, @end) that are mapped. */
void mm_populate(struct mm *mm, int start, int end);
/* mlock() of page @va: as mlock_page(), and it is faulted in. */
void do_mlock(struct mm *mm, int va);
/* Take page @va away: pte, TLB entries, reference. mmap_lock held for writing. */
void zap_page(const struct vm_area_struct *vma, int va);
/*
 * The same where others may be at it, too: mmap_lock held for reading, or not at all. Without
 * @even_cows only a page of the file that is mapped there, not a copy.
 */
void zap_page_range(const struct vm_area_struct *vma, int va, bool even_cows);
/* The pages [@start, @end); where nothing is mapped, nothing happens. Return: false (ENOMEM) if
 * a mapping could not be cut, and then nothing is unmapped. */
bool munmap_pages(struct mm *mm, int start, int end);
/* The same, mmap_lock held for writing. */
bool do_munmap(struct mm *mm, int start, int end);
/* All of it; nobody runs in it. */
void exit_mmap(struct mm *mm);

/* Keep the memory of @mm until mmput(). Return: false if it is gone. */
bool mmget_not_zero(struct mm *mm);
/* The last one gives back all of it. */
void mmput(struct mm *mm);

#endif
