/* SPDX-License-Identifier: MIT */
/* dma.c - what a device does with a page that gup gave to its driver. */
#include "mm/dma.h"
#include "mm/mm.h"

long page_handle(const struct page *page)
{
	return page ? (long)(page_to_pfn(page) | (unsigned int)page->generation << 8) : 0;
}

struct page *handle_page(long handle)
{
	return pfn_to_page((unsigned long)handle & 0xff);
}

bool handle_stale(long handle)
{
	return handle_page(handle)->generation != handle >> 8;
}

long take_user_page(struct mm *mm, int va, unsigned int gup_flags, bool fast)
{
	struct gup_call gup = { gup_flags, mm->discards[va] };
	struct page *page = fast ? get_user_pages_fast(mm, va, gup_flags) :
				   get_user_pages(mm, va, gup_flags);

	if (page)
		ghost_pin(mm, va, page, &gup);
	else
		baton_note("failed");
	return page_handle(page);
}

void give_back_user_page(long handle, enum give_back how, unsigned int mm)
{
	bool pinned = how != GIVE_BACK_GET;
	struct page *page = handle_page(handle);
	struct pin *pin = ghost_pin_find(page, pinned, mm);

	if (pin)
		pin->released = 1;
	release_user_page(page, pinned, pin && pin->write && how != GIVE_BACK_PIN_AS_IS);
	if (pin)
		pin->pfn = 0;
}

static void check_handle(long handle, const char *what)
{
	if (handle_stale(handle))
		ghost_violation(USE_AFTER_FREE, "device %s %s, which is free", what,
				handle_page(handle)->name);
}

/* The pin that the device acts through: one that was taken to write, if there is one. */
static const struct pin *device_pin(const struct page *page)
{
	const struct pin *found = NULL;

	for (int i = 0; i < NR_PINS; i++) {
		const struct pin *pin = &world.ghost.pins[i];

		if (pin->pfn == page_to_pfn(page) && (!found || pin->write))
			found = pin;
	}
	return found;
}

long dma_read(long handle, int index)
{
	const struct page *page = handle_page(handle);
	const struct pin *pin;

	POINT("dma/read");
	baton_access(BATON_HERE("dma_read"), &page->cell[index], BATON_READ);
	check_handle(handle, "reads");
	pin = device_pin(page);
	if (pin)
		ghost_device_load(pin, page, index);
	baton_note("%#lx from %s", (unsigned long)page->cell[index].value, page->name);
	return page->cell[index].value;
}

/* Its stores are its owner's; after the owner gave the address up, nobody expects them. */
static void store(struct page *page, const struct pin *pin, int index, long value)
{
	struct seen *seen, was;
	struct mm *mm;

	if (!pin) {
		page->cell[index].value = value;
		return;
	}
	mm = &world.mms[pin->mm];
	seen = ghost_seen(mm, pin->va, index, page);
	was = *seen;
	ghost_store(mm, pin->va, index, page, value);
	if (!pin->write || (pin->discarded && !page_file(page)))
		*seen = was;
}

#define HALF 0xffffffffL

/* A device, or its bus, may cut what it writes in two. */
static long first_half(const struct page *page, int index, long value)
{
	return (page->cell[index].value & ~HALF) | (value & HALF);
}

void dma_write(long handle, int index, long value)
{
	struct page *page = handle_page(handle);

	POINT("dma/write");
	baton_access(BATON_HERE("dma_write"), &page->cell[index], BATON_WRITE);
	check_handle(handle, "writes to");
	if (baton_fault("mm/dma_torn")) {
		store(page, device_pin(page), index, first_half(page, index, value));
		POINT("dma/second_half");
		baton_access(BATON_HERE("dma_write"), &page->cell[index], BATON_WRITE);
		check_handle(handle, "writes to");
	}
	store(page, device_pin(page), index, value);
}

/* @pin: of the page that the device was told of; NULL: of none, or it is another page by now */
static void write_late(long handle, const struct pin *pin, int index, long value)
{
	struct page *page = handle_page(handle);

	POINT("dma/write");
	baton_access(BATON_HERE("dma_write"), &page->cell[index], BATON_WRITE);
	if (handle_stale(handle))
		ghost_stray_store(page, index, value);
	else
		store(page, pin, index, value);
}

/* A step: who gives the page back or frees it comes before, or after. */
static void check_page(long handle)
{
	baton_access(BATON_HERE("page_count"), &handle_page(handle)->refcount, BATON_READ);
	check_handle(handle, "writes to");
}

/*
 * The device does not look whose page it is; the oracle does, before each write and behind the
 * last one. So a page that is freed in between is freed under the device's hands, and where the
 * frame has a new owner by then, that one has what the device writes.
 */
void dma_write_late(long handle, long value)
{
	const struct page *page = handle_page(handle);

	for (int i = 0; i < NR_CELLS; i++) {
		const struct pin *found;
		struct pin pin;

		POINT("dma/page");
		check_page(handle);
		found = device_pin(page);
		if (found)
			pin = *found;
		if (baton_fault("mm/dma_torn"))
			write_late(handle, found ? &pin : NULL, i, first_half(page, i, value));
		write_late(handle, found ? &pin : NULL, i, value);
	}
	POINT("dma/written");
	check_page(handle);
}
