/* SPDX-License-Identifier: MIT */
/*
 * swapoff.c - giving up the swap device: everything comes back, then its map is freed.
 *
 * swapoff() finds swap ptes by walking the address spaces that may have some (mmlist). It
 * goes round until no slot is in use: what it missed, because it came too early, it finds in
 * the next round. Who holds a slot's number but no pte with it (a fault that is under
 * way) is not waited for, unless it holds the device (get_swap_device(), v5.14).
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

bool get_swap_device(void)
{
	if (!world.swap.flags.removable)
		return true;
	POINT("swap/device_get");
	baton_access(BATON_HERE("get_swap_device"), &world.swap, BATON_RMW);
	if (world.swap.dying) {
		baton_note("swapoff");
		return false;
	}
	world.swap.users++;
	return true;
}

void put_swap_device(void)
{
	if (!world.swap.flags.removable)
		return;
	POINT("swap/device_put");
	baton_access(BATON_HERE("put_swap_device"), &world.swap, BATON_RMW);
	world.swap.users--;
}

/* Other bits of a swap pte say something about the page, not which slot it is. */
static bool same_entry(pte_t pte, unsigned int entry)
{
	if (patched(UNUSE_SAME_EXACT))
		return pte_same(pte, swp_entry_to_pte(entry));
	return pte_is_swap(pte) && pte_to_swp_entry(pte) == entry;
}

/* Pte lock held: let @page be mapped; or if it could not be read, nothing. */
static void replace_swap_pte(struct vm_area_struct *vma, int va, struct page *page, bool exclusive)
{
	struct mm *mm = vma_mm(vma);

	if (page->reading && patched(UNUSE_ERROR_SIGBUS)) {
		POINT("swapoff/error_set");
		set_pte_at(mm, va, (pte_t){ PTE_SWAPIN_ERROR });
		baton_note("%s cannot be read", page->name);
		return;
	}
	get_page(page, REF_PTE);
	page_add_anon_rmap(page, vma, va);
	if (exclusive)
		page->anon_exclusive = 1;
	POINT("swapoff/pte_set");
	set_pte_at(mm, va, mk_pte(page_to_pfn(page)));
	inc_mm_rss(mm);
	baton_note("maps %s", page->name);
}

/*
 * Linux: mm/swapfile.c unuse_pte() (v2.6.29, v5.19)
 * Model: exact
 */
static void unuse_pte(struct vm_area_struct *vma, int va, unsigned int entry, struct page *page)
{
	struct mm *mm = vma_mm(vma);
	pte_t pte;

	pte_lock(mm);
	pte = pte_under_lock(mm, va);
	if (!same_entry(pte, entry)) {
		pte_unlock(mm);
		return;
	}
	replace_swap_pte(vma, va, page, pte_swp_exclusive(pte));
	POINT("swapoff/swap_freed");
	swap_free(entry);
	pte_unlock(mm);
}

/* Do not wait for a change: there may be memory in the next round. */
static void try_again(void)
{
	POINT("swapoff/no_memory");
	baton_access(BATON_HERE("swapoff"), &world.swap, BATON_RMW);
	world.swap.tried = world.swap.changes - 1;
}

/* The page of @entry, locked and not under writeback; NULL: none that can be had now. */
static struct page *lock_page_of(unsigned int entry)
{
	struct page *page = lookup_swap_cache(entry);
	bool no_memory = false;

	if (!page)
		page = swapin_page(entry, world.swap.slot[entry].va, &no_memory);
	if (no_memory)
		try_again();
	if (!page)
		return NULL;
	POINT("swapoff/lock_page");
	lock_page(page);
	if (world.swap.flags.async)
		wait_on_page_writeback(page);
	if (page_swapcache(page) && page->private == entry)
		return page;
	unlock_page(page);
	put_page(page, REF_LOOKUP);
	return NULL;
}

static void release_page(struct page *page)
{
	try_to_free_swap(page);
	unlock_page(page);
	POINT("swapoff/put");
	put_page(page, REF_LOOKUP);
}

/* From page @va on, the first of @mm that is swapped out; NR_VAS if none is. */
static int next_swap_pte(struct mm *mm, int va, unsigned int *entry)
{
	pte_lock(mm);
	while (va < NR_VAS && !pte_is_swap(pte_under_lock(mm, va)))
		va++;
	if (va < NR_VAS)
		*entry = pte_to_swp_entry(pte_under_lock(mm, va));
	pte_unlock(mm);
	return va;
}

