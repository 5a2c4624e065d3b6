/* SPDX-License-Identifier: MIT */
/*
 * diff.c - two executions as text.
 *
 * A line is "  LEFT | RIGHT" with a mark between the columns: blank where both are alike, '<'
 * and '>' for what one does alone, '|' where they do the same and it comes out differently.
 */
#include "reports/diff.h"

#include <string.h>

#include "reports/format.h"

/* Columns beside the two texts: indentation, and the mark between blanks. */
#define MARGIN 2u
#define BETWEEN 3u

struct page {
	const struct diff_side *sides;
	const struct align *align;
	const struct report_options *options;
	struct text *out;
	size_t column;  /* width of each of the two */
	size_t numbers; /* columns of a step's number */
	size_t names;   /* columns of a CPU's name */
	size_t hang;    /* blanks before what does not fit in a line */
	long *shown[2]; /* values that differ, as they were shown last */
	bool *is_shown; /* there is a difference in this watch that was shown */
	size_t alike;   /* rows in a row that are left out */
};

static const struct baton_program *program_of(const struct page *page)
{
	return page->sides[0].trace->program;
}

static void put_line(struct page *page, const char *left, char mark, const char *right)
{
	struct text line = TEXT_INIT;
	size_t columns = format_columns(left);

	text_pad(&line, MARGIN, ' ');
	text_add(&line, left);
	if (mark != ' ' || *right) {
		text_pad(&line, line.length + page->column - columns + 1, ' ');
		text_add_char(&line, mark);
	}
	if (*right)
		text_addf(&line, " %s", right);
	text_addf(page->out, "%s\n", line.bytes);
	text_release(&line);
}

