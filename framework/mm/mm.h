/* SPDX-License-Identifier: MIT */
/*
 * mm.h - the functions of the model, by the names that they have in Linux.
 *
 * @va is the index of a page in the address space, 0..NR_VAS - 1. All run on a CPU
 * and switch, unless said otherwise. docs/MODEL.md says what each one leaves out.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_MM_H
#define MM_MM_H

#include "mm/ghost.h"
#include "mm/rules.h"
#include "mm/world.h"

/* ---- page.c: frames, their references and their lock ------------------------------- */

#define GUP_PIN_COUNTING_BIAS 1024

/* A frame for page @va with one reference (REF_ALLOC); NULL if there is no memory. */
struct page *alloc_page(int va);

/* One more reference, for @kind. Violation: use_after_free, if the page is free. */
void get_page(struct page *page, enum ref_kind kind);
/* Return: false if the page is free or frozen. */
bool try_get_page(struct page *page, enum ref_kind kind);
/* Give up a reference of @kind; the last one frees the page. */
void put_page(struct page *page, enum ref_kind kind);
int page_count(const struct page *page);
/* Take all @count references if there are no others. */
bool page_ref_freeze(struct page *page, int count);
/* Free a frozen page. */
void free_frozen_page(struct page *page);
/* A reference changes its meaning, not its number. Not a step. */
void page_ref_move(struct page *page, enum ref_kind from, enum ref_kind to);

bool page_maybe_dma_pinned(const struct page *page);

/* The object that PG_locked, and PG_dirty where the lock is not held, are announced with. */
static inline const void *page_flags(const struct page *page)
{
	return &page->lock.bit;
}

void set_page_dirty(struct page *page);

#define lock_page(page) spin_lock_at(BATON_HERE("lock_page(" #page ")"), &(page)->lock.bit)
#define trylock_page(page) spin_trylock_at(BATON_HERE("trylock_page(" #page ")"), &(page)->lock.bit)
#define unlock_page(page) bit_unlock_at(BATON_HERE("unlock_page(" #page ")"), &(page)->lock)

#define pte_lock(mm) spin_lock_at(BATON_HERE("pte_lock(" #mm ")"), &(mm)->ptl)
#define pte_unlock(mm) spin_unlock_at(BATON_HERE("pte_unlock(" #mm ")"), &(mm)->ptl)

/* ---- tlb.c: loads and stores of user memory, and flushes ---------------------------- */

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

/* No CPU has a translation of page @va of @mm any more when it returns. */
void flush_tlb_page(struct mm *mm, int va);
/* The same for those through which a CPU can write; fork() and mprotect(). */
void flush_tlb_writable(struct mm *mm, int va);
pte_t ptep_clear_flush(struct mm *mm, int va);

/* ---- swapfile.c: slots; swap_state.c: the swap cache --------------------------------- */

/* Page locked: give it a slot and put it into the swap cache. Return: false if there is none. */
bool add_to_swap(struct page *page);
void swap_duplicate(unsigned int entry);
void swap_free(unsigned int entry);
/* Page locked: may its only user write to it? Takes it out of the swap cache if that helps. */
bool reuse_swap_page(struct page *page);
/* Page locked: take it out of the swap cache if no pte refers to the slot. */
bool try_to_free_swap(struct page *page);
/* Page frozen: take it out of the swap cache. */
void delete_frozen_from_swap_cache(struct page *page);
/* With a reference (REF_LOOKUP); NULL if it is not there. */
struct page *lookup_swap_cache(unsigned int entry);
/* The same, reading the slot if it is not there; NULL: no memory, or the slot is free now. */
struct page *read_swap_cache(unsigned int entry, int va);
/* Page locked: copy it to its slot. Return: false if no pte needs the slot any more. */
bool swap_writepage(struct page *page);

/* ---- rmap.c ------------------------------------------------------------------------- */

void page_add_anon_rmap(struct page *page);
/* For a page that nobody else can see yet: not a step. */
void page_add_new_anon_rmap(struct page *page);
void page_remove_rmap(struct page *page);
int page_mapcount(const struct page *page);

enum unmap_result {
	SWAP_SUCCESS,
	SWAP_FAIL,
};

/* Page locked: replace all ptes by swap entries. SWAP_SUCCESS if nothing maps it any more. */
enum unmap_result try_to_unmap(struct page *page);
/* Pte lock held, pte cleared. Return: false if the page is pinned. */
bool page_try_share_anon_rmap(struct page *page);
/* A new vma on the list that rmap walks. */
void anon_vma_link(struct mm *mm, int va);

/* ---- vmscan.c ------------------------------------------------------------------------ */

/* One pass of reclaim over @page. Return: true if the page was freed. */
bool shrink_page(struct page *page);

/* ---- memory.c, memory_wp.c: faults ------------------------------------------------------ */

#define FAULT_FLAG_WRITE 1u
#define FAULT_FLAG_UNSHARE 2u

enum fault_result {
	VM_FAULT_DONE,
	VM_FAULT_OOM,
	VM_FAULT_SIGSEGV,
};

/* mmap_lock held for reading. */
enum fault_result handle_mm_fault(struct mm *mm, int va, unsigned int flags);
/* Pte lock held; gives it up. @orig is the read-only pte that was seen. */
enum fault_result do_wp_page(struct mm *mm, int va, pte_t orig, unsigned int flags);

/* @to is private to the caller: one access per cell of @from. */
void copy_user_highpage(struct page *to, const struct page *from);

/* ---- gup.c ----------------------------------------------------------------------------- */

#define FOLL_WRITE 0x01u
#define FOLL_GET 0x04u
#define FOLL_LONGTERM 0x10000u
#define FOLL_PIN 0x40000u

/* Each returns the page with a reference (REF_GET) or pin (REF_PIN), or NULL. */
struct page *get_user_pages(struct mm *mm, int va, unsigned int gup_flags);
struct page *get_user_pages_fast(struct mm *mm, int va, unsigned int gup_flags);
/* Give it back; @dirty: it was written to. */
void release_user_page(struct page *page, bool pinned, bool dirty);

/* ---- fork.c, mmap.c -------------------------------------------------------------------- */

/* A new, empty address space; @parent NULL for none. Finding: model_limit, if too many. */
struct mm *mm_alloc(const struct mm *parent);
/* Return: the child; NULL if there was no memory for it. */
struct mm *dup_mm(struct mm *parent);
void mmap_anon(struct mm *mm, int va, bool writable);
void munmap_page(struct mm *mm, int va);
void mprotect_page(struct mm *mm, int va, bool writable);
/* All of it; nobody runs in it. */
void exit_mmap(struct mm *mm);

/* ---- mmu_notifier.c, kvm.c --------------------------------------------------------------- */

/* Nothing happens if no secondary MMU is attached to @mm. */
void mmu_notifier_invalidate_page(struct mm *mm, int va);
void mmu_notifier_invalidate_range_start(struct mm *mm, int va);
void mmu_notifier_invalidate_range_end(struct mm *mm, int va);

void kvm_attach(struct mm *mm);
/* Map page @va into the guest. Return: false if that failed. */
bool kvm_fault(int va, bool write);
/* The guest's own loads and stores; they fault if there is no spte. */
bool guest_load(int va, int index, long *value);
bool guest_store(int va, int index, long value);
void kvm_invalidate_page(int va);
void kvm_range_start(int va);
void kvm_range_end(void);

#endif
