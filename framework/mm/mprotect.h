/* SPDX-License-Identifier: MIT */
/*
 * mprotect.h - rights that are taken from ptes: mprotect(), userfaultfd write protection,
 * NUMA hints, and clear_refs.
 *
 * Functions run on a CPU and switch.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_MPROTECT_H
#define MM_MPROTECT_H

#include "mm/mm_types.h"

/* mprotect() of page @va to read-only, or to writable. */
void mprotect_page(struct mm *mm, int va, bool writable);
/* UFFDIO_WRITEPROTECT: protect page @va, or end that. */
void uffd_writeprotect(struct mm *mm, int va, bool protect);
/* The next access of page @va faults, to tell where it is used from. */
void change_prot_numa(struct mm *mm, int va);
/* Write 4 to /proc/PID/clear_refs: page @va is not soft-dirty any more. */
void clear_refs_write(struct mm *mm, int va);

#endif
