/* SPDX-License-Identifier: MIT */
/*
 * fuzz_schedule.c - a schedule on one line: what was read is written so that it is read as
 * the same.
 */
#include <string.h>

#include "engine/schedule.h"
#include "fuzz/fuzz.h"
#include "fuzz/program.h"

static void write_again(const struct schedule *schedule)
{
	struct text line = TEXT_INIT;
	struct schedule again = { 0 };
	struct err err = ERR_INIT;
	size_t count = schedule->entries.count;

	schedule_format(schedule, &fuzz_program, &line);
	FUZZ_CHECK(!schedule_parse(&again, &fuzz_program, line.bytes, &err));
	FUZZ_CHECK(again.entries.count == count);
	FUZZ_CHECK(!count || !memcmp(again.entries.items, schedule->entries.items,
				     count * sizeof(*again.entries.items)));
	schedule_release(&again);
	text_release(&line);
	err_release(&err);
}

void fuzz(const char *bytes, size_t length)
{
	struct schedule schedule = { 0 };
	struct err err = ERR_INIT;

	(void)length;
	if (!schedule_parse(&schedule, &fuzz_program, bytes, &err)) {
		FUZZ_CHECK(!err.count);
		/* "k10000000" is as good as any, and slow. */
		if (schedule.entries.count < 10000)
			write_again(&schedule);
	} else {
		FUZZ_CHECK(err.count && !schedule.entries.count);
	}
	schedule_release(&schedule);
	err_release(&err);
}
