/* SPDX-License-Identifier: MIT */
/* live_state.c - what /proc says about a page: for people, when an answer is not as expected. */
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/vec.h"
#include "conform/live_worker.h"

/* Bits of /proc/PID/pagemap (admin-guide/mm/pagemap). */
#define PAGEMAP_PRESENT (UINT64_C(1) << 63)
#define PAGEMAP_SWAP (UINT64_C(1) << 62)
#define PAGEMAP_FILE (UINT64_C(1) << 61)
#define PAGEMAP_EXCLUSIVE (UINT64_C(1) << 56)
#define PAGEMAP_PFN ((UINT64_C(1) << 55) - 1)

#define PAGEFLAG_DIRTY 4
#define PAGEFLAG_WRITEBACK 8
#define PAGEFLAG_SWAPCACHE 13
#define WRITEBACK_MS 5000 /* not forever: the frame may be another page's meanwhile */

/* Bits of /proc/kpageflags; the last one is no official one. */
static const struct {
	unsigned int bit;
	const char *name;
} flags[] = {
	{ PAGEFLAG_DIRTY, "dirty" },
	{ 5, "lru" },
	{ PAGEFLAG_WRITEBACK, "writeback" },
	{ 12, "anon" },
	{ PAGEFLAG_SWAPCACHE, "swapcache" },
	{ 14, "swapbacked" },
	{ 18, "unevictable" },
	{ 24, "zero" },
};

/* The 64-bit word with this index in a file of them; 0 if it cannot be read. */
static uint64_t word(const char *path, uint64_t index)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	uint64_t value = 0;

	if (file < 0)
		return 0;
	if (pread(file, &value, sizeof(value), (off_t)(index * sizeof(value))) !=
	    (ssize_t)sizeof(value))
		value = 0;
	close(file);
	return value;
}

static uint64_t pagemap(const char *at)
{
	return word("/proc/self/pagemap", (uintptr_t)at / LIVE_PAGE_SIZE);
}

bool live_is_swapped(const char *at)
{
	return (pagemap(at) & PAGEMAP_SWAP) != 0;
}

uint64_t live_frame(const char *at)
{
	uint64_t entry = pagemap(at);

	return entry & PAGEMAP_PRESENT ? entry & PAGEMAP_PFN : 0;
}

static bool has_flag(uint64_t frame, unsigned int bit)
{
	return frame && word("/proc/kpageflags", frame) >> bit & 1;
}

bool live_await_writeback(uint64_t frame)
{
	const struct timespec moment = { .tv_nsec = 50000 };
	uint64_t end = clock_ms() + WRITEBACK_MS;

	while (has_flag(frame, PAGEFLAG_WRITEBACK) && clock_ms() < end)
		(void)nanosleep(&moment, NULL);
	return has_flag(frame, PAGEFLAG_SWAPCACHE);
}

void live_flags(unsigned int page, char *text)
{
	uint64_t entry = pagemap(live_page(page));

	(void)snprintf(text, LIVE_TEXT_SIZE, "%c%c%c", entry & PAGEMAP_PRESENT ? 'P' : '-',
		       entry & PAGEMAP_SWAP ? 'S' : '-', entry & PAGEMAP_EXCLUSIVE ? 'X' : '-');
}

void live_file_flags(unsigned int page, char *text)
{
	uint64_t entry = pagemap(live_page(page)), frame = live_frame(live_page(page));

	(void)snprintf(text, LIVE_TEXT_SIZE, "%c %s%s", entry & PAGEMAP_PRESENT ? 'P' : '-',
		       has_flag(frame, PAGEFLAG_DIRTY) ? "dirty" : "clean",
		       entry & PAGEMAP_FILE ? " file" : "");
}

void live_state(unsigned int page, char *text)
{
	uint64_t entry = pagemap(live_page(page)), pfn = entry & PAGEMAP_PFN, bits;
	struct text state = TEXT_INIT;

	if (entry & PAGEMAP_SWAP)
		text_add(&state, "swapped out");
	else
		text_add(&state, entry & PAGEMAP_PRESENT ? "present" : "not mapped");
	if (entry & PAGEMAP_FILE)
		text_add(&state, " file-or-shared");
	if (entry & PAGEMAP_EXCLUSIVE)
		text_add(&state, " mapped-once");
	if ((entry & PAGEMAP_PRESENT) && pfn) {
		text_addf(&state, " mapcount=%llu",
			  (unsigned long long)word("/proc/kpagecount", pfn));
		bits = word("/proc/kpageflags", pfn);
		for (size_t i = 0; i < ARRAY_SIZE(flags); i++)
			if (bits >> flags[i].bit & 1)
				text_addf(&state, " %s", flags[i].name);
	}
	(void)snprintf(text, LIVE_TEXT_SIZE, "%s", state.bytes);
	text_release(&state);
}

long live_st(struct live_worker *worker, const struct conform_op *op)
{
	(void)worker;
	(void)op;
	return 0;
}
