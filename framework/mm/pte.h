/* SPDX-License-Identifier: MIT */
/*
 * pte.h - one page table entry in one word, and what changes it.
 *
 *	bits 0-2   kind: none, present, swap, migration, file (nonlinear), zap marker,
 *		   swap entry whose slot could not be read
 *	bit  3     write; of a migration entry: it was writable
 *	bit  4     dirty
 *	bit  5     young
 *	bit  6     exclusive: of a swap or migration entry
 *	bits 7-9   soft-dirty, uffd-wp, protnone
 *	bit  11    huge: the pmd maps a huge page as a whole
 *	bit  12    the pmd is none, for the walk of the hardware; the rest is as it was
 *	bits 16-23 frame, swap slot, or offset in the file
 *
 * Faults make an entry young, and one that they make writable dirty.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_PTE_H
#define MM_PTE_H

#include <stdbool.h>
#include <stdint.h>

struct mm;

typedef struct {
	uint32_t val;
} pte_t;

#define PTE_KIND 7u
#define PTE_PRESENT 1u
#define PTE_SWAP 2u
#define PTE_MIGRATION 3u
#define PTE_FILE 4u
#define PTE_ZAPPED 5u
#define PTE_SWAPIN_ERROR 6u
#define PTE_WRITE 0x8u
#define PTE_DIRTY 0x10u
#define PTE_YOUNG 0x20u
#define PTE_SWP_EXCLUSIVE 0x40u
#define PTE_SOFT_DIRTY 0x80u
#define PTE_UFFD_WP 0x100u
#define PTE_PROTNONE 0x200u
#define PTE_HUGE 0x800u
#define PTE_PMD_NONE 0x1000u
#define PTE_SHIFT 16

#define PTE_NONE ((pte_t){ 0 })

/* A marker of a page that was zapped there (pincount=mapcount_S1b)? */
static inline bool pte_zapped(pte_t pte)
{
	return (pte.val & PTE_KIND) == PTE_ZAPPED;
}

/* Nothing is mapped there. */
static inline bool pte_none(pte_t pte)
{
	return pte.val == 0 || pte_zapped(pte);
}

static inline bool pte_present(pte_t pte)
{
	return (pte.val & PTE_KIND) == PTE_PRESENT;
}

static inline bool pte_is_swap(pte_t pte)
{
	return (pte.val & PTE_KIND) == PTE_SWAP;
}

/* Its slot could not be read when swapoff() gave it up: who wants the data is told. */
static inline bool pte_swapin_error(pte_t pte)
{
	return (pte.val & PTE_KIND) == PTE_SWAPIN_ERROR;
}

static inline bool pte_file(pte_t pte)
{
	return (pte.val & PTE_KIND) == PTE_FILE;
}

static inline bool pte_is_migration(pte_t pte)
{
	return (pte.val & PTE_KIND) == PTE_MIGRATION;
}

static inline bool pte_write(pte_t pte)
{
	return pte.val & PTE_WRITE;
}

/* Only there to fault at the next access. */
static inline bool pte_protnone(pte_t pte)
{
	return pte_present(pte) && pte.val & PTE_PROTNONE;
}

static inline bool pmd_none(pte_t pte)
{
	return pte.val & PTE_PMD_NONE;
}

/* What is there, whatever the pmd is. */
static inline pte_t pte_below_pmd(pte_t pte)
{
	return (pte_t){ pte.val & ~PTE_PMD_NONE };
}

static inline bool pte_uffd_wp(pte_t pte)
{
	return pte.val & PTE_UFFD_WP;
}

static inline bool pte_huge(pte_t pte)
{
	return pte.val & PTE_HUGE;
}

static inline bool pte_dirty(pte_t pte)
{
	return pte.val & PTE_DIRTY;
}

static inline bool pte_young(pte_t pte)
{
	return pte.val & PTE_YOUNG;
}

static inline bool pte_swp_exclusive(pte_t pte)
{
	return pte.val & PTE_SWP_EXCLUSIVE;
}

/* Is it what it was? That is a look again, which a mutant leaves out. */
static inline bool pte_same_at(const struct baton_point *here, pte_t a, pte_t b)
{
	return BATON_LEFT_OUT(here) || a.val == b.val;
}
#define pte_same(a, b) pte_same_at(BATON_MUTABLE("recheck", "pte_same(" #a ", " #b ")"), a, b)

static inline unsigned int pte_pfn(pte_t pte)
{
	return pte.val >> PTE_SHIFT;
}

/* The slot that a swap pte refers to. */
static inline unsigned int pte_to_swp_entry(pte_t pte)
{
	return pte.val >> PTE_SHIFT;
}

/* The page of the file that a pte of a nonlinear mapping stands for, and back. */
static inline unsigned int pte_to_pgoff(pte_t pte)
{
	return pte.val >> PTE_SHIFT;
}

static inline pte_t pgoff_to_pte(unsigned int pgoff)
{
	return (pte_t){ pgoff << PTE_SHIFT | PTE_FILE };
}

static inline pte_t mk_pte(unsigned int pfn)
{
	return (pte_t){ pfn << PTE_SHIFT | PTE_PRESENT | PTE_YOUNG };
}

static inline pte_t swp_entry_to_pte(unsigned int entry)
{
	return (pte_t){ entry << PTE_SHIFT | PTE_SWAP };
}

static inline pte_t pte_mkwrite(pte_t pte)
{
	return (pte_t){ pte.val | PTE_WRITE };
}

static inline pte_t pte_mkwrite_dirty(pte_t pte)
{
	return (pte_t){ pte.val | PTE_WRITE | PTE_DIRTY | PTE_YOUNG };
}

static inline pte_t pte_mkzapped(unsigned int pfn)
{
	return (pte_t){ pfn << PTE_SHIFT | PTE_ZAPPED };
}

static inline pte_t pte_mkclean(pte_t pte)
{
	return (pte_t){ pte.val & ~PTE_DIRTY };
}

static inline pte_t pte_mkdirty(pte_t pte)
{
	return (pte_t){ pte.val | PTE_DIRTY };
}

static inline pte_t pte_wrprotect(pte_t pte)
{
	return (pte_t){ pte.val & ~PTE_WRITE };
}

static inline pte_t pte_swp_mkexclusive(pte_t pte)
{
	return (pte_t){ pte.val | PTE_SWP_EXCLUSIVE };
}

static inline pte_t pte_swp_clear_exclusive(pte_t pte)
{
	return (pte_t){ pte.val & ~PTE_SWP_EXCLUSIVE };
}

/*
 * Each of these is one announced access of the pte of page @va in @mm. All but
 * ptep_get(), ptep_mkdirty() and ptep_mkyoung() need the pte lock. Context: on a CPU; switches.
 */
pte_t ptep_get(struct mm *mm, int va);
void set_pte_at(struct mm *mm, int va, pte_t pte);
pte_t ptep_get_and_clear(struct mm *mm, int va);
void ptep_set_wrprotect(struct mm *mm, int va);
/* From now on no walk of the hardware comes to it, or one does again. */
void ptep_set_pmd_none(struct mm *mm, int va, bool none);
/* What the page walk of a store, or of a load, does. Return: false if the pte no longer is
 * @seen, young and dirty bits aside. */
bool ptep_mkdirty(struct mm *mm, int va, pte_t seen);
bool ptep_mkyoung(struct mm *mm, int va, pte_t seen);
/* Return: was it young? */
bool ptep_test_and_clear_young(struct mm *mm, int va);

/* The pte, for a holder of the pte lock; not announced. */
pte_t pte_under_lock(const struct mm *mm, int va);

#endif
