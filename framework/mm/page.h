/* SPDX-License-Identifier: MIT */
/*
 * page.h - page frames: giving them out, their references, their lock.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_PAGE_H
#define MM_PAGE_H

#include "baton/kernel.h"

#define NR_PAGES 32       /* frame 0 is never used */
#define ZERO_PFN NR_PAGES /* one more frame: the zero page, which belongs to nobody */
#define NR_CELLS 2        /* of a page, 8 bytes apart */

/* One unit of data, and which store wrote it (ghost.h). */
struct cell {
	long value;
	uint32_t id;
};

/* Who holds a reference; for the ghost only. */
enum ref_kind {
	REF_ALLOC,   /* not visible to others yet */
	REF_PTE,     /* a present pte */
	REF_CACHE,   /* the swap cache, or the page cache */
	REF_GET,     /* FOLL_GET */
	REF_PIN,     /* FOLL_PIN, 1024 references where there is a bias */
	REF_ISOLATE, /* reclaim */
	REF_LOOKUP,  /* a fault at work, or a batch that frees after the TLB flush */
	REF_SPTE,    /* a secondary MMU */
	REF_KINDS,
};

struct page {
	atomic_t refcount;
	atomic_t mapcount;          /* number of present ptes */
	atomic_t compound_mapcount; /* of a huge page: how often it is mapped as a whole */
	struct bit_lock lock;       /* PG_locked */
	uint8_t head;               /* PG_head: it is huge; see huge_memory.h */
	uint8_t double_map;         /* PG_double_map: mapped both ways, mapcount has one more */
	uint8_t anon_exclusive;     /* PG_anon_exclusive */
	uint8_t swapcache;          /* PG_swapcache */
	uint8_t dirty;              /* PG_dirty */
	uint8_t lazyfree;           /* no PG_swapbacked: MADV_FREE */
	uint8_t ksm;                /* PageKsm: several addresses have it for its content */
	uint8_t writeback;          /* PG_writeback: see writeback.h */
	uint8_t stable;             /* the device that writes it needs stable data */
	uint8_t reading;            /* not PG_uptodate: it is being read, or that failed */
	uint8_t buffers;            /* see page_writeback.h */
	uint8_t dma_pinned;         /* PG_dma_pinned: proposals of 2018 (pincount.c) */
	uint8_t private;            /* swap slot while in the swap cache */
	uint8_t mapping;            /* page_mapping_*() below; 0: none */
	uint8_t index;              /* in what it belongs to: see linear_page_index() */
	uint8_t generation;
	struct cell cell[NR_CELLS];
	char name[8];       /* "A'" */
	char lock_name[20]; /* "page_lock(A')" */
	/* ghost */
	uint8_t frozen;
	uint8_t pins_in_mapcount;
	uint8_t orphan;          /* its file has given it up */
	uint8_t mkwrite;         /* faults that made it writable and have not made it dirty yet */
	uint8_t place;           /* that it was made for */
	uint32_t sums[NR_CELLS]; /* the stores that it made its checksum of */
	int8_t refs[REF_KINDS];
};

/* What the page belongs to, in page.mapping: an anon_vma, or a file. */
#define MAPPING_FILE 0x80u

static inline bool page_anon(const struct page *page)
{
	return page->mapping && !(page->mapping & MAPPING_FILE);
}

#define GUP_PIN_COUNTING_BIAS 1024
#define REFCOUNT_TINY_MASK 7 /* of the count where it shall overflow soon */

/*
 * A frame with one reference (REF_ALLOC) that belongs to nothing; NULL if there is no
 * memory. @place: what it is made for (NR_PLACES); its name says so.
 */
struct page *alloc_page(int place);

/* Make @page the zero page. Not a step. */
void zero_page_init(struct page *page);

/* One more reference, for @kind. Violation: use_after_free, if the page is free. */
void get_page(struct page *page, enum ref_kind kind);
/* For gup: are there so many references that another one is refused? */
bool page_ref_overflows(const struct page *page);
/* Return: false if the page is free or frozen. */
bool try_get_page(struct page *page, enum ref_kind kind);
/* Give up a reference of @kind; the last one frees the page. */
void put_page(struct page *page, enum ref_kind kind);
int page_count(const struct page *page);
/* Is it free now? Not a step. */
bool page_is_free(const struct page *page);
/* Take all @count references if there are no others. */
bool page_ref_freeze(struct page *page, int count);
/* Give a frozen page @count references back. */
void page_ref_unfreeze(struct page *page, int count);
/* Free a frozen page. */
void free_frozen_page(struct page *page);
/* A reference changes its meaning, not its number. Not a step. */
void page_ref_move(struct page *page, enum ref_kind from, enum ref_kind to);

bool page_maybe_dma_pinned(const struct page *page);

/* PG_swapcache. Page locked, or what is compared tells: not a step. */
static inline bool page_swapcache(const struct page *page)
{
	baton_access_locked(&page->swapcache, BATON_READ);
	return page->swapcache;
}

/* The object that PG_locked, and PG_dirty where the lock is not held, are announced with. */
static inline const void *page_flags(const struct page *page)
{
	return &page->lock.bit;
}

void set_page_dirty(struct page *page);
/* One READ. */
bool page_dirty(const struct page *page);
/* Sleep until it is not locked. Finding: deadlock. */
void wait_on_page_locked(const struct page *page);

#define lock_page(page) \
	spin_lock_at(BATON_MUTABLE("lock", "lock_page(" #page ")"), &(page)->lock.bit)
/* Somebody else may have it for a moment: where a scenario asks for that. */
#define trylock_page(page)                  \
	(!baton_fault("mm/trylock_page") && \
	 spin_trylock_at(BATON_MUTABLE("lock", "trylock_page(" #page ")"), &(page)->lock.bit))
#define unlock_page(page) bit_unlock_at(BATON_HERE("unlock_page(" #page ")"), &(page)->lock)

/* Without the reference; without giving it up; frozen whatever the count is. */
#define get_page(page, kind) BATON_UNLESS_LEFT_OUT("get", get_page(page, kind), (void)0)
#define try_get_page(page, kind) BATON_UNLESS_LEFT_OUT("get", try_get_page(page, kind), true)
#define put_page(page, kind) BATON_UNLESS_LEFT_OUT("put", put_page(page, kind), (void)0)

#endif
