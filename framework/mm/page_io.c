/* SPDX-License-Identifier: MIT */
/*
 * page_io.c - the swap device: reading and writing slots.
 *
 * A device that is synchronous writes in one step of who calls it, with the page locked. One
 * that is asynchronous is a CPU of its own: the page is unlocked, and others go on, while
 *
 *	it takes what is in its queue
 *	it reads the page for a checksum, where it needs stable data (SWP_STABLE_WRITES)
 *	it reads the page again, and copies it
 *	it writes the copy to the slot, and ends writeback
 *
 * Layer: mm. May include: kernel.
 */
#include <string.h>

#include "baton/lockdep.h"
#include "mm/mm.h"

static bool submitted(const void *object)
{
	static const uint8_t none[NR_SLOTS];

	return memcmp(object, none, sizeof(none)) != 0;
}

static const char *queue_name(const void *object)
{
	(void)object;
	return "the queue of the swap device";
}

static const struct baton_wait queue_wait = { submitted, NULL, queue_name };

/*
 * Not written. What was cleaned for that must be dirty again, or reclaim takes the page for a
 * copy of its slot and frees it. Page locked, or under writeback.
 */
static void write_failed(struct page *page)
{
	baton_note("%s is not written: EIO", page->name);
	if (!patched(SWAP_WRITE_ERROR_REDIRTIES))
		return;
	POINT("swap/redirty");
	set_page_dirty(page);
}

static void write_at_once(struct page *page)
{
	if (baton_fault("mm/swap_write")) {
		write_failed(page);
		return;
	}
	for (int i = 0; i < NR_CELLS; i++)
		baton_access_locked(&page->cell[i], BATON_READ); /* TLBs may not be flushed */
	memcpy(world.swap.slot[page->private].cell, page->cell, sizeof(page->cell));
}

static void submit(unsigned int entry)
{
	POINT("swap/submit");
	baton_access(BATON_HERE("submit_bio"), &world.swap.queue, BATON_RMW);
	world.swap.queue[entry] = 1;
}

/*
 * Linux: mm/page_io.c swap_writepage() (v2.6.29)
 * Model: reduced: a synchronous device copies the page in one step
 */
enum swap_write swap_writepage(struct page *page)
{
	unsigned int entry = page->private;

	might_sleep();
	POINT("swap/write");
	baton_access(BATON_HERE("swap_writepage"), &world.swap, BATON_RMW);
	if (!swap_count(entry))
		return SWAP_UNUSED;
	if (!world.swap.flags.async || smp_alone()) {
		write_at_once(page);
		return SWAP_WRITTEN;
	}
	set_page_writeback(page, world.swap.flags.stable);
	unlock_page(page);
	submit(entry);
	return SWAP_SUBMITTED;
}

/*
 * Linux: mm/page_io.c swap_readpage() (v2.6.29)
 * Model: reduced: the device is synchronous and copies the slot in one step
 */
void swap_readpage(struct page *page, unsigned int entry)
{
	might_sleep();
	POINT("swap/read");
	baton_access(BATON_HERE("swap_readpage"), &world.swap, BATON_READ);
	if (world.swap.freed)
		ghost_violation(USE_AFTER_FREE, "slot %u is read after swapoff()", entry);
	page->reading = baton_fault("mm/swap_read");
	if (page->reading)
		baton_note("slot %u cannot be read: EIO", entry);
	else
		memcpy(page->cell, world.swap.slot[entry].cell, sizeof(page->cell));
}

static unsigned int take_submitted(void)
{
	unsigned int entry = 0;

	POINT("swap_device/take");
	baton_idle(BATON_HERE("queue"), &world.swap.queue, &queue_wait);
	while (!world.swap.queue[entry])
		entry++;
	world.swap.queue[entry] = 0;
	return entry;
}

static long checksum(const struct cell *cells)
{
	long sum = 0;

	for (int i = 0; i < NR_CELLS; i++)
		sum = sum * 31 + cells[i].value;
	return sum;
}

/* First step: what will be stored with the data. */
static long read_for_checksum(const struct page *page)
{
	struct cell seen[NR_CELLS];

	for (int i = 0; i < NR_CELLS; i++) {
		POINT("swap_device/checksum");
		baton_access(BATON_HERE("checksum"), &page->cell[i], BATON_READ);
		seen[i] = page->cell[i];
	}
	return checksum(seen);
}

/* Second step, and the end. */
static void write_copy(struct page *page, unsigned int entry, const long *sum)
{
	struct cell copy[NR_CELLS];

	for (int i = 0; i < NR_CELLS; i++) {
		POINT("swap_device/copy");
		baton_access(BATON_HERE("copy"), &page->cell[i], BATON_READ);
		copy[i] = page->cell[i];
	}
	POINT("swap_device/written");
	baton_access(BATON_HERE("slot"), &world.swap, BATON_RMW);
	if (baton_fault("mm/swap_write")) {
		write_failed(page);
		end_page_writeback(page);
		return;
	}
	memcpy(world.swap.slot[entry].cell, copy, sizeof(copy));
	baton_note("%s to slot %u%s", page->name, entry,
		   sum && *sum != checksum(copy) ? ", the checksum is wrong" : "");
	end_page_writeback(page);
}

/*
 * Linux: no function: what the driver and its hardware do between submit_bio() and
 *	end_swap_bio_write()
 * Model: stub
 */
void swap_device_run(void)
{
	while (!smp_alone()) {
		unsigned int entry = take_submitted();
		struct page *page = pfn_to_page(world.swap.slot[entry].cache);
		long sum = world.swap.flags.stable ? read_for_checksum(page) : 0;

		write_copy(page, entry, world.swap.flags.stable ? &sum : NULL);
	}
}
