/* SPDX-License-Identifier: MIT */
/* writeback.c - PG_writeback: begun under the page lock, ended by the device. */
#include "mm/writeback.h"

#include <stdio.h>

#include "baton/lockdep.h"
#include "mm/ghost.h"
#include "mm/rules.h"
#include "mm/world.h"

static bool not_written(const void *object)
{
	return !*(const uint8_t *)object;
}

static const char *writeback_name(const void *object)
{
	static char name[NR_PAGES][24];
	size_t pfn =
		(size_t)((const char *)object - (const char *)world.pages) / sizeof(struct page);

	(void)snprintf(name[pfn], sizeof(name[pfn]), "writeback(%s)", world.pages[pfn].name);
	return name[pfn];
}

static const struct baton_wait writeback_wait = { not_written, NULL, writeback_name };

/*
 * Linux: mm/page-writeback.c set_page_writeback() (v2.6.29)
 * Model: reduced: nothing is tagged in the file's tree
 */
void set_page_writeback(struct page *page, bool stable)
{
	POINT("writeback/set");
	baton_access(BATON_HERE("SetPageWriteback"), &page->writeback, BATON_WRITE);
	BATON_ASSERT(bit_is_locked(&page->lock) && !page->writeback);
	page->writeback = 1;
	page->stable = stable;
	for (int i = 0; i < NR_CELLS && stable; i++) {
		POINT("writeback/checksum");
		baton_access(BATON_HERE("checksum"), &page->cell[i], BATON_READ);
		ghost_device_sums(page, i);
	}
}

/*
 * Linux: mm/filemap.c end_page_writeback() (v2.6.29)
 * Model: exact
 */
void end_page_writeback(struct page *page)
{
	for (int i = 0; i < NR_CELLS && page->stable; i++) {
		POINT("writeback/data");
		baton_access(BATON_HERE("data"), &page->cell[i], BATON_READ);
		ghost_device_copies(page, i);
	}
	page->stable = 0;
	POINT("writeback/end");
	baton_access(BATON_HERE("end_page_writeback"), &page->writeback, BATON_WRITE);
	BATON_ASSERT(page->writeback);
	page->writeback = 0;
}

/*
 * Linux: include/linux/page-flags.h PageWriteback() (all)
 * Model: exact
 */
bool page_under_writeback(const struct page *page)
{
	baton_access(BATON_NAMED("writeback/test"), &page->writeback, BATON_READ);
	return page->writeback;
}

/*
 * Who clears PG_writeback wakes the waiters a moment later. By then the page may be written
 * again, and those who wait for that are woken, too.
 *
 * Linux: mm/filemap.c wait_on_page_bit() (v2.6.29, v5.9), mm/page-writeback.c
 *	wait_on_page_writeback() (v5.11)
 * Model: exact
 */
void wait_on_page_writeback(struct page *page)
{
	might_sleep();
	POINT("writeback/wait");
	if (patched(WRITEBACK_WAIT_ONCE))
		wait_woken_at(BATON_HERE("wait_on_page_writeback"), &page->writeback,
			      &writeback_wait);
	else
		wait_event_at(BATON_HERE("wait_on_page_writeback"), &page->writeback,
			      &writeback_wait);
}
