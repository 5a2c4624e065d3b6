/* SPDX-License-Identifier: MIT */
/* page.c - page frames: giving them out, counting references, freeing. */
#include <stdio.h>
#include <string.h>

#include "baton/lockdep.h"
#include "mm/mm.h"

/* Macros for their callers: what they call here is never left out. */
#undef get_page
#undef try_get_page
#undef put_page

/* What one reference of a kind adds to the count. */
static int weight(enum ref_kind kind)
{
	return kind == REF_PIN && patched(PINCOUNT_BIAS1024) ? GUP_PIN_COUNTING_BIAS : 1;
}

static void count_ref(struct page *page, enum ref_kind kind, int change)
{
	page->refs[kind] = (int8_t)(page->refs[kind] + change);
	ghost_changed();
}

/* "A" or "F0", then "A'" for the second frame made for it, and so on. */
static void name_page(struct page *page, int place)
{
	unsigned int primes = world.ghost.primes[place]++;
	unsigned int length = 1;
	char name[sizeof(page->name)] = { (char)('A' + place) };

	if (place >= NR_VAS) {
		name[0] = (char)('F' + (place - NR_VAS) / FILE_PAGES);
		name[length++] = (char)('0' + (place - NR_VAS) % FILE_PAGES);
	}
	while (primes-- && length < sizeof(name) - 1)
		name[length++] = '\'';
	memcpy(page->name, name, sizeof(name));
	(void)snprintf(page->lock_name, sizeof(page->lock_name), "page_lock(%s)", name);
	bit_lock_init(&page->lock, page->lock_name);
	mm_lock_is(&page->lock.bit, PAGE_LOCK);
}

bool page_is_free(const struct page *page)
{
	return page->refcount.counter == 0 && !page->frozen;
}

/* A frame that was used before: the one that was freed first; NULL if there is none. Each
 * look is a step: the one that freed a frame comes before it, or after. */
static struct page *reuse_frame(void)
{
	for_each_page(page)
	{
		POINT("mm/page_reuse");
		baton_access(BATON_HERE("free list"), &page->refcount, BATON_RMW);
		if (page_is_free(page))
			return page;
	}
	return NULL;
}

static struct page *next_frame(void)
{
	if (baton_fault("mm/page_reuse")) {
		struct page *page = reuse_frame();

		if (page)
			return page;
		baton_access(BATON_HERE("alloc_page"), &world.pages_used, BATON_RMW);
	}
	if (world.pages_used == NR_PAGES)
		baton_fail("model_limit", "the model has %d page frames", NR_PAGES - 1);
	return pfn_to_page(world.pages_used++);
}

static void clear_page(struct page *page)
{
	for (int i = 0; i < NR_CELLS; i++) {
		if (page->generation) /* a device may still write to the frame */
			baton_access(BATON_HERE("clear_page"), &page->cell[i], BATON_WRITE);
		page->cell[i] = (struct cell){ 0 };
	}
}

/*
 * Linux: mm/page_alloc.c alloc_page() (all)
 * Model: reduced: frames are given out in order; one that was freed is given out again
 *	where a scenario chooses so (mm/page_reuse)
 */
struct page *alloc_page(int place)
{
	struct page *page;

	might_sleep();
	POINT("mm/alloc_page");
	baton_access(BATON_HERE("alloc_page"), &world.pages_used, BATON_RMW);
	if (baton_fault("mm/alloc_page")) {
		baton_note("no memory");
		return NULL;
	}
	page = next_frame();
	name_page(page, place);
	page->place = (uint8_t)place;
	page->refcount.counter = 1;
	count_ref(page, REF_ALLOC, 1);
	clear_page(page);
	return page;
}

void zero_page_init(struct page *page)
{
	memcpy(page->name, "zero", sizeof("zero"));
	memcpy(page->lock_name, "page_lock(zero)", sizeof("page_lock(zero)"));
	bit_lock_init(&page->lock, page->lock_name);
	mm_lock_is(&page->lock.bit, PAGE_LOCK);
	page->refcount.counter = 1;
	page->refs[REF_ALLOC] = 1;
}

