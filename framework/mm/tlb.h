/* SPDX-License-Identifier: MIT */
/*
 * tlb.h - loads and stores of user memory through the TLB, and flushes.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_TLB_H
#define MM_TLB_H

#include "mm/mm_types.h"

struct tlb_entry {
	uint8_t valid, write, dirty;
	uint8_t pfn, generation;
	uint8_t weakened; /* mm.weakened when the pte was read */
};

struct cpu {
	uint8_t mm;   /* number of the one it runs, 0: none */
	uint8_t user; /* it may be given an mm: TLB flushes look there */
	uint8_t busy; /* it is in an access through its TLB: see flushed_by_hypervisor() */
	struct tlb_entry tlb[NR_VAS];
};

/* How an access of user memory ended. */
enum access_result {
	ACCESS_OK,
	ACCESS_OOM,
	ACCESS_SIGSEGV,
};

enum access_result user_load(struct mm *mm, int va, int index, long *value);
enum access_result user_store(struct mm *mm, int va, int index, long value);

/* This CPU goes on in @mm, NULL for none. Not a step if it changes nothing. */
void switch_mm(struct mm *mm);

/* Are this CPU's TLB entries taken away without an interrupt? Not a step. */
bool flushed_by_hypervisor(void);
/* What changes of the TLB of @cpu are announced with: what its flushes are, too. */
const void *tlb_object(int cpu);

/*
 * No CPU has a translation of page @va of @mm any more when it returns. The pte cannot be
 * set again meanwhile: its lock is held, or mmap_lock for writing.
 */
void flush_tlb_page(struct mm *mm, int va);
/* The same for those through which a CPU can write; fork() and mprotect(). */
void flush_tlb_writable(struct mm *mm, int va);
/*
 * The same, later: the pte lock was dropped, and faults may have set the pte again. What
 * was cached since then may stay. @weakened: mm.weakened of the page, as it was under the
 * lock.
 */
void flush_tlb_late(struct mm *mm, int va, uint8_t weakened);
/* The same for all pages of @mm; @weakened: all of mm.weakened. */
void flush_tlb_mm_late(struct mm *mm, const uint8_t *weakened);
pte_t ptep_clear_flush(struct mm *mm, int va);
/* Pte lock held: clear the young bit. Return: was it set? */
bool ptep_clear_flush_young(struct mm *mm, int va);

#define flush_tlb_page(mm, va) BATON_UNLESS_LEFT_OUT("flush", flush_tlb_page(mm, va), (void)0)
#define flush_tlb_writable(mm, va) \
	BATON_UNLESS_LEFT_OUT("flush", flush_tlb_writable(mm, va), (void)0)
#define flush_tlb_late(mm, va, weakened) \
	BATON_UNLESS_LEFT_OUT("flush", flush_tlb_late(mm, va, weakened), (void)0)
#define flush_tlb_mm_late(mm, weakened) \
	BATON_UNLESS_LEFT_OUT("flush", flush_tlb_mm_late(mm, weakened), (void)0)
#define ptep_clear_flush(mm, va) \
	BATON_UNLESS_LEFT_OUT("flush", ptep_clear_flush(mm, va), ptep_get_and_clear(mm, va))

#endif
