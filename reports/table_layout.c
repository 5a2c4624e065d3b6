/* SPDX-License-Identifier: MIT */
#include "reports/table_layout.h"

#include <stdio.h>

#include "reports/format.h"

/* No column of a CPU is narrower if there is room for that... */
#define CPU_WIDTH_MIN 12u
/* ...and none is narrower than this, even if the table gets too wide. */
#define CPU_WIDTH_LEAST 2u

static size_t max_size(size_t a, size_t b)
{
	return a > b ? a : b;
}

static size_t number_columns(long number)
{
	return (size_t)snprintf(NULL, 0, "%ld", number);
}

size_t table_gutter(const struct table_layout *layout)
{
	return layout->number_width + TABLE_GAP;
}

static void see_values(struct table_layout *layout, const long *values)
{
	for (size_t i = 0; values && i < layout->watches.count; i++) {
		struct table_watch *watch = &layout->watches.items[i];

		watch->changes |= watch->known && watch->value != values[i];
		watch->known = true;
		watch->value = values[i];
		watch->width = max_size(watch->width, number_columns(values[i]));
	}
}

static void measure_watches(struct table_layout *layout)
{
	const struct table *table = layout->table;

	for (unsigned int i = 0; i < layout->program->watch_count && !layout->options->changelog;
	     i++) {
		struct table_watch watch = {
			.width = format_columns(layout->program->watches[i].name),
		};

		vec_push(&layout->watches, watch);
	}
	see_values(layout, table->initial);
	for (size_t i = 0; i < table->rows.count; i++)
		see_values(layout, table->rows.items[i].values);
	for (size_t i = 0; i < layout->watches.count; i++)
		if (layout->watches.items[i].changes)
			layout->watches.items[i].known = false;
}

size_t table_watches_width(const struct table_layout *layout)
{
	size_t width = 0;

	for (size_t i = 0; i < layout->watches.count; i++)
		if (layout->watches.items[i].changes)
			width += layout->watches.items[i].width + 1;
	return width ? width + TABLE_GAP - 1 : 0;
}

static size_t room_for_cells(const struct table_layout *layout)
{
	size_t count = layout->table->columns.count;
	size_t width = format_width(layout->options);
	size_t taken = table_gutter(layout) + table_watches_width(layout) + TABLE_GAP * (count - 1);

	if (taken + CPU_WIDTH_LEAST * count > width)
		return CPU_WIDTH_LEAST * count;
	return width - taken;
}

/* What each of @count columns has at least; the last one twice that, where it is narrow. */
static size_t least_width(size_t count, size_t room)
{
	size_t least = room / (count + 1);

	if (least > CPU_WIDTH_MIN)
		return CPU_WIDTH_MIN;
	return max_size(least, CPU_WIDTH_LEAST);
}

static void measure_cells(struct table_layout *layout)
{
	const struct table *table = layout->table;

	for (size_t i = 0; i < table->columns.count; i++)
		layout->widths[i] = format_columns(table->columns.items[i].heading);
	for (size_t i = 0; i < table->rows.count; i++) {
		const struct table_row *row = &table->rows.items[i];

		layout->widths[row->column] = max_size(layout->widths[row->column],
						       row->indent + format_columns(row->text));
	}
}

static size_t sum_widths(const struct table_layout *layout)
{
	size_t sum = 0;

	for (size_t i = 0; i < layout->table->columns.count; i++)
		sum += layout->widths[i];
	return sum;
}

/* The width that none of the first @count columns may pass so that they fit into @room. */
static size_t widest_allowed(const struct table_layout *layout, size_t count, size_t room)
{
	size_t allowed = room + 1, used;

	do {
		used = 0;
		allowed--;
		for (size_t i = 0; i < count; i++)
			used += layout->widths[i] < allowed ? layout->widths[i] : allowed;
	} while (used > room);
	return allowed;
}

/* What the columns before the last one keep in any case: not all of their cells run on. */
static size_t least_before_last(const struct table_layout *layout, size_t room)
{
	size_t count = layout->table->columns.count, sum = 0;
	size_t least = least_width(count, room);

	if (count < 5)
		least = max_size(room / 5, least);
	for (size_t i = 0; i + 1 < count; i++)
		sum += layout->widths[i] < least ? layout->widths[i] : least;
	return sum;
}

/* The last column is served first: its cells have nothing to run on into. */
static void squeeze(struct table_layout *layout, size_t room)
{
	size_t last = layout->table->columns.count - 1;
	size_t wanted = layout->widths[last], others, allowed;
	size_t share = max_size(room - least_before_last(layout, room), room * 3 / (2 * last + 3));

	if (share > wanted)
		share = wanted;
	allowed = widest_allowed(layout, last, room - share);
	for (size_t i = 0; i < last; i++)
		if (layout->widths[i] > allowed)
			layout->widths[i] = allowed;
	others = sum_widths(layout) - wanted;
	layout->widths[last] = wanted < room - others ? wanted : room - others;
}

static unsigned int last_number(const struct table *table)
{
	unsigned int last = 0;

	for (size_t i = 0; i < table->rows.count; i++)
		if (table->rows.items[i].number > last)
			last = table->rows.items[i].number;
	return last;
}

bool table_layout_init(struct table_layout *layout, const struct table *table,
		       const struct report_options *options, struct text *out)
{
	*layout = (struct table_layout){
		.table = table,
		.program = table->trace->program,
		.options = options,
		.out = out,
	};
	layout->number_width = max_size(number_columns((long)last_number(table)) + 2, 4);
	measure_watches(layout);
	if (!table->columns.count)
		return true;
	measure_cells(layout);
	if (sum_widths(layout) <= room_for_cells(layout))
		return true;
	squeeze(layout, room_for_cells(layout));
	return false;
}

void table_layout_release(struct table_layout *layout)
{
	vec_release(&layout->watches);
}

size_t table_cells_width(const struct table_layout *layout)
{
	return sum_widths(layout) + TABLE_GAP * (layout->table->columns.count - 1);
}