/* Both texts wrapped to their columns. */
static void put_row(struct page *page, const char *left, char mark, const char *right)
{
	struct format_lines l = format_wrap(left, page->column, 0, page->hang);
	struct format_lines r = format_wrap(right, page->column, 0, page->hang);
	size_t count = l.lines.count > r.lines.count ? l.lines.count : r.lines.count;

	for (size_t i = 0; i < count; i++)
		put_line(page, i < l.lines.count ? l.lines.items[i] : "", mark,
			 i < r.lines.count ? r.lines.items[i] : "");
	format_lines_release(&l);
	format_lines_release(&r);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* "  9 dio    gup_fast/pte_read: A, writable" */
static void name_step(const struct page *page, const struct align_step *step, struct text *text)
{
	const struct baton_point *point;

	if (!step)
		return;
	point = step->event->point;
	text_addf(text, "%*u %-*s %s", (int)page->numbers, step->event->step, (int)page->names,
		  step->cpu, point->name);
	if (!point->labelled)
		text_addf(text, " %s:%u", base_name(point->file), point->line);
	if (*step->notes)
		text_addf(text, ": %s", step->notes);
}

static bool same_notes(const struct align_row *row)
{
	return !strcmp(row->a->notes, row->b->notes);
}

static void put_steps(struct page *page, const struct align_row *row)
{
	struct text left = TEXT_INIT, right = TEXT_INIT;
	char mark = !row->a ? '>' : !row->b ? '<' : same_notes(row) ? ' ' : '|';

	name_step(page, row->a, &left);
	name_step(page, row->b, &right);
	put_row(page, left.bytes, mark, right.bytes);
	text_release(&left);
	text_release(&right);
}

/* ---- Values that are watched ------------------------------------------------------------- */

/* Does watch @i differ in another way than was shown? */
static bool is_news(const struct page *page, const struct align_row *row, unsigned int i)
{
	long a = row->a->values[i], b = row->b->values[i];

	if (a == b)
		return page->is_shown[i];
	return !page->is_shown[i] || page->shown[0][i] != a || page->shown[1][i] != b;
}

static bool has_values(const struct align_row *row)
{
	return row->a && row->b && row->a->values && row->b->values;
}

static bool has_news(const struct page *page, const struct align_row *row)
{
	for (unsigned int i = 0; has_values(row) && i < program_of(page)->watch_count; i++)
		if (is_news(page, row, i))
			return true;
	return false;
}

static void add_value(const struct page *page, unsigned int i, long value, const char *before,
		      struct text *text)
{
	if (!text->length)
		text_pad(text, page->hang, ' ');
	else
		text_add(text, ", ");
	text_addf(text, "%s%s = %ld", before, program_of(page)->watches[i].name, value);
}

static void put_values(struct page *page, const struct align_row *row)
{
	struct text left = TEXT_INIT, right = TEXT_INIT, again = TEXT_INIT;

	for (unsigned int i = 0; i < program_of(page)->watch_count; i++) {
		long a = row->a->values[i], b = row->b->values[i];

		if (!is_news(page, row, i))
			continue;
		add_value(page, i, a, a == b ? "again " : "", a == b ? &again : &left);
		if (a != b)
			add_value(page, i, b, "", &right);
		page->is_shown[i] = a != b;
		page->shown[0][i] = a;
		page->shown[1][i] = b;
	}
	if (left.length)
		put_row(page, left.bytes, '|', right.bytes);
	if (again.length)
		put_row(page, again.bytes, ' ', again.bytes);
	text_release(&left);
	text_release(&right);
	text_release(&again);
}

/* ---- The rows ---------------------------------------------------------------------------- */

/* Is there something to see in this row? */
static bool differs(const struct page *page, const struct align_row *row)
{
	return !row->a || !row->b || !same_notes(row) || has_news(page, row);
}

/* Has the row next to @i a step of one alone, or another note? */
static bool is_context(const struct page *page, size_t i)
{
	const struct align_row *rows = page->align->rows.items;

	return (i + 1 < page->align->rows.count && (!rows[i + 1].a || !rows[i + 1].b)) ||
	       (i && (!rows[i - 1].a || !rows[i - 1].b));
}

static void put_alike(struct page *page)
{
	struct text text = TEXT_INIT;

	if (!page->alike)
		return;
	text_pad(&text, page->numbers + 1, '.');
	text_add_char(&text, ' ');
	text_add_counted(&text, page->alike, "step alike", "steps alike");
	put_line(page, text.bytes, ' ', "");
	text_release(&text);
	page->alike = 0;
}

static void put_rows(struct page *page)
{
	for (size_t i = 0; i < page->align->rows.count; i++) {
		const struct align_row *row = &page->align->rows.items[i];
		bool shown = differs(page, row);

		if (!shown && !is_context(page, i)) {
			page->alike++;
			continue;
		}
		put_alike(page);
		put_steps(page, row);
		if (has_news(page, row))
			put_values(page, row);
	}
	put_alike(page);
}

/* ---- Above and below them ---------------------------------------------------------------- */

static void put_side(const struct page *page, int index)
{
	const struct diff_side *side = &page->sides[index];
	struct text text = TEXT_INIT;

	text_addf(&text, "%c  %s: %s, ", index ? 'B' : 'A', side->title, side->schedule);
	report_counts(side->trace, &text);
	format_paragraph(text.bytes, 0, 3, page->options, page->out);
	text_release(&text);
}

/* What @side does where the two part: its next step. */
static void add_next(const struct page *page, int side, struct text *text)
{
	const struct align *align = page->align;

	text_addf(text, " %c %s ", side ? 'B' : 'A',
		  side         ? "with" :
		  align->first ? "goes on with" :
				 "begins with");
	if (align->first < align->steps[side].count) {
		const struct align_step *step = &align->steps[side].items[align->first];

		text_addf(text, "%s at %s", step->cpu, step->event->point->name);
	} else {
		text_add(text, "nothing: it has ended");
	}
	text_add(text, side ? "." : ",");
}

/* Steps that are the same come to something else by an answer to a choice, or in another variant.
 * Return: the first row of such; align->first if there is none. */
static size_t first_otherwise(const struct align *align)
{
	size_t row = 0;

	while (row < align->first &&
	       !strcmp(align->rows.items[row].a->notes, align->rows.items[row].b->notes))
		row++;
	return row;
}

static void add_divergence(const struct page *page, struct text *text)
{
	const struct align *align = page->align;
	size_t otherwise = first_otherwise(align);

	if (otherwise) {
		text_add(text, "Alike for ");
		text_add_counted(text, otherwise, "step", "steps");
		text_add(text, "; then");
	} else {
		text_add(text, "At once");
	}
	if (otherwise < align->first) {
		const struct align_step *step = align->rows.items[otherwise].a;

		text_addf(text, " %s comes to something else at %s.", step->cpu,
			  step->event->point->name);
		if (align->first < align->rows.count)
			text_addf(text, " From step %zu on", align->first + 1);
	}
	if (align->first < align->rows.count) {
		add_next(page, 0, text);
		add_next(page, 1, text);
	}
}

static void put_divergence(const struct page *page)
{
	const struct align *align = page->align;
	struct text text = TEXT_INIT;

	if (first_otherwise(align) == align->rows.count)
		text_add(&text, "Both make the same steps.");
	else
		add_divergence(page, &text);
	format_paragraph(text.bytes, 0, 0, page->options, page->out);
	text_release(&text);
}

static const char *finding_of(const struct diff_side *side)
{
	return side->trace->finding.kind == FINDING_NONE ? "" : side->trace->finding.text.bytes;
}

static void put_pair(struct page *page, const char *a, const char *b)
{
	if (*a || *b)
		put_row(page, a, strcmp(a, b) != 0 ? '|' : ' ', b);
}

static void put_end(struct page *page)
{
	const struct diff_side *sides = page->sides;
	struct text held[2] = { TEXT_INIT, TEXT_INIT };

	for (int side = 0; side < 2; side++)
		text_addf(&held[side], "holds: %s", sides[side].held);
	text_add(page->out, "\n  at the end:\n");
	page->hang = 2;
	put_pair(page, held[0].bytes, held[1].bytes);
	put_pair(page, finding_of(&sides[0]), finding_of(&sides[1]));
	for (size_t i = 0; i < sides[0].variables.count; i++)
		if (strcmp(sides[0].variables.items[i], sides[1].variables.items[i]) != 0)
			put_pair(page, sides[0].variables.items[i], sides[1].variables.items[i]);
	text_release(&held[0]);
	text_release(&held[1]);
}

/* Interrupt contexts that did nothing have long names. */
static void measure(struct page *page)
{
	unsigned int last = 1;

	for (int side = 0; side < 2; side++) {
		const struct trace *trace = page->sides[side].trace;

		last = trace->steps > last ? trace->steps : last;
		for (size_t i = 0; i < page->align->steps[side].count; i++) {
			size_t columns = format_columns(page->align->steps[side].items[i].cpu);

			page->names = columns > page->names ? columns : page->names;
		}
	}
	for (; last; last /= 10)
		page->numbers++;
	page->hang = page->numbers + page->names + 4;
	page->column = (format_width(page->options) - MARGIN - BETWEEN) / 2;
}

bool diff_same(const struct diff_side *sides, const struct align *align)
{
	if (align->first != align->rows.count || strcmp(sides[0].held, sides[1].held) != 0 ||
	    strcmp(finding_of(&sides[0]), finding_of(&sides[1])) != 0)
		return false;
	for (size_t i = 0; i < align->rows.count; i++)
		if (!same_notes(&align->rows.items[i]))
			return false;
	for (size_t i = 0; i < sides[0].variables.count; i++)
		if (strcmp(sides[0].variables.items[i], sides[1].variables.items[i]) != 0)
			return false;
	return true;
}

void diff_text(const struct diff_side *sides, const struct align *align,
	       const struct report_options *options, struct text *out)
{
	struct page page = { .sides = sides, .align = align, .options = options, .out = out };
	size_t watches = program_of(&page)->watch_count;

	page.is_shown = xcalloc(watches + 1, sizeof(*page.is_shown));
	page.shown[0] = xcalloc(watches + 1, sizeof(**page.shown));
	page.shown[1] = xcalloc(watches + 1, sizeof(**page.shown));
	measure(&page);
	put_side(&page, 0);
	put_side(&page, 1);
	put_divergence(&page);
	text_add_char(out, '\n');
	put_line(&page, "A", ' ', "B");
	put_rows(&page);
	put_end(&page);
	free(page.is_shown);
	free(page.shown[0]);
	free(page.shown[1]);
}
