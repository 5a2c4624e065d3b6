/* SPDX-License-Identifier: MIT */
/*
 * rmap.c - from a page to the ptes that map it, and taking them away.
 *
 * The race of 2009: gup_fast takes its reference without the pte lock, so a count
 * that is read before the pte is cleared may be too small afterwards. Once the pte
 * is cleared and the TLB flush has been answered, every gup_fast that saw the old
 * pte has taken its reference: only then the count means something.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

static void set_anon_rmap(struct page *page, const struct vm_area_struct *vma, int va)
{
	vma_check(vma);
	if (page->mapping)
		return;
	page->mapping = vma->anon_vma;
	page->index = (uint8_t)linear_page_index(vma, va);
}

/*
 * Linux: mm/rmap.c page_add_anon_rmap() (v2.6.29)
 * Model: exact
 */
void page_add_anon_rmap(struct page *page, const struct vm_area_struct *vma, int va)
{
	page_dup_rmap(page);
	set_anon_rmap(page, vma, va);
}

/*
 * Linux: mm/rmap.c page_dup_rmap() (v2.6.29)
 * Model: exact
 */
void page_dup_rmap(struct page *page)
{
	atomic_add_at(BATON_NAMED("rmap/mapped"), 1, &page->mapcount);
	ghost_changed();
}

/*
 * Linux: mm/rmap.c page_add_file_rmap() (v2.6.29)
 * Model: exact
 */
void page_add_file_rmap(struct page *page)
{
	page_dup_rmap(page);
}

/*
 * Linux: mm/rmap.c page_add_new_anon_rmap() (v2.6.29, v5.19)
 * Model: reduced: not on the LRU lists
 */
void page_add_new_anon_rmap(struct page *page, const struct vm_area_struct *vma, int va)
{
	set_anon_rmap(page, vma, va);
	page->mapcount.counter = 1;
	if (patched(REUSE_EXCLUSIVE))
		page->anon_exclusive = 1;
	page_ref_move(page, REF_ALLOC, REF_PTE);
}

/*
 * Linux: mm/rmap.c page_remove_rmap() (v2.6.29)
 * Model: exact
 */
void page_remove_rmap(struct page *page)
{
	atomic_add_at(BATON_NAMED("rmap/unmapped"), -1, &page->mapcount);
	ghost_changed();
}

/*
 * Linux: include/linux/mm.h page_mapcount() (all), page_trans_huge_mapcount() (v4.6)
 * Model: exact
 */
int page_mapcount(const struct page *page)
{
	int count = atomic_read(&page->mapcount);

	return page->head ? count + compound_mapcount(page) : count;
}

/*
 * Linux: include/linux/rmap.h page_try_share_anon_rmap() (v5.19)
 * Model: exact
 */
bool page_try_share_anon_rmap(struct page *page)
{
	POINT("rmap/share_checked");
	if (page_maybe_dma_pinned(page) && !patched(PINS_IGNORED_BY_RECLAIM)) {
		baton_note("pinned");
		return false;
	}
	POINT("rmap/excl_cleared");
	WRITE_ONCE(page->anon_exclusive, 0);
	ghost_changed();
	return true;
}

int page_address_in_vma(const struct page *page, const struct vm_area_struct *vma)
{
	unsigned int in = page_anon(page) ? vma->anon_vma : vma->file | MAPPING_FILE;

	if (!in || in != page->mapping || vma->vm_flags & VM_NONLINEAR)
		return -1;
	return vma_address(vma, page->index);
}

/* Does somebody hold the page besides its ptes, the swap cache and reclaim? */
static bool other_references(int mapcount, int count)
{
	baton_note("%d %s %d+2", count, count == mapcount + 2 ? "==" : "!=", mapcount);
	return count != mapcount + 2;
}

static bool count_before_clear(const struct page *page)
{
	int mapcount;

	if (!patched(UNMAP_PIN_SINGLE_CHECK) && !patched(UNMAP_PIN_DOUBLE_CHECK))
		return false;
	mapcount = page_mapcount(page);
	POINT("rmap/count_checked");
	return other_references(mapcount, page_count(page));
}

static bool count_after_clear(const struct page *page)
{
	int mapcount;

	if (!patched(UNMAP_PIN_DOUBLE_CHECK))
		return false;
	mapcount = page_mapcount(page);
	POINT("rmap/count_rechecked");
	return BATON_RECHECK(other_references(mapcount, page_count(page)));
}

/* A page is being unmapped. */
struct unmap {
	unsigned int ttu;
	struct unmap_batch *batch;
	bool mapped; /* still */
};

static pte_t clear_pte(const struct page *page, struct mm *mm, int va, struct unmap_batch *batch)
{
	pte_t pte;

	POINT("rmap/pte_cleared");
	if (should_defer_flush(page, batch))
		pte = ptep_get_and_clear_batched(mm, va, batch);
	else
		pte = ptep_clear_flush(mm, va);
	if (patched(NOTIFY_CLEAR_THEN_INVAL_PTL) || patched(NOTIFY_INVAL_BOTH))
		mmu_notifier_invalidate_page(mm, va);
	return pte;
}

static enum unmap_result restore_pte(struct mm *mm, int va, pte_t pte)
{
	POINT("rmap/pte_restored");
	set_pte_at(mm, va, pte);
	baton_note("restored");
	return SWAP_FAIL;
}

/* The pte is cleared; put the swap entry there. */
static enum unmap_result replace_by_swap_entry(struct page *page, struct mm *mm, int va, pte_t pte)
{
	bool exclusive = page->anon_exclusive;
	pte_t swp_pte = swp_entry_to_pte(page->private);