static void note_free_use(const struct page *page, const char *what)
{
	ghost_violation(USE_AFTER_FREE, "%s of %s, which is free", what, page->name);
}

/* In the step that counted: the count has as many bits as the scenario wants. */
static void wrap(struct page *page)
{
	if (patched(REFCOUNT_TINY))
		page->refcount.counter &= REFCOUNT_TINY_MASK;
}

/*
 * Linux: include/linux/mm.h get_page() (all)
 * Model: exact
 */
void get_page(struct page *page, enum ref_kind kind)
{
	atomic_add_at(BATON_NAMED("page/get"), weight(kind), &page->refcount);
	wrap(page);
	if (page->refcount.counter == weight(kind) && !patched(REFCOUNT_TINY))
		note_free_use(page, "get_page()");
	count_ref(page, kind, 1);
}

/*
 * Linux: include/linux/mm.h try_get_page() (v5.1)
 * Model: reduced: its check; the count is taken in the next step
 */
bool page_ref_overflows(const struct page *page)
{
	int count;

	if (!patched(REFCOUNT_TINY) || !patched(REF_OVERFLOW_REFUSED))
		return false;
	POINT("gup/ref_checked");
	count = page_count(page);
	return !count || count > REFCOUNT_TINY_MASK / 2;
}

/*
 * Linux: include/linux/mm.h get_page_unless_zero(), try_grab_page() (all)
 * Model: reduced: a FOLL_PIN takes its 1 + 1023 references at once
 */
bool try_get_page(struct page *page, enum ref_kind kind)
{
	if (!atomic_add_unless(&page->refcount, weight(kind), 0))
		return false;
	wrap(page);
	count_ref(page, kind, 1);
	return true;
}

static bool has_pte(const struct page *page)
{
	for_each_mm(mm)
	{
		for (int va = 0; va < NR_VAS; va++)
			if (pte_maps(mm->pgtable[va], page))
				return true;
	}
	return false;
}

static bool caches(const struct tlb_entry *entry, const struct page *page)
{
	return entry->valid && entry->pfn == page_to_pfn(page) &&
	       entry->generation == page->generation;
}

static bool has_tlb_entry(const struct page *page)
{
	for (int i = 0; i < NR_CPUS; i++) {
		for (int va = 0; va < NR_VAS; va++)
			if (caches(&world.cpus[i].tlb[va], page))
				return true;
	}
	return false;
}

static bool has_spte(const struct page *page)
{
	for (int va = 0; va < NR_VAS; va++)
		if (world.secondary.spte[va].valid &&
		    world.secondary.spte[va].pfn == page_to_pfn(page) &&
		    world.secondary.spte[va].generation == page->generation)
			return true;
	return false;
}

static void check_free(const struct page *page)
{
	const char *user = NULL;

	if (has_pte(page) || page->mapcount.counter || page->compound_mapcount.counter)
		user = "a pte maps it";
	else if (has_tlb_entry(page))
		user = "a TLB entry maps it";
	else if (has_spte(page))
		user = "a spte maps it";
	else if (page->swapcache)
		user = "it is in the swap cache";
	else if (page->writeback)
		user = "a device writes it";
	else if (in_page_cache(page))
		user = "it is in the page cache";
	else if (page->refs[REF_GET] || page->refs[REF_PIN])
		user = "it is pinned";
	if (user)
		ghost_violation(FREED_IN_USE, "%s is freed while %s", page->name, user);
}

/*
 * Linux: mm/page_alloc.c free_hot_cold_page() (v2.6.29)
 * Model: exact for one frame
 */
static void free_page(struct page *page)
{
	check_free(page);
	page->generation++;
	page->mapping = 0;
	page->orphan = 0;
	page->anon_exclusive = 0;
	page->head = 0;
	page->dirty = 0;
	page->lazyfree = 0;
	page->ksm = 0;
	page->buffers = 0;
	page->dma_pinned = 0;
	baton_note("frees %s", page->name);
	ghost_changed();
}

/*
 * Linux: mm/swap.c put_page(), unpin_user_page() (all)
 * Model: exact, without set_page_dirty_lock(): see release_user_page()
 */
