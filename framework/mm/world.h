/* SPDX-License-Identifier: MIT */
/*
 * world.h - all state of the model: page frames, address spaces, swap, CPUs.
 *
 * One struct, without pointers to the heap, so that a copy of its bytes saves the
 * world. Everything is small: a page has two cells, an address space four pages.
 * A page frame is given out once in an execution and never again; its generation
 * changes when it is freed, so that a stale reference is noticed.
 *
 * What is announced (sim.h) and what is not, in all of mm/:
 *
 *	- An access to something that another CPU can reach at that moment is announced.
 *	- The pte lock orders accesses among its holders: what only they touch needs no
 *	  announcement of its own. Ptes have readers without the lock (gup_fast, the page
 *	  walk), so each change of a pte is announced. A read under the lock is not, where
 *	  it looks only at bits that no CPU sets behind the lock's back (all but dirty).
 *	- The page lock orders what only its holders touch: PG_swapcache and private. PG_dirty
 *	  is also set without it, by who gives back a page that a device wrote to.
 *	- refcount, mapcount and anon_exclusive have readers with neither lock: announced.
 *	- A page that nobody else can find yet, or that is frozen, is private.
 *	- All of swap (map, cache, slots) is one object: world.swap, the swap_lock.
 *	- TLB entries change in steps of their own CPU, or on its interrupt line.
 *	- The ghost (ghost.h) is never announced and never looked at by the model.
 *
 * Layer: mm. May include: kernel, engine, base.
 */
#ifndef MM_WORLD_H
#define MM_WORLD_H

#include "baton/kernel.h"
#include "mm/pte.h"

#define NR_PAGES 16 /* frame 0 is never used */
#define NR_MMS 4    /* number 0 is never used */
#define NR_VAS 4    /* pages of an address space; an address means the same in all */
#define NR_CELLS 2  /* of a page, 8 bytes apart */
#define NR_SLOTS 4  /* of swap */
#define NR_PINS 8
#define NR_RULES 12

/* One unit of data, and which store wrote it (ghost.h). */
struct cell {
	long value;
	uint32_t id;
};

/* Who holds a reference; for the ghost only. */
enum ref_kind {
	REF_ALLOC,   /* not visible to others yet */
	REF_PTE,     /* a present pte */
	REF_CACHE,   /* the swap cache */
	REF_GET,     /* FOLL_GET */
	REF_PIN,     /* FOLL_PIN, 1024 references where there is a bias */
	REF_ISOLATE, /* reclaim */
	REF_LOOKUP,  /* a fault at work, or a batch that frees after the TLB flush */
	REF_SPTE,    /* a secondary MMU */
	REF_KINDS,
};

struct page {
	atomic_t refcount;
	atomic_t mapcount;      /* number of present ptes */
	struct bit_lock lock;   /* PG_locked */
	uint8_t anon_exclusive; /* PG_anon_exclusive */
	uint8_t swapcache;      /* PG_swapcache */
	uint8_t dirty;          /* PG_dirty */
	uint8_t private;        /* swap slot while in the swap cache */
	uint8_t va;             /* index: where it is mapped */
	uint8_t generation;
	struct cell cell[NR_CELLS];
	char name[8];       /* "A'" */
	char lock_name[20]; /* "page_lock(A')" */
	/* ghost */
	uint8_t frozen;
	int8_t refs[REF_KINDS];
};

#define VM_MAPPED 1u
#define VM_WRITE 2u
#define VM_ANON_VMA 4u /* on the list that rmap walks; stays after munmap */

/* Ghost: a load of this cell returns a store in this range. More than one only in a
 * child whose parent went on storing during fork(). */
struct seen {
	uint32_t low, high;
};