/*
 * Linux: mm/swapfile.c unuse_mm(), unuse_pte_range() (v5.1)
 * Model: reduced: looks for swap ptes with the pte lock held. Before v5.1 slots were the
 *	outer loop and address spaces the inner one.
 */
static void unuse_mm(struct mm *mm)
{
	unsigned int entry;

	down_read(&mm->mmap_lock);
	for (int va = next_swap_pte(mm, 0, &entry); va < NR_VAS;
	     va = next_swap_pte(mm, va + 1, &entry)) {
		struct vm_area_struct *vma = find_vma(mm, va);
		struct page *page = lock_page_of(entry);

		if (!page)
			continue;
		unuse_pte(vma, va, entry, page);
		release_page(page);
	}
	up_read(&mm->mmap_lock);
}

/* The first slot from @entry on that is in use; NR_SLOTS if none is. A step. */
static unsigned int find_next_to_unuse(unsigned int entry)
{
	POINT("swapoff/in_use");
	baton_access(BATON_HERE("swap_map"), &world.swap, BATON_RMW);
	while (entry < NR_SLOTS && !swap_count(entry) && !world.swap.slot[entry].has_cache)
		entry++;
	return entry;
}

/* Pages that are in the swap cache and belong to no swap pte any more. */
static void unuse_cache(void)
{
	for (unsigned int entry = find_next_to_unuse(0); entry < NR_SLOTS;
	     entry = find_next_to_unuse(entry + 1)) {
		struct page *page;

		if (!world.swap.slot[entry].cache)
			continue;
		page = lock_page_of(entry);
		if (page)
			release_page(page);
	}
}

static bool in_use(void)
{
	unsigned int entry = 0;

	while (entry < NR_SLOTS && !swap_count(entry) && !world.swap.slot[entry].has_cache)
		entry++;
	return entry < NR_SLOTS;
}

static bool slots_changed(const void *object)
{
	const struct swap_info *swap = object;

	return swap->changes != swap->tried || !in_use();
}

static bool no_users(const void *object)
{
	const struct swap_info *swap = object;

	return !swap->users;
}

static const char *in_use_name(const void *object)
{
	(void)object;
	return "a slot that is in use";
}

static const char *users_name(const void *object)
{
	(void)object;
	return "users of the swap device";
}

static const struct baton_wait change_wait = { slots_changed, NULL, in_use_name };
static const struct baton_wait users_wait = { no_users, NULL, users_name };

/*
 * Linux: mm/swapfile.c try_to_unuse() (v5.1)
 * Model: reduced: between two rounds it sleeps until something changed. Linux goes on at once:
 *	what is a deadlock here is a loop without end there.
 */
static void try_to_unuse(void)
{
	for (;;) {
		POINT("swapoff/round");
		baton_access(BATON_HERE("swap_map"), &world.swap, BATON_RMW);
		if (!in_use())
			return;
		world.swap.tried = world.swap.changes;
		for_each_mm(mm)
		{
			if (mm->on_mmlist)
				unuse_mm(mm);
		}
		unuse_cache();
		POINT("swapoff/again");
		baton_block(BATON_HERE("swapoff"), &world.swap, BATON_WAIT, &change_wait);
	}
}

/*
 * Linux: mm/swapfile.c sys_swapoff() (v2.6.29, v5.14)
 * Model: reduced: goes on until there is memory to swap in to, and does not fail with ENOMEM
 */
void swapoff(void)
{
	POINT("swapoff/no_new_slots");
	baton_access(BATON_HERE("SWP_WRITEOK"), &world.swap, BATON_RMW);
	world.swap.off = 1;
	try_to_unuse();
	if (patched_since(SWAPREF_FAULT)) {
		POINT("swapoff/kill");
		baton_access(BATON_HERE("percpu_ref_kill"), &world.swap, BATON_RMW);
		world.swap.dying = 1;
		POINT("swapoff/drain");
		baton_block(BATON_HERE("users"), &world.swap, BATON_WAIT, &users_wait);
	}
	POINT("swapoff/freed");
	baton_access(BATON_HERE("swap_map"), &world.swap, BATON_RMW);
	world.swap.freed = 1;
	ghost_changed();
}
