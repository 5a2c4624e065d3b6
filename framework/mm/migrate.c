/* SPDX-License-Identifier: MIT */
/*
 * migrate.c - a page moves to another frame.
 *
 * With the page locked, all ptes become migration entries; whoever faults on one waits
 * for the page lock. Then nobody can find the page but who has a reference, so a count
 * tells whether there is one. The entries are found again as the ptes were: by rmap.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

static pte_t migration_entry(const struct page *page, bool write)
{
	return (pte_t){ page_to_pfn(page) << PTE_SHIFT | PTE_MIGRATION | (write ? PTE_WRITE : 0) };
}

bool set_migration_pte(struct page *page, struct mm *mm, int va, pte_t pte)
{
	pte_t entry = migration_entry(page, pte_write(pte));

	if (page->anon_exclusive) {
		if (patched(UNMAP_PIN_SHARE_ANON) && !page_try_share_anon_rmap(page))
			return false;
		entry.val |= PTE_SWP_EXCLUSIVE;
	}
	POINT("migrate/pte_set");
	set_pte_at(mm, va, entry);
	page_remove_rmap(page);
	put_page(page, REF_PTE);
	return true;
}

pte_t make_readable_migration_entry(struct mm *mm, int va, pte_t entry)
{
	pte_t readable = { entry.val & ~(PTE_WRITE | PTE_SWP_EXCLUSIVE) };

	if (!pte_same(readable, entry)) {
		POINT("migrate/readable");
		set_pte_at(mm, va, readable);
	}
	return readable;
}

/* What was mapped to @from comes to be mapped to @to. */
struct restore {
	const struct page *from;
	struct page *to;
};

/*
 * Linux: mm/migrate.c remove_migration_pte() (v2.6.29, v5.19)
 * Model: exact
 */
static bool remove_migration_pte(struct page *page, struct vm_area_struct *vma, int va, void *arg)
{
	const struct restore *restore = arg;
	struct mm *mm = vma_mm(vma);
	pte_t entry, pte = mk_pte(page_to_pfn(restore->to));

	(void)page;
	pte_lock(mm);
	entry = pte_under_lock(mm, va);
	if (pte_is_migration(entry) && pte_pfn(entry) == page_to_pfn(restore->from)) {
		if (pte_write(entry))
			pte = pte_mkwrite_dirty(pte);
		if (pte_swp_exclusive(entry))
			restore->to->anon_exclusive = 1;
		POINT("migrate/restored");
		get_page(restore->to, REF_PTE);
		if (page_file(restore->to))
			page_add_file_rmap(restore->to);
		else
			page_add_anon_rmap(restore->to, vma, va);
		set_pte_at(mm, va, pte);
	}
	pte_unlock(mm);
	return true;
}

/*
 * A mapping may have become nonlinear since its entries were made: rmap passes it over, and
 * the entries are where they were.
 *
 * Linux: mm/migrate.c remove_linear_migration_ptes_from_nonlinear() (v3.14)
 * Model: exact
 */
static void remove_from_nonlinear(struct restore *restore)
{
	struct address_space *file = page_file(restore->to);

	if (!file || !patched(MIGRATE_NONLINEAR_LOOKED_AT))
		return;
	spin_lock(&file->i_mmap_lock);
	vma_list_walk_begin(&file->i_mmap);
	for_each_vma(vma) {
		int va = vma_address(vma, restore->to->index);

		if (vma_file(vma) == file && vma->vm_flags & VM_NONLINEAR && va >= 0)
			remove_migration_pte(restore->to, vma, va, restore);
	}
	vma_list_walk_end(&file->i_mmap);
	spin_unlock(&file->i_mmap_lock);
}

static void remove_migration_ptes(struct page *from, struct page *to)
{
	struct restore restore = { from, to };
	struct rmap_walk walk = { remove_migration_pte, &restore };

	POINT("migrate/walk");
	rmap_walk(to, &walk);
	remove_from_nonlinear(&restore);
}

/*
 * @new is what @page was, except that nobody refers to it. It is locked until all ptes are
 * back: a write fault in between would count too few of them.
 */
static void migrate_page_copy(struct page *page, struct page *new)
{
	copy_user_highpage(new, page);
	bit_lock_private(&new->lock);
	new->mapping = page->mapping;
	new->index = page->index;
	new->dirty = page->dirty && (!page_file(page) || patched(MIGRATE_DIRTY_MOVES));
	new->buffers = page->buffers;
	new->lazyfree = page->lazyfree;
	baton_note("%s moves to %s", page->name, new->name);
}

/*
 * Until v4.4 the new page got PG_dirty after it had replaced the old one. Its data were on no
 * disk then, and nothing said so; but it was locked.
 *
 * Linux: mm/migrate.c migrate_page_copy() (v2.6.29), its part for dirty pages
 * Model: exact
 */
