/* SPDX-License-Identifier: MIT */
/*
 * oracle_writeback.c - what memory and disk owe each other.
 *
 * O9: nothing is stored to a page while a device writes it that needs stable data, for a
 * file or for swap. O8: a page of a file that differs from disk is dirty, or a pte is, or it
 * is being written; O8b: who can store to it without a fault has made it dirty. O7: what
 * was stored before fsync() is on disk after it. O18: a writer knows of the pins.
 *
 * What a device fails to write is clean afterwards, and may be dropped from memory: that is how
 * Linux is. Then everybody who has the file open is told by his next fsync() (O20).
 *
 * A page that a device may write to through a pin is dirty when the pin is given up, not
 * before. While a page is locked, its writer is between two of its steps.
 *
 * Layer: mm. May include: kernel, engine.
 */
#include "mm/mm.h"
#include "mm/oracles.h"

void ghost_device_sums(struct page *page, int index)
{
	page->sums[index] = page->cell[index].id;
}

void ghost_device_copies(const struct page *page, int index)
{
	if (page->cell[index].id != page->sums[index])
		ghost_violation(TORN_WRITE, "%#lx was stored to %s while the device wrote it",
				(unsigned long)page->cell[index].value, page->name);
}

static bool pinned_for_write(const struct page *page)
{
	for (int i = 0; i < NR_PINS; i++)
		if (world.ghost.pins[i].pfn == page_to_pfn(page) && world.ghost.pins[i].write)
			return true;
	return false;
}

/* A page whose file is written to disk, and nobody is at work on it. */
static bool at_rest(const struct page *page)
{
	const struct address_space *file = page_file(page);

	return file && file->accounts_dirty && in_page_cache(page) && !bit_is_locked(&page->lock);
}

static bool dirty_in_a_pte(const struct page *page)
{
	for_each_mm(mm)
	{
		for (int va = 0; va < NR_VAS; va++)
			if (pte_maps(mm->pgtable[va], page) && pte_dirty(mm->pgtable[va]))
				return true;
	}
	return false;
}

static bool differs_from_disk(const struct page *page)
{
	for (int i = 0; i < NR_CELLS; i++)
		if (page->cell[i].id != page_file(page)->disk[page->index][i].id)
			return true;
	return false;
}

/* Does it differ from disk in what the device did not fail to write? */
static bool not_tried(const struct page *page)
{
	const struct address_space *file = page_file(page);

	for (int i = 0; i < NR_CELLS; i++)
		if (page->cell[i].id != file->disk[page->index][i].id &&
		    !(world.ghost.lost[file - world.files][page->index] >> i & 1))
			return true;
	return false;
}

/* It will be written, or is being written. */
static bool says_dirty(const struct page *page)
{
	return page->dirty || page->writeback || page->buffers & BUFFERS_LOCKED ||
	       dirty_in_a_pte(page) || pinned_for_write(page);
}

void oracle_dirty_lost(void)
{
	for_each_page(page)
	{
		if (at_rest(page) && not_tried(page) && !says_dirty(page))
			ghost_violation(DIRTY_LOST, "%s differs from disk, and is clean",
					page->name);
	}
}

unsigned int count_forgotten(const struct address_space *file)
{
	unsigned int count = 0;

	for_each_page(page)
	{
		count += page_file(page) == file && in_page_cache(page) &&
			 differs_from_disk(page) && !says_dirty(page);
	}
	return count;
}

static void check_writable_pte(const struct mm *mm, pte_t pte)
{
	const struct page *page = pfn_to_page(pte_pfn(pte));

	if (pte_present(pte) && pte_write(pte) && at_rest(page) && !page->dirty && !page->mkwrite)
		ghost_violation(CLEAN_WRITABLE, "%s can store to %s, which is clean, at once",
				mm->name, page->name);
}

void oracle_clean_writable(void)
{
	for_each_mm(mm)
	{
		for (int va = 0; va < NR_VAS; va++)
			check_writable_pte(mm, mm->pgtable[va]);
	}
}

/* Where nobody counts pins, nobody is told. */
static void check_pins_known(const struct page *page)
{
	if (patched(PINCOUNT_NONE) || !page_file(page) || page_taken_for_pinned(page))
		return;
	for (int i = 0; i < NR_PINS; i++) {
		const struct pin *pin = &world.ghost.pins[i];

		if (pin->pfn == page_to_pfn(page) && pin->pinned && !pin->released)
			ghost_violation(PIN_OVERLOOKED, "%s is pinned by %s, and taken for not",
					page->name, world.mms[pin->mm].name);
	}
}

void ghost_pin_decision(const struct page *page)
{
	check_pins_known(page);
}

/* With S1a the flag is as old as the last decision; else it must be true at any time. */
void oracle_pin_overlooked(void)
{
	if (patched(PINCOUNT_MAPCOUNT_S1A))
		return;
	for_each_page(page)
	{
		if (!bit_is_locked(&page->lock))
			check_pins_known(page);
	}
}

/* O3b: what maps a page of a file goes first. */
void oracle_orphan_mapped(void)
{
	for_each_mm(mm)
	{
		for (int va = 0; va < NR_VAS; va++) {
			pte_t pte = mm->pgtable[va];

			if (pte_present(pte) && pfn_to_page(pte_pfn(pte))->orphan)
				ghost_violation(ORPHAN_MAPPED,
						"%s maps %s, which its file has given up", mm->name,
						pfn_to_page(pte_pfn(pte))->name);
		}
	}
}

void ghost_written(const struct address_space *file, unsigned int index, int cell)
{
	world.ghost.lost[file - world.files][index] &= (uint8_t) ~(1u << cell);
}

/* From now on a load may find what is on disk: the page is clean. */
void ghost_write_failed(const struct address_space *file, const struct page *page,
			unsigned int cells)
{
	for (int i = 0; i < NR_CELLS; i++) {
		struct seen *seen =
			&world.ghost.files[page->mapping & ~MAPPING_FILE][page->index][i];
		uint32_t on_disk = file->disk[page->index][i].id;

		if (cells >> i & 1 && on_disk < seen->low)
			seen->low = on_disk;
	}
	world.ghost.lost[file - world.files][page->index] |= (uint8_t)cells;
	world.ghost.untold[file - world.files] = UINT32_MAX;
	ghost_changed();
}

void ghost_fsync_page(const struct address_space *file, unsigned int index, uint32_t self,
		      bool failed)
{
	uint32_t *untold = &world.ghost.untold[file - world.files];

	if (!failed && *untold & self && world.ghost.lost[file - world.files][index])
		ghost_violation(ERROR_UNTOLD,
				"fsync() says that all is written, and page %u is not", index);
	if (failed)
		*untold &= ~self;
}

/* Stores of CPUs that still run are neither before it nor after it. */
void ghost_fsync_done(const struct address_space *file)
{
	if (!smp_alone() || !file->accounts_dirty)
		return;
	for_each_page(page)
	{
		if (page_file(page) == file && in_page_cache(page) && differs_from_disk(page) &&
		    !pinned_for_write(page))
			ghost_violation(WRITE_LOST, "fsync() is over, and %s differs from disk",
					page->name);
	}
}
