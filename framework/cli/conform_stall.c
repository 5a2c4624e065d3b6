/* SPDX-License-Identifier: MIT */
/* conform_stall.c - "baton conform --live" of half-way states: beside what was recorded of them. */
#include <string.h>

#include "cli/conform.h"
#include "cli/output.h"

struct counts {
	unsigned long compared, differing, skipped;
};

/* "FILE:LINE: " and the columns that name it. */
static void add_name(const struct source *source, const struct stall *stall, struct text *text)
{
	text_addf(text, "%s:%u: %s: ", source->path, stall->line, stall->name);
}

static void skip(const struct source *source, const struct stall *stall, const char *missing)
{
	struct text text = TEXT_INIT;

	text_add(&text, "SKIP  ");
	add_name(source, stall, &text);
	text_addf(&text, "needs %s\n", missing);
	output_text(&text);
	text_release(&text);
}

static void tell(const struct source *source, const struct stall *stall, const char *seen)
{
	struct text text = TEXT_INIT;

	add_name(source, stall, &text);
	text_addf(&text, "not as recorded\n  recorded: %s\n  seen here: %s\n", stall->seen, seen);
	output_text(&text);
	text_release(&text);
}

/* Return: 0, or -1 with an error. */
static int compare(struct live *live, const struct source *source, const struct stall *stall,
		   struct counts *counts, struct err *err)
{
	const char *missing = live_stall_missing(live, stall);
	struct text seen = TEXT_INIT;
	int result = 0;

	if (missing) {
		counts->skipped++;
		skip(source, stall, missing);
		return 0;
	}
	result = live_stall_run(live, stall, &seen, err);
	if (result == 0) {
		counts->compared++;
		if (strcmp(seen.bytes, stall->seen) != 0) {
			counts->differing++;
			tell(source, stall, seen.bytes);
		}
	}
	text_release(&seen);
	return result;
}

static enum code print_counts(const struct source *source, const struct counts *counts)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "%s %s: ", counts->differing ? "FAIL " : "ok   ", source->path);
	text_add_counted(&text, counts->compared, "half-way state", "half-way states");
	text_add(&text, counts->differing ? "; as recorded but for " : ", all as recorded");
	if (counts->differing)
		text_add_counted(&text, counts->differing, "state", "states");
	if (counts->skipped)
		text_addf(&text, "; %lu skipped", counts->skipped);
	text_add_char(&text, '\n');
	output_text(&text);
	text_release(&text);
	if (counts->differing)
		return CODE_FAIL;
	return counts->compared ? CODE_OK : CODE_NONE;
}

enum code conform_stalled(struct live *live, const struct source *source,
			  const volatile sig_atomic_t *interrupted, struct err *err)
{
	struct stalls stalls = { 0 };
	struct counts counts = { 0 };
	enum code code = CODE_ERROR;

	if (stalls_parse(&stalls, source->path, source->text, err) == 0) {
		for (size_t i = 0; i < stalls.list.count && !*interrupted; i++)
			if (compare(live, source, &stalls.list.items[i], &counts, err))
				break;
		code = print_counts(source, &counts);
	}
	stalls_release(&stalls);
	return code;
}
