/* SPDX-License-Identifier: MIT */
/*
 * ghost.h - what really happened, kept beside the model for the oracles.
 *
 * Each store has a number, so that a value that turns up in the wrong place has an
 * author. The ghost knows, for each cell of each address space, which store a load
 * must return; who forked when; who holds which reference; and which pins are live.
 * Nothing here changes what the model does, and no access is announced.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_GHOST_H
#define MM_GHOST_H

#include "mm/filemap.h"
#include "mm/mm_types.h"
#include "mm/oracle_notifier.h"
#include "mm/tlb.h"

#define NR_PINS 8

/* Ghost: what a caller of gup holds. */
struct pin {
	uint8_t pfn; /* 0: free entry */
	uint8_t generation;
	uint8_t mm, va;
	uint8_t pinned;    /* FOLL_PIN, else FOLL_GET */
	uint8_t write;     /* FOLL_WRITE */
	uint8_t longterm;  /* FOLL_LONGTERM */
	uint8_t discarded; /* its owner unmapped the address */
	uint8_t released;  /* its holder is giving it back */
};

enum oracle {
#define ORACLE(id, name, number, help, check, fatal) id,
#include "mm/tables/oracles.inc"
#undef ORACLE
	ORACLES
};

#define WHY_BYTES 128

struct ghost {
	uint32_t stores;
	uint32_t changed; /* bit per oracle: something changed since it last looked */
	uint32_t noticed; /* and: violated since oracles_news() was last asked */
	uint8_t next_va;
	uint8_t origin[NR_VAS];    /* frame first mapped there */
	uint8_t owner[NR_VAS];     /* mm that it was made in */
	uint8_t primes[NR_PLACES]; /* frames given out for it so far */
	uint8_t scans_failed[NR_PLACES];
	uint8_t copies[NR_VAS];
	uint8_t prepare_failed[NR_VAS]; /* swapcache_prepare() found somebody at the slot */
	uint8_t dropped_held[NR_VAS];   /* ghost_mark_dropped() of a page that a writer holds */
	struct pin pins[NR_PINS];
	struct seen files[NR_FILES + 1][FILE_PAGES][NR_CELLS];
	/* Bit per cell: what memory has of it could not be written; and as wb_err, but a CPU
	 * that is told clears its own bit. */
	uint8_t lost[NR_FILES + 1][FILE_PAGES];
	uint32_t untold[NR_FILES + 1];
	struct notifier_ghost notifier;
	struct {
		bool violated;
		char why[WHY_BYTES];
	} oracle[ORACLES];
};

/* Ptes, counts, flags or swap changed: oracles that look at state look again. */
void ghost_changed(void);

/* @oracle is violated: keeps the first text. */
void ghost_violation(enum oracle oracle, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* @mm stores @value to a cell of @page through its page @va. */
void ghost_store(struct mm *mm, int va, int index, struct page *page, long value);

/* @mm loads from its page @va and gets what is in a cell of @page. */
void ghost_load(struct mm *mm, int va, int index, const struct page *page);

/* Which store a load from that cell of @page must return: of the file, or of @mm. */
struct seen *ghost_seen(struct mm *mm, int va, int index, const struct page *page);

/* A page of a new file is filled, in memory and on disk. */
void ghost_file_fill(unsigned int file, unsigned int index, long value);

/* That page of a file has no blocks on disk any more: it reads as zero. */
void ghost_file_hole(struct address_space *file, unsigned int index);

/* write() stores @value to a cell of @page, a file's. */
void ghost_file_store(struct page *page, int index, long value);
/* A device that was told of another page: whoever loads that here has lost what was stored. */
void ghost_stray_store(struct page *page, int index, long value);

/* A device reads cell @index of @page through @pin. */
void ghost_device_load(const struct pin *pin, const struct page *page, int index);

/* A device that needs stable data reads a cell for its checksum, and then its data. */
void ghost_device_sums(struct page *page, int index);
/* Violation: torn_write. */
void ghost_device_copies(const struct page *page, int index);

/* Page locked: its writer has decided whether the page is pinned. Violation: pin_overlooked. */
void ghost_pin_decision(const struct page *page);

/* What is on disk, or in memory, of a cell is new. */
void ghost_written(const struct address_space *file, unsigned int index, int cell);
/* The device could not write the cells @cells of @page. */
void ghost_write_failed(const struct address_space *file, const struct page *page,
			unsigned int cells);
/* fsync() by the CPU of bit @self is done with a page, and says that a write @failed. Violation:
 * error_untold, if it does not although one did. */
void ghost_fsync_page(const struct address_space *file, unsigned int index, uint32_t self,
		      bool failed);

/* fsync() is over. Violation: write_lost, if nobody else runs and a store is not on disk. */
void ghost_fsync_done(const struct address_space *file);

/* A fault does not take @page for exclusive although its swap pte says so. */
void ghost_mark_dropped(const struct page *page);

/* fork() makes a mapping of page @va for the child: what is there by now it must have. */
void ghost_fork_page(const struct mm *parent, struct mm *child, int va);
/* fork() copies the pte of page @va. */
void ghost_fork_pte(const struct mm *parent, struct mm *child, int va);
/*
 * fork() is complete, as far as cell @index of page @va goes. Where other CPUs may be storing to
 * it, in a step that accesses the cell: or a search could take stores before and after for one.
 */
void ghost_fork_done(const struct mm *parent, struct mm *child, int va, int index);

/* @mm gives up its page @va by munmap(). */
void ghost_discard(struct mm *mm, int va);

/* MADV_DONTNEED of page @va begins, or ends: what is stored meanwhile may be lost. */
void ghost_dontneed_begin(struct mm *mm, int va);
void ghost_dontneed_end(struct mm *mm, int va);

/* MADV_FREE: what is stored before its end may become zero, until the next store. */
void ghost_free_begin(struct mm *mm, int va);
void ghost_free_end(struct mm *mm, int va);

/* KSM maps @kpage instead of @page at page @va: no loss where their contents are equal. */
void ghost_merged(struct mm *mm, int va, const struct page *page, const struct page *kpage);

/* mremap() begins to move page @va to @to. */
void ghost_move(struct mm *mm, int va, int to);

/*
 * A system call has taken a right to page @va away and returns. @weakened: mm.weakened of
 * the page as it was before the pte lock was dropped.
 */
void ghost_tlb_taken(struct mm *mm, int va, enum tlb_right right, unsigned int weakened);
/* A CPU cached page @va of @mm in @entry. */
void ghost_tlb_filled(const struct mm *mm, int va, const struct tlb_entry *entry);

/* @mm has new, empty memory there. */
void ghost_map(struct mm *mm, int va);
/* @mm has memory there that shows what others store, until it stores to it itself. */
void ghost_map_file(struct mm *mm, int va);

/* What is known of a gup before it looks for the page. */
struct gup_call {
	unsigned int flags;
	uint8_t discards; /* mm.discards[va] then: munmap() may come while it runs */
};

/* gup succeeded. Finding: model_limit, when there are too many at once. */
void ghost_pin(const struct mm *mm, int va, const struct page *page, const struct gup_call *call);

/* Its caller has lost a FOLL_PIN of @page, without giving it back. */
void ghost_pin_forgotten(const struct page *page);

/* The pin of @page, of kind @pinned, preferably of @mm; NULL if there is none. */
struct pin *ghost_pin_find(const struct page *page, bool pinned, unsigned int mm);

#endif
