/* SPDX-License-Identifier: MIT */
#include "reports/coverage.h"

#include "reports/format.h"

/* Blanks before the total, and before a pair. */
#define INDENT 6u

static bool is_both(const struct coverage_pair *pair)
{
	return pair->first[0] && pair->first[1];
}

size_t coverage_both(const struct coverage_result *coverage)
{
	size_t both = 0;

	for (size_t i = 0; i < coverage->pairs.count; i++)
		both += is_both(&coverage->pairs.items[i]);
	return both;
}

/* "gup_fast/pte_read", or "READ_ONCE(x) mm/gup.c:33" where the point has no label. */
static void point_text(const struct baton_point *point, struct text *out)
{
	text_add(out, point->name);
	if (!point->labelled)
		text_addf(out, " %s:%u", point->file, point->line);
}

static void side_text(const struct coverage_side *side, struct text *out)
{
	text_addf(out, "%s ", side->cpu);
	point_text(side->point, out);
}

/* What came first in a pair that was seen in one order. */
static unsigned int first_side(const struct coverage_pair *pair)
{
	return !pair->first[0];
}

static size_t first_width(const struct coverage_result *coverage)
{
	struct text text = TEXT_INIT;
	size_t width = 0;

	for (size_t i = 0; i < coverage->pairs.count; i++) {
		const struct coverage_pair *pair = &coverage->pairs.items[i];

		text_clear(&text);
		side_text(&pair->sides[first_side(pair)], &text);
		if (format_columns(text.bytes) > width)
			width = format_columns(text.bytes);
	}
	text_release(&text);
	return width;
}

static void put_pair(const struct coverage_pair *pair, size_t width, struct text *out)
{
	struct text first = TEXT_INIT;

	side_text(&pair->sides[first_side(pair)], &first);
	text_pad(&first, width, ' ');
	text_pad(out, out->length + INDENT + 2, ' ');
	text_addf(out, "%s  %s  ", first.bytes, is_both(pair) ? "<->" : "-->");
	side_text(&pair->sides[!first_side(pair)], out);
	text_add_char(out, '\n');
	text_release(&first);
}

void coverage_text(const struct coverage_result *coverage, struct text *out)
{
	size_t width = first_width(coverage), both = coverage_both(coverage);

	if (!coverage->asked)
		return;
	text_pad(out, out->length + INDENT, ' ');
	text_addf(out, "conflicting pairs: %zu of %zu in both orders%s\n", both,
		  coverage->pairs.count,
		  both < coverage->pairs.count ? " (<->); --> in this order only" : "");
	for (size_t i = 0; i < coverage->pairs.count; i++)
		put_pair(&coverage->pairs.items[i], width, out);
}
