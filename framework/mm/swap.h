/* SPDX-License-Identifier: MIT */
/*
 * swap.h - the swap device, its slots, and the swap cache: pages that stand for them.
 *
 * A slot is free when no swap pte refers to it and it has no page in the swap cache.
 * PG_swapcache and page.private belong to the page lock; all else here is one object, the
 * swap_lock, but for the device's queue.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_SWAP_H
#define MM_SWAP_H

#include "mm/page.h"

struct mm;

#define NR_SLOTS 16
#define NR_CONTINUATIONS 3

struct swap_slot {
	uint8_t count;     /* swap ptes, those of continuation pages left out: swap_count() */
	uint8_t has_cache; /* SWAP_HAS_CACHE */
	uint8_t cache;     /* frame in the swap cache; 0: a fault reads the slot without it */
	uint8_t va;        /* ghost: the address of the page that was written there */
	struct cell cell[NR_CELLS];
};

/* What swap_device() says about the device. */
struct swap_flags {
	uint8_t stable;         /* SWP_STABLE_WRITES: it reads a page twice */
	uint8_t async;          /* it writes while others go on: swap_device_run() */
	uint8_t synchronous_io; /* SWP_SYNCHRONOUS_IO: faults may skip the swap cache */
	uint8_t discard;        /* it forgets what is in a slot that becomes free */
	uint8_t removable;      /* somebody calls swapoff() */
	uint8_t map_max;        /* what a slot counts without a continuation; 0: enough */
};

struct swap_info {
	struct swap_slot slot[NR_SLOTS];
	struct swap_flags flags;
	uint8_t next;    /* where the search for a free slot begins */
	uint8_t off;     /* swapoff() has begun: no new slots */
	uint8_t dying;   /* and waits for those who use the device */
	uint8_t freed;   /* and has freed the swap_map */
	uint8_t users;   /* get_swap_device() */
	uint8_t changes; /* of counts and cache */
	uint8_t tried;   /* changes that swapoff() has seen */
	/* Continuation pages: the one in use (0: none), and what each adds to the counts. */
	uint8_t continuation, continuations;
	uint8_t more[NR_CONTINUATIONS + 1][NR_SLOTS];
	uint8_t queue[NR_SLOTS]; /* submitted to the device */
};

/* Page locked: give it a slot and put it into the swap cache. Return: false if there is none. */
bool add_to_swap(struct page *page);
/* One more swap pte, of @mm, which swapoff() finds from now on. Return: false (ENOMEM) if the
 * slot needs a continuation page first. */
bool swap_duplicate(struct mm *mm, unsigned int entry);
/* Make room for larger counts. Return: false if there is no memory. */
bool add_swap_count_continuation(unsigned int entry);
void swap_free(unsigned int entry);
/* The same, for a pte that is zapped: the page in the swap cache goes too, if nobody needs it. */
void free_swap_and_cache(unsigned int entry);
/* Swap ptes of a slot, as the swap_map has it. Not a step. */
int swap_count(unsigned int entry);
/* One less; in the caller's step. Not a step. */
void swap_count_sub(unsigned int entry);
/* In the caller's step: one page less, or swap pte less, belongs to the slot. Not a step. */
void swap_slot_put(struct swap_slot *slot);
/* Counts or cache of a slot changed. Not a step. */
void swap_changed(void);
/* Page locked, in the swap cache: is the device writing it? A step where it can be. */
bool swap_under_writeback(const struct page *page);
/* Page locked: may its only user write to it? Takes it out of the swap cache if that helps. */
bool reuse_swap_page(struct page *page);
/* Page locked: take it out of the swap cache if no pte refers to the slot. */
bool try_to_free_swap(struct page *page);
/* Page frozen: take it out of the swap cache. */
void delete_frozen_from_swap_cache(struct page *page);

/* With a reference (REF_LOOKUP); NULL if it is not there. */
struct page *lookup_swap_cache(unsigned int entry);
/* The same. @notices: as for swap_map_there() */
struct page *find_swap_cache(unsigned int entry, bool notices);
/* It was not there: read the slot, for page @va. NULL: no memory, or look at the pte again. */
struct page *swapin_page(unsigned int entry, int va, bool *no_memory);
/* A page for @entry that is not in the swap cache, locked; NULL: no memory. */
struct page *swapin_direct(unsigned int entry, int va);
/* Keep others from using the slot. Return: false if somebody does, or it is free. */
bool swapcache_prepare(unsigned int entry);
void swapcache_clear(unsigned int entry);
/* Until nobody does so any more. Return: false if nobody did, in the step of the caller. */
bool wait_for_direct_swapin(unsigned int entry);

enum swap_write {
	SWAP_UNUSED,    /* no pte needs the slot any more */
	SWAP_WRITTEN,   /* still locked */
	SWAP_SUBMITTED, /* unlocked, and under writeback until the device is done */
};

/* Page locked, and clean: write it to its slot. */
enum swap_write swap_writepage(struct page *page);
/* Read the slot to a page that nobody else looks at: page.reading if that fails. */
void swap_readpage(struct page *page, unsigned int entry);
/* What the device is: writes what is submitted, for ever. Returns at once in finally. */
void swap_device_run(void);

/* Hold the device. Return: false if swapoff() is at its end. */
bool get_swap_device(void);
void put_swap_device(void);
/* In the caller's step: the swap_map is looked at. Return: false if swapoff() freed it.
 * Violation: use_after_free, if that is so and the caller does not notice. Not a step. */
bool swap_map_there(bool notices);
/* Swap everything in, and give the device up. */
void swapoff(void);

#endif
