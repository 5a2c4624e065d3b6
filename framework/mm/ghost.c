/* SPDX-License-Identifier: MIT */
/* ghost.c - who stored what, who may see it, and which pins are live. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "mm/ghost.h"
#include "mm/mm.h"

/* A store's id: its number, and the mm that made it. 0: never stored to. */
#define ID_MM_BITS 4
#define ID_MM_MASK 15u
#define ID_FILE 8u /* instead of an mm: a store to a file, which everybody may see */

static uint32_t store_number(uint32_t id)
{
	return id >> ID_MM_BITS;
}

void ghost_changed(void)
{
	world.ghost.changed = (1u << ORACLES) - 1;
}

void ghost_violation(enum oracle oracle, const char *format, ...)
{
	va_list args;

	if (world.ghost.oracle[oracle].violated)
		return;
	world.ghost.oracle[oracle].violated = true;
	world.ghost.noticed |= 1u << oracle;
	va_start(args, format);
	(void)vsnprintf(world.ghost.oracle[oracle].why, WHY_BYTES, format, args);
	va_end(args);
}

static uint32_t next_id(unsigned int owner)
{
	return ++world.ghost.stores << ID_MM_BITS | owner;
}

/* A private mapping of a file has copies of what it stores to. */
static bool leaks_to_file(struct mm *mm, int va, const struct page *page)
{
	const struct vm_area_struct *vma = vma_at(mm, va);

	return page_file(page) && vma && !(vma->vm_flags & VM_SHARED);
}

struct seen *ghost_seen(struct mm *mm, int va, int index, const struct page *page)
{
	if (!page_file(page))
		return &mm->mem[va][index];
	return &world.ghost.files[page->mapping & ~MAPPING_FILE][page->index][index];
}

static const struct seen anything = { 0, UINT32_MAX };

/* What loads may return now that @id was stored there. */
static void seen_next(struct mm *mm, int va, int index, uint32_t id)
{
	mm->mem[va][index] = mm->discarding[va] ? anything : (struct seen){ id, id };
	if (!mm->freeing[va])
		mm->may_be_zero[va] &= (uint8_t) ~(1u << index);
}

void ghost_store(struct mm *mm, int va, int index, struct page *page, long value)
{
	bool leak = leaks_to_file(mm, va, page);
	uint32_t id = next_id(page_file(page) && !leak ? ID_FILE : mm_number(mm));

	if (leak)
		ghost_violation(COW_LEAK, "%s stores %#lx to %s, which is not its copy", mm->name,
				(unsigned long)value, page->name);
	page->cell[index] = (struct cell){ value, id };
	if (page_file(page)) {
		ghost_changed();
		ghost_written(page_file(page), page->index, index);
		*ghost_seen(mm, va, index, page) = (struct seen){ id, id };
	} else {
		seen_next(mm, va, index, id);
	}
	baton_note("%#lx to %s", (unsigned long)value, page->name);
}

void ghost_file_fill(unsigned int file, unsigned int index, long value)
{
	struct address_space *mapping = &world.files[file];

	for (int i = 0; i < NR_CELLS; i++) {
		uint32_t id = next_id(ID_FILE);
		struct cell cell = { value, id };

		pfn_to_page(mapping->i_pages[index])->cell[i] = cell;
		mapping->disk[index][i] = cell;
		world.ghost.files[file][index][i] = (struct seen){ id, id };
	}
}

void ghost_file_hole(struct address_space *file, unsigned int index)
{
	for (int i = 0; i < NR_CELLS; i++) {
		uint32_t id = next_id(ID_FILE);

		file->disk[index][i] = (struct cell){ 0, id };
		world.ghost.files[file - world.files][index][i] = (struct seen){ id, id };
	}
}

void ghost_file_store(struct page *page, int index, long value)
{
	uint32_t id = next_id(ID_FILE);

	page->cell[index] = (struct cell){ value, id };
	ghost_written(page_file(page), page->index, index);
	world.ghost.files[page->mapping & ~MAPPING_FILE][page->index][index] =
		(struct seen){ id, id };
	ghost_changed();
}

void ghost_stray_store(struct page *page, int index, long value)
{
	page->cell[index] = (struct cell){ value, next_id(ID_FILE) };
	baton_note("%#lx to %s", (unsigned long)value, page->name);
}

/*
 * Stores of another mm may be seen if that is an ancestor, and made them before the
 * fork on the way down to the reader was complete. @id is what a cell @index of page
 * @va has.
 */
static bool may_see(const struct mm *reader, int va, int index, uint32_t id)
{
	uint32_t last = UINT32_MAX;

	if (!id || (id & ID_MM_MASK) == ID_FILE)
		return true;
	for (;;) {
		if ((id & ID_MM_MASK) == mm_number(reader))
			return store_number(id) <= last;
		if (!reader->parent)
			return false;
		if (reader->fork_done[va][index] < last)
			last = reader->fork_done[va][index];
		reader = &world.mms[reader->parent];
	}
}

static void note_leak(const char *who, const struct mm *mm, const struct cell *cell)
{
	ghost_violation(COW_LEAK, "%s %s reads %#lx, which %s stored after they were separate", who,
			mm->name, (unsigned long)cell->value,
			world.mms[cell->id & ID_MM_MASK].name);
}

static bool is_last_store(const struct cell *cell, const struct seen *seen)
{
	return cell->id >= seen->low && cell->id <= seen->high;
}