static void move_dirty(struct page *page, struct page *new)
{
	if (!patched(MIGRATE_DIRTY_CLEANS) || !page_dirty(page) || !clear_page_dirty_for_io(page))
		return;
	POINT("migrate/set_dirty");
	baton_access(BATON_HERE("__set_page_dirty_nobuffers"), page_flags(new), BATON_RMW);
	new->dirty = 1;
	ghost_changed();
}

/* Linux copies after it has replaced the page; nobody looks at it before it is unlocked. */
static bool move_in_page_cache(struct page *page, struct page *new)
{
	struct address_space *file = page_file(page);

	POINT("migrate/freeze");
	if (!page_ref_freeze(page, 2))
		return false;
	migrate_page_copy(page, new);
	POINT("migrate/replace");
	baton_access(BATON_HERE("migrate_page_move_mapping"), file->i_pages, BATON_RMW);
	file->i_pages[page->index] = (uint8_t)page_to_pfn(new);
	new->refcount.counter++;
	new->refs[REF_CACHE]++;
	page->refs[REF_CACHE]--;
	ghost_changed();
	page_ref_unfreeze(page, 1);
	move_dirty(page, new);
	page->mapping = 0; /* who found it before, and waits for its lock, looks again */
	return true;
}

/*
 * Linux: mm/migrate.c migrate_page_move_mapping() (v2.6.29, v4.4)
 * Model: reduced: not for pages in the swap cache
 */
static bool move_mapping(struct page *page, struct page *new)
{
	int count;

	if (page_file(page))
		return move_in_page_cache(page, new);
	POINT("migrate/count");
	count = page_count(page);
	if (count != 1) {
		baton_note("busy: %d references", count);
		return false;
	}
	migrate_page_copy(page, new);
	return true;
}

/*
 * Linux: mm/migrate.c unmap_and_move() (v2.6.29)
 * Model: reduced: a page that is in the swap cache stays
 */
static bool unmap_and_move(struct page *page, struct page *new)
{
	bool moved;

	if (!page->mapping || page->swapcache)
		return false;
	try_to_unmap(page, TTU_MIGRATION | TTU_IGNORE_ACCESS, NULL);
	moved = page_mapcount(page) == 0 && move_mapping(page, new);
	remove_migration_ptes(page, moved ? new : page);
	if (moved)
		unlock_page(new);
	return moved;
}

/*
 * Linux: mm/migrate.c migrate_pages() (v2.6.29)
 * Model: reduced: one page, one attempt
 */
bool migrate_page(struct page *page)
{
	struct page *new;
	bool moved = false;

	POINT("migrate/isolate");
	if (!try_get_page(page, REF_ISOLATE))
		return false;
	new = alloc_page(page->place);
	if (new) {
		POINT("migrate/lock_page");
		lock_page(page);
		moved = unmap_and_move(page, new);
		unlock_page(page);
		put_page(new, REF_ALLOC);
	}
	put_page(page, REF_ISOLATE);
	return moved;
}

/* Linux faults again until its references are back. */
static bool not_frozen(const void *object)
{
	const void *page = (const char *)object - offsetof(struct page, refcount);

	return !((const struct page *)page)->frozen;
}

static const char *frozen_name(const void *object)
{
	(void)object;
	return "frozen page that is being moved";
}

static const struct baton_wait frozen_wait = { not_frozen, NULL, frozen_name };

/*
 * Linux: mm/migrate.c migration_entry_wait() (v2.6.29)
 * Model: exact: that the page is locked is asserted, as migration_entry_to_page() does
 */
enum fault_result migration_entry_wait(struct mm *mm, int va, pte_t orig)
{
	struct page *page = pfn_to_page(pte_pfn(orig));
	bool same, held = false;

	pte_lock(mm);
	same = pte_same(pte_under_lock(mm, va), orig);
	if (same) {
		POINT("migrate/wait");
		baton_access(BATON_HERE("PageLocked"), page_flags(page), BATON_READ);
		if (!bit_is_locked(&page->lock))
			ghost_violation(USE_AFTER_FREE,
					"%s has a migration entry of %s at %c, which is not "
					"being moved",
					mm->name, page->name, 'A' + va);
		held = try_get_page(page, REF_LOOKUP);
	}
	pte_unlock(mm);
	if (held) {
		wait_on_page_locked(page);
		put_page(page, REF_LOOKUP);
	} else if (same) {
		baton_block(BATON_HERE("frozen page"), &page->refcount, BATON_WAIT, &frozen_wait);
	}
	return VM_FAULT_DONE;
}
