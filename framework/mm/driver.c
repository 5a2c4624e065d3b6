/* SPDX-License-Identifier: MIT */
/*
 * driver.c - a driver that pins several pages at once, and its device.
 *
 * gup may pin fewer pages than it was asked for: the driver gives those back, and fails. What
 * the device does comes at any moment after it was told, and is not there all at once:
 *
 *	CPU driver                   CPU device                 CPU user
 *	tells the device
 *	                             writes half of it
 *	                                                        load: half of it
 *	                             writes the rest: done
 *	was waiting for that
 *	unpins the page
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/driver.h"

#include "mm/dma.h"
#include "mm/mm.h"

static struct driver *this_driver(void)
{
	return &world.drivers[smp_processor_id()];
}

/*
 * Linux: mm/gup.c __get_user_pages() (v5.6), its loop
 * Model: reduced: locks for each page by itself
 */
static int pin_some(struct mm *mm, int va, int pages, unsigned int gup_flags)
{
	struct driver *driver = this_driver();

	for (int i = 0; i < pages; i++) {
		long page;

		if (i && baton_fault("mm/gup_partial")) {
			baton_note("a signal: %d of %d pages", i, pages);
			return i;
		}
		page = take_user_page(mm, va + i, gup_flags | FOLL_PIN, false);
		if (!page)
			return i;
		driver->pages[i] = (uint16_t)page;
		driver->count++;
	}
	return pages;
}

/*
 * Linux: no function: what each driver does
 * Model: stub
 */
bool driver_pin_pages(struct mm *mm, int va, int pages, unsigned int gup_flags)
{
	if (pages > DRIVER_PAGES || this_driver()->count)
		baton_fail("model_limit", "a driver pins at most %d pages, and once", DRIVER_PAGES);
	if (pin_some(mm, va, pages, gup_flags) == pages)
		return true;
	if (!patched(ERROR_PATH_SHORT_PIN_LEAKS)) {
		driver_unpin_pages(mm);
		return false;
	}
	for (; this_driver()->count; this_driver()->count--)
		ghost_pin_forgotten(handle_page(this_driver()->pages[this_driver()->count - 1]));
	return false;
}

void driver_unpin_pages(const struct mm *mm)
{
	struct driver *driver = this_driver();

	while (driver->count)
		give_back_user_page(driver->pages[--driver->count], GIVE_BACK_PIN, mm_number(mm));
}

static bool idle(const void *object)
{
	return !((const struct dma_engine *)object)->page;
}

static bool told(const void *object)
{
	return ((const struct dma_engine *)object)->page;
}

static const char *engine_name(const void *object)
{
	(void)object;
	return "the device";
}

static const struct baton_wait idle_wait = { idle, NULL, engine_name };
static const struct baton_wait told_wait = { told, NULL, engine_name };

void dma_submit(long handle, long value)
{
	POINT("dma/submit");
	baton_block(BATON_HERE("doorbell"), &world.dma, BATON_LOCK, &idle_wait);
	world.dma.page = (uint16_t)handle;
	world.dma.value = value;
}

void dma_wait(void)
{
	if (patched(ERROR_PATH_DMA_NOT_WAITED))
		return;
	POINT("dma/wait");
	baton_block(BATON_HERE("completion"), &world.dma, BATON_WAIT, &idle_wait);
}

/*
 * Linux: no function: the hardware
 * Model: stub
 */
void dma_device_run(void)
{
	while (!smp_alone()) {
		POINT("dma/begin");
		baton_idle(BATON_HERE("doorbell"), &world.dma, &told_wait);
		dma_write_late(world.dma.page, world.dma.value);
		POINT("dma/done");
		baton_access(BATON_HERE("completion"), &world.dma, BATON_WRITE);
		world.dma.page = 0;
	}
}