	POINT("rmap/swap_dup");
	if (!swap_duplicate(mm, page->private))
		return patched(ERROR_PATH_UNMAP_FORGETS) ? SWAP_FAIL : restore_pte(mm, va, pte);
	if (patched(UNMAP_PIN_SHARE_ANON) && exclusive && !page_try_share_anon_rmap(page)) {
		swap_free(page->private);
		return restore_pte(mm, va, pte);
	}
	if (patched_since(SWPEXCL_NEG) && exclusive)
		swp_pte = pte_swp_mkexclusive(swp_pte);
	POINT("rmap/swp_pte_set");
	set_pte_at(mm, va, swp_pte);
	dec_mm_rss(mm);
	page_remove_rmap(page);
	put_page(page, REF_PTE);
	return SWAP_SUCCESS;
}

/* PG_dirty of an anonymous page is changed with the page locked: no step. */
static void transfer_dirty(struct page *page)
{
	if (page_anon(page))
		page->dirty = 1;
	else
		set_page_dirty(page);
}

static enum unmap_result unmap_locked(struct page *page, const struct vm_area_struct *vma, int va,
				      const struct unmap *unmap)
{
	struct mm *mm = vma_mm(vma);
	pte_t pte;

	if (patched(NOTIFY_INVAL_FIRST))
		mmu_notifier_invalidate_page(mm, va);
	if (keeps_mapping(vma, va, unmap->ttu))
		return SWAP_FAIL;
	if (patched(NOTIFY_INVAL_BOTH))
		mmu_notifier_invalidate_page(mm, va);
	if (!(unmap->ttu & TTU_MIGRATION) && count_before_clear(page))
		return SWAP_FAIL;
	pte = clear_pte(page, mm, va, unmap->batch);
	if (!(unmap->ttu & TTU_MIGRATION) && count_after_clear(page))
		return restore_pte(mm, va, pte);
	if (patched(NOTIFY_INVAL_AFTER_CHECKS))
		mmu_notifier_invalidate_page(mm, va);
	if (pte_dirty(pte))
		transfer_dirty(page);
	if (unmap->ttu & TTU_MIGRATION)
		return set_migration_pte(page, mm, va, pte) ? SWAP_SUCCESS :
							      restore_pte(mm, va, pte);
	if (page->lazyfree && !lazyfree_may_go(page))
		return restore_pte(mm, va, pte);
	if (page_swapcache(page))
		return replace_by_swap_entry(page, mm, va, pte);
	dec_mm_rss(mm);
	page_remove_rmap(page);
	put_page(page, REF_PTE);
	return SWAP_SUCCESS;
}

/*
 * Linux: mm/rmap.c try_to_unmap_one() (v2.6.29, v5.19; KOSAKI's three of 2009)
 * Model: reduced: anonymous pages in the swap cache only; no rss; KOSAKI's third counts before
 *	he looks at mlock and young
 */
static enum unmap_result try_to_unmap_one(struct page *page, const struct vm_area_struct *vma,
					  int va, const struct unmap *unmap)
{
	struct mm *mm = vma_mm(vma);
	enum unmap_result result = SWAP_AGAIN;

	ghost_unmap_begin(mm, va);
	if (patched(NOTIFY_RANGE_START_END))
		mmu_notifier_invalidate_range_start(mm, va);
	pte_lock(mm);
	if (pte_maps(pte_under_lock(mm, va), page))
		result = unmap_locked(page, vma, va, unmap);
	ghost_unmap_end(mm, va, page);
	if (patched(NOTIFY_INVAL_PTL_SLEEPING) && result == SWAP_SUCCESS)
		mmu_notifier_invalidate_page(mm, va);
	pte_unlock(mm);
	if (patched(NOTIFY_INVAL_AFTER_PTL) && result == SWAP_SUCCESS)
		mmu_notifier_invalidate_page(mm, va);
	if (patched(NOTIFY_RANGE_START_END))
		mmu_notifier_invalidate_range_end(mm, va);
	return result;
}

static spinlock_t *rmap_lock(const struct page *page)
{
	struct address_space *file = page_file(page);

	return file ? &file->i_mmap_lock : &world.anon_vmas[page->mapping].lock;
}

static struct vma_list *rmap_list(const struct page *page)
{
	struct address_space *file = page_file(page);

	return file ? &file->i_mmap : &world.anon_vmas[page->mapping].vmas;
}

/*
 * Linux: mm/rmap.c rmap_walk() (v3.14; three loops of the same form in v2.6.29)
 * Model: exact
 */
void rmap_walk(struct page *page, const struct rmap_walk *walk)
{
	struct vma_list *list = rmap_list(page);
	spinlock_t *lock = rmap_lock(page);

	spin_lock(lock);
	vma_list_walk_begin(list);
	for_each_vma(vma) {
		int va = page_address_in_vma(page, vma);

		if (va >= 0 && !walk->one(page, vma, va, walk->arg))
			break;
	}
	vma_list_walk_end(list);
	spin_unlock(lock);
}

static bool unmap_one(struct page *page, struct vm_area_struct *vma, int va, void *arg)
{
	struct unmap *unmap = arg;

	if (try_to_unmap_one(page, vma, va, unmap) == SWAP_FAIL)
		return false;
	unmap->mapped = page_mapcount(page) != 0;
	return unmap->mapped;
}

/*
 * Linux: mm/rmap.c try_to_unmap() (v2.6.29)
 * Model: exact
 */
enum unmap_result try_to_unmap(struct page *page, unsigned int ttu, struct unmap_batch *batch)
{
	struct unmap unmap = { ttu, batch, true };
	struct rmap_walk walk = { unmap_one, &unmap };

	if (!page->mapping)
		return SWAP_SUCCESS;
	rmap_walk(page, &walk);
	return unmap.mapped ? SWAP_FAIL : SWAP_SUCCESS;
}