void ghost_load(struct mm *mm, int va, int index, const struct page *page)
{
	const struct cell *cell = &page->cell[index];

	if (!may_see(mm, va, index, cell->id))
		note_leak("process", mm, cell);
	else if (!cell->id && mm->may_be_zero[va] >> index & 1)
		return;
	else if (!is_last_store(cell, &mm->mem[va][index]) ||
		 !is_last_store(cell, ghost_seen(mm, va, index, page)))
		ghost_violation(WRITE_LOST, "%s loads %#lx from %c, not what was last stored there",
				mm->name, (unsigned long)cell->value, 'A' + va);
}

void ghost_device_load(const struct pin *pin, const struct page *page, int index)
{
	const struct mm *mm = &world.mms[pin->mm];
	const struct cell *cell = &page->cell[index];

	if (!may_see(mm, pin->va, index, cell->id))
		note_leak("device of", mm, cell);
}

void ghost_mark_dropped(const struct page *page)
{
	for (int i = 0; i < NR_PINS; i++) {
		const struct pin *pin = &world.ghost.pins[i];

		if (pin->pfn == page_to_pfn(page) && pin->write && !pin->discarded)
			world.ghost.dropped_held[page->place]++;
	}
}

void ghost_fork_page(const struct mm *parent, struct mm *child, int va)
{
	child->may_be_zero[va] = parent->may_be_zero[va];
	for (int i = 0; i < NR_CELLS; i++)
		child->mem[va][i].low = parent->mem[va][i].low;
}

void ghost_fork_pte(const struct mm *parent, struct mm *child, int va)
{
	ghost_touch_pte(child, va); /* a young pte is copied as such */
	ghost_fork_page(parent, child, va);
}

void ghost_fork_done(const struct mm *parent, struct mm *child, int va, int index)
{
	child->fork_done[va][index] = world.ghost.stores;
	child->mem[va][index].high = parent->mem[va][index].high;
}

static void discard_pins(struct mm *mm, int va)
{
	for (int i = 0; i < NR_PINS; i++)
		if (world.ghost.pins[i].mm == mm_number(mm) && world.ghost.pins[i].va == va)
			world.ghost.pins[i].discarded = 1;
	mm->discards[va]++;
}

void ghost_discard(struct mm *mm, int va)
{
	discard_pins(mm, va);
	/* Until the flush, other CPUs of this mm may still load what was there. */
	ghost_map_file(mm, va);
	ghost_changed();
}

void ghost_dontneed_begin(struct mm *mm, int va)
{
	mm->discarding[va]++;
}

void ghost_dontneed_end(struct mm *mm, int va)
{
	mm->discarding[va]--;
}

void ghost_free_begin(struct mm *mm, int va)
{
	discard_pins(mm, va);
	mm->freeing[va]++;
	mm->may_be_zero[va] = (1u << NR_CELLS) - 1;
}

void ghost_free_end(struct mm *mm, int va)
{
	mm->freeing[va]--;
}

/* Until it is told, a secondary MMU reads the old page. */
static struct seen either(uint32_t a, uint32_t b)
{
	return (struct seen){ a < b ? a : b, a < b ? b : a };
}

void ghost_merged(struct mm *mm, int va, const struct page *page, const struct page *kpage)
{
	for (int i = 0; i < NR_CELLS; i++)
		if (page->cell[i].value == kpage->cell[i].value)
			mm->mem[va][i] = either(page->cell[i].id, kpage->cell[i].id);
}

/* Until the flush, other CPUs may go on storing at the old address. */
void ghost_move(struct mm *mm, int va, int to)
{
	for (int i = 0; i < NR_PINS; i++)
		if (world.ghost.pins[i].mm == mm_number(mm) && world.ghost.pins[i].va == va)
			world.ghost.pins[i].va = (uint8_t)to;
	for (int i = 0; i < NR_CELLS; i++) {
		mm->mem[to][i] = (struct seen){ mm->mem[va][i].low, UINT32_MAX };
		mm->mem[va][i] = anything;
	}
	memcpy(mm->fork_done[to], mm->fork_done[va], sizeof(mm->fork_done[to]));
	mm->may_be_zero[to] = mm->may_be_zero[va];
}

void ghost_map(struct mm *mm, int va)
{
	memset(mm->mem[va], 0, sizeof(mm->mem[va]));
}

void ghost_map_file(struct mm *mm, int va)
{
	for (int i = 0; i < NR_CELLS; i++)
		mm->mem[va][i] = anything;
}

void ghost_pin(const struct mm *mm, int va, const struct page *page, const struct gup_call *call)
{
	for (int i = 0; i < NR_PINS; i++) {
		if (world.ghost.pins[i].pfn)
			continue;
		world.ghost.pins[i] = (struct pin){
			.pfn = (uint8_t)page_to_pfn(page),
			.generation = page->generation,
			.mm = (uint8_t)mm_number(mm),
			.va = (uint8_t)va,
			.pinned = (call->flags & FOLL_PIN) != 0,
			.write = (call->flags & FOLL_WRITE) != 0,
			.longterm = (call->flags & FOLL_LONGTERM) != 0,
			.discarded = mm->discards[va] != call->discards,
		};
		ghost_changed();
		return;
	}
	baton_fail("model_limit", "the model has %d pins at once", NR_PINS);
}

struct pin *ghost_pin_find(const struct page *page, bool pinned, unsigned int mm)
{
	struct pin *found = NULL;

	for (int i = 0; i < NR_PINS; i++) {
		struct pin *pin = &world.ghost.pins[i];

		if (pin->pfn != page_to_pfn(page) || pin->pinned != pinned || pin->released)
			continue;
		if (!found || pin->mm == mm)
			found = pin;
	}
	return found;
}

void ghost_pin_forgotten(const struct page *page)
{
	struct pin *pin = ghost_pin_find(page, true, 0);

	if (pin)
		pin->pfn = 0;
	ghost_changed();
}