void put_page(struct page *page, enum ref_kind kind)
{
	bool last = !atomic_add_return_at(BATON_NAMED("page/put"), -weight(kind), &page->refcount);

	if (!patched(REFCOUNT_TINY) && page->refcount.counter < 0)
		note_free_use(page, "put_page()");
	count_ref(page, kind, -1);
	if (last)
		free_page(page);
}

/*
 * Does somebody hold a reference for a moment: a lookup that was too late, or a batch of pages
 * on their way to a list of reclaim's? Nothing but a count shows it.
 */
static bool passer_by(void)
{
	if (!baton_fault("mm/spurious_ref"))
		return false;
	baton_note("and one that comes by");
	return true;
}

/*
 * Linux: include/linux/mm.h page_count() (all)
 * Model: exact
 */
int page_count(const struct page *page)
{
	return atomic_read(&page->refcount) + passer_by();
}

/*
 * Linux: include/linux/page_ref.h page_ref_freeze() (all)
 * Model: exact
 */
bool page_ref_freeze(struct page *page, int count)
{
	int was = passer_by() ? atomic_read(&page->refcount) + 1 :
				atomic_cmpxchg(&page->refcount, count, 0);

	if (BATON_RECHECK(was != count)) {
		baton_note("busy: %d references", was);
		return false;
	}
	page->refcount.counter = 0; /* as it is, where that was looked at */
	page->frozen = 1;
	return true;
}

/*
 * Linux: include/linux/page_ref.h page_ref_unfreeze() (all)
 * Model: exact
 */
void page_ref_unfreeze(struct page *page, int count)
{
	POINT("page/unfrozen");
	atomic_set(&page->refcount, count);
	page->frozen = 0;
	ghost_changed();
}

void free_frozen_page(struct page *page)
{
	page->frozen = 0;
	for (int kind = 0; kind < REF_KINDS; kind++)
		page->refs[kind] = 0;
	bit_unlock_private(&page->lock);
	free_page(page);
}

void page_ref_move(struct page *page, enum ref_kind from, enum ref_kind to)
{
	count_ref(page, from, -1);
	count_ref(page, to, 1);
}

/*
 * Linux: include/linux/mm.h page_maybe_dma_pinned() (v5.7)
 * Model: exact for one page frame
 */
bool page_maybe_dma_pinned(const struct page *page)
{
	return atomic_read(&page->refcount) >= GUP_PIN_COUNTING_BIAS;
}

/* Its buffers are dirty with it: all of them. */
static void dirty_buffers(struct page *page)
{
	if (page->buffers & BUFFERS_ATTACHED)
		page->buffers |= BUFFERS_DIRTY;
	else if (page_file(page)->accounts_dirty)
		ghost_violation(DIRTY_UNBUFFERED, "%s is made dirty, but its buffers are gone",
				page->name);
	ghost_changed();
}

/*
 * Linux: mm/page-writeback.c set_page_dirty() (v2.6.29), with __set_page_dirty_buffers()
 * Model: reduced: the buffers in the same step
 */
void set_page_dirty(struct page *page)
{
	baton_access(BATON_HERE("SetPageDirty"), page_flags(page), BATON_RMW);
	page->dirty = 1;
	if (page_file(page))
		dirty_buffers(page);
}

/*
 * Linux: include/linux/page-flags.h PageDirty() (all)
 * Model: exact
 */
bool page_dirty(const struct page *page)
{
	baton_access(BATON_HERE("PageDirty"), page_flags(page), BATON_READ);
	return page->dirty;
}

static bool not_locked(const void *object)
{
	const struct bit_lock *lock = object;

	return !bit_is_locked(lock);
}

static const char *page_lock_name(const void *object)
{
	return ((const struct bit_lock *)object)->bit.dep_map.name;
}

static const struct baton_wait unlock_wait = { not_locked, NULL, page_lock_name };

/*
 * Linux: include/linux/pagemap.h wait_on_page_locked() (v2.6.29)
 * Model: exact
 */
void wait_on_page_locked(const struct page *page)
{
	might_sleep();
	wait_event_at(BATON_HERE("wait_on_page_locked"), &page->lock, &unlock_wait);
}