struct mm {
	const char *name; /* "P" */
	struct rw_semaphore mmap_lock;
	spinlock_t ptl;
	pte_t pgtable[NR_VAS];
	uint8_t vm_flags[NR_VAS];
	int has_pinned;
	int write_protect_seq;
	/* ghost */
	uint8_t parent;     /* number, 0: none */
	uint32_t fork_done; /* last store when it was forked completely */
	struct seen mem[NR_VAS][NR_CELLS];
	uint8_t discards[NR_VAS]; /* how often munmap() took the page */
};

struct swap_slot {
	uint8_t count; /* swap ptes */
	uint8_t has_cache;
	uint8_t cache; /* frame in the swap cache */
	struct cell cell[NR_CELLS];
};

struct swap_info {
	struct swap_slot slot[NR_SLOTS];
};

struct tlb_entry {
	uint8_t valid, write, dirty;
	uint8_t pfn, generation;
};

struct cpu {
	uint8_t mm;   /* number of the one it runs, 0: none */
	uint8_t user; /* it was ever given an mm: TLB flushes go there */
	struct tlb_entry tlb[NR_VAS];
};

struct anon_vma {
	spinlock_t lock;
};

/* One secondary MMU as KVM had it in 2009: it holds a reference for each spte. */
struct kvm {
	uint8_t mm; /* number; 0: there is none */
	spinlock_t mmu_lock;
	int notifier_seq, notifier_count;
	struct spte {
		uint8_t valid, write;
		uint8_t pfn, generation;
		struct bit_lock in_guest; /* held by a vcpu while it uses this spte */
	} spte[NR_VAS];
};

/* Ghost: what a caller of gup holds. */
struct pin {
	uint8_t pfn; /* 0: free entry */
	uint8_t generation;
	uint8_t mm, va;
	uint8_t pinned;    /* FOLL_PIN, else FOLL_GET */
	uint8_t write;     /* FOLL_WRITE */
	uint8_t discarded; /* its owner unmapped the address */
};

enum oracle {
	REF_MISMATCH,
	MAP_MISMATCH,
	FREED_IN_USE,
	USE_AFTER_FREE,
	COW_LEAK,
	PIN_LOST,
	WRITE_LOST,
	SHARED_EXCLUSIVE,
	SWAP_MISMATCH,
	ORACLES,
};

#define WHY_BYTES 96

struct ghost {
	uint32_t stores;
	uint32_t changed; /* bit per oracle: something changed since it last looked */
	bool noticed;     /* a violation since oracles_news() was last asked */
	uint8_t next_va;
	uint8_t origin[NR_VAS]; /* frame first mapped there */
	uint8_t owner[NR_VAS];  /* mm that it was made in */
	uint8_t primes[NR_VAS]; /* frames given out for it so far */
	uint8_t scans_failed[NR_VAS];
	uint8_t copies[NR_VAS];
	struct pin pins[NR_PINS];
	struct {
		bool violated;
		char why[WHY_BYTES];
	} oracle[ORACLES];
};

struct world {
	struct page pages[NR_PAGES];
	uint8_t pages_used; /* frames given out, the unused first one included */
	struct mm mms[NR_MMS];
	uint8_t mms_used;
	struct anon_vma anon_vmas[NR_VAS];
	struct swap_info swap;
	struct cpu cpus[NR_CPUS];
	struct kvm kvm;
	struct smp smp;
	uint8_t rules[NR_RULES]; /* value in force of each rule (rules.h) */
	struct ghost ghost;
};

extern struct world world;

/* Start over: @cpu_count CPUs, nothing mapped; see model.h. */
void world_reset(unsigned int cpu_count, const unsigned int *rules);

static inline unsigned int page_to_pfn(const struct page *page)
{
	return (unsigned int)(page - world.pages);
}

static inline struct page *pfn_to_page(unsigned int pfn)
{
	return &world.pages[pfn];
}

static inline unsigned int mm_number(const struct mm *mm)
{
	return (unsigned int)(mm - world.mms);
}

/* For each mm in use. */
#define for_each_mm(mm) for (struct mm *mm = world.mms + 1; mm < world.mms + world.mms_used; mm++)

#endif
