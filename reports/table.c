/* SPDX-License-Identifier: MIT */
/*
 * table.c - prints a recorded execution as one column per CPU.
 */
#include <stdio.h>
#include <string.h>

#include "reports/format.h"
#include "reports/table_layout.h"

/* Blanks before the continuation of a cell, beyond those of its first line. */
#define HANG 4u

static void pad_columns(struct text *line, size_t columns)
{
	for (size_t i = format_columns(line->bytes); i < columns; i++)
		text_add_char(line, ' ');
}

/* End a line that starts behind the gutter, without blanks at its end. */
static void put_line(struct table_layout *layout, struct text *line, const char *style)
{
	text_trim(line, ' ');
	if (style && line->length)
		format_styled(line->bytes, style, layout->options, layout->out);
	else
		text_add(layout->out, line->bytes);
	text_add_char(layout->out, '\n');
	text_clear(line);
}

/* Marks and number, right aligned; 0 with nothing else is the state before the first step. */
static void put_gutter(struct table_layout *layout, const struct table_row *row, const char *label)
{
	size_t columns = strlen(label) + (row && row->preempts) + (row && row->faults);

	for (; columns < layout->number_width; columns++)
		text_add_char(layout->out, ' ');
	if (row && row->preempts)
		format_styled("*", STYLE_YELLOW, layout->options, layout->out);
	if (row && row->faults)
		format_styled("!", STYLE_RED, layout->options, layout->out);
	text_add(layout->out, label);
}

static size_t cell_start(const struct table_layout *layout, unsigned int column)
{
	size_t start = TABLE_GAP;

	for (unsigned int i = 0; i < column; i++)
		start += layout->widths[i] + TABLE_GAP;
	return start;
}

/* The watches that differ from what was shown last, right aligned. */
static void add_values(struct table_layout *layout, const long *values, struct text *line)
{
	char number[32];
	size_t end = table_cells_width(layout) + 2 * TABLE_GAP - 1;

	for (size_t i = 0; values && i < layout->watches.count; i++) {
		struct table_watch *watch = &layout->watches.items[i];

		if (!watch->changes)
			continue;
		end += watch->width + 1;
		if (watch->known && watch->value == values[i])
			continue;
		watch->known = true;
		watch->value = values[i];
		snprintf(number, sizeof(number), "%ld", values[i]);
		pad_columns(line, end - strlen(number));
		text_add(line, number);
	}
}

/* A cell may run on to the end of the last column. */
static struct format_lines wrap_cell(const struct table_layout *layout, const struct table_row *row)
{
	size_t passed = cell_start(layout, row->column) - TABLE_GAP;

	return format_wrap(row->text, table_cells_width(layout) - passed, row->indent,
			   row->indent + HANG);
}

static const char *bar(const struct table_layout *layout)
{
	return layout->options->unicode ? "\xe2\x94\x82" : "|";
}

/* Before column @end: a bar where the CPU cannot go on, if there is room. */
static void add_bars(struct table_layout *layout, const struct table_row *row, unsigned int end,
		     struct text *line)
{
	for (unsigned int i = 0; i < end; i++) {
		size_t start = cell_start(layout, i);

		if (i == row->column || !(row->blocked >> i & 1) ||
		    format_columns(line->bytes) + 1 > start)
			continue;
		pad_columns(line, start);
		text_add(line, bar(layout));
		layout->barred = true;
	}
}

static void put_row(struct table_layout *layout, const struct table_row *row)
{
	struct format_lines cell = wrap_cell(layout, row);
	struct text line = TEXT_INIT, label = TEXT_INIT;

	if (row->number)
		text_addf(&label, "%u", row->number);
	for (size_t i = 0; i < cell.lines.count; i++) {
		put_gutter(layout, i ? NULL : row, i ? "" : label.bytes);
		add_bars(layout, row, row->column, &line);
		pad_columns(&line, cell_start(layout, row->column));
		text_add(&line, cell.lines.items[i]);
		add_bars(layout, row, (unsigned int)layout->table->columns.count, &line);
		if (!i)
			add_values(layout, row->values, &line);
		put_line(layout, &line, NULL);
	}
	format_lines_release(&cell);
	text_release(&line);
	text_release(&label);
}

static void add_watch_names(const struct table_layout *layout, struct text *line)
{
	size_t end = table_cells_width(layout) + 2 * TABLE_GAP - 1;

	for (size_t i = 0; i < layout->watches.count; i++) {
		const char *name = layout->program->watches[i].name;

		if (!layout->watches.items[i].changes)
			continue;
		end += layout->watches.items[i].width + 1;
		pad_columns(line, end - format_columns(name));
		text_add(line, name);
	}
}

/* "CPU dio"; the name alone, on as many lines as it needs, in a narrow column. */
static struct format_lines wrap_heading(const struct table_layout *layout, unsigned int column)
{
	const char *heading = layout->table->columns.items[column].heading;
	size_t width = layout->widths[column];

	if (format_columns(heading) > width)
		heading += strlen("CPU ");
	return format_wrap(heading, width, 0, 0);
}

/* The n-th line of the headings; false if there is none. */
static bool add_headings(const struct table_layout *layout, size_t n, struct text *line)
{
	bool any = false;

	for (unsigned int i = 0; i < layout->table->columns.count; i++) {
		struct format_lines cell = wrap_heading(layout, i);

		if (n < cell.lines.count) {
			pad_columns(line, cell_start(layout, i));
			text_add(line, cell.lines.items[n]);
			any = true;
		}
		format_lines_release(&cell);
	}
	return any;
}

static void put_headings(struct table_layout *layout)
{
	struct text line = TEXT_INIT;

	for (size_t n = 0; add_headings(layout, n, &line); n++) {
		if (!n)
			add_watch_names(layout, &line);
		text_pad(layout->out, layout->out->length + layout->number_width, ' ');
		put_line(layout, &line, STYLE_BOLD);
	}
	text_release(&line);
}

/* Step 0: what the watches were when the CPUs started. */
static void put_initial(struct table_layout *layout)
{
	struct text line = TEXT_INIT;

	if (!layout->table->initial || !table_watches_width(layout))
		return;
	put_gutter(layout, NULL, "0");
	add_values(layout, layout->table->initial, &line);
	put_line(layout, &line, NULL);
	text_release(&line);
}

/* What the end said, across all columns. */
static void put_finals(struct table_layout *layout)
{
	size_t width = format_width(layout->options) - table_gutter(layout);

	for (size_t i = 0; i < layout->table->finals.count; i++) {
		struct format_lines lines =
			format_wrap(layout->table->finals.items[i], width, 0, HANG);

		for (size_t n = 0; n < lines.lines.count; n++) {
			put_gutter(layout, NULL, i + n ? "" : "end");
			text_addf(layout->out, "  %s\n", lines.lines.items[n]);
		}
		format_lines_release(&lines);
	}
}

static void add_sign(const char *sign, struct text *legend)
{
	text_addf(legend, "%s%s", legend->length ? ", " : "", sign);
}

static void add_interrupts(const struct table_layout *layout, struct text *legend)
{
	for (unsigned int cpu = 0; cpu < layout->program->cpu_count; cpu++) {
		const struct baton_cpu_program *context = &layout->program->cpus[cpu];
		struct text sign = TEXT_INIT;

		if (!(layout->table->interrupts >> cpu & 1))
			continue;
		table_mark(layout->program, cpu, &sign);
		text_addf(&sign, " = %s on %s", context->name,
			  layout->program->cpus[context->host].name);
		add_sign(sign.bytes, legend);
		text_release(&sign);
	}
}

static void add_unchanged(const struct table_layout *layout, struct text *legend)
{
	const char *before = "Unchanged: ";

	for (size_t i = 0; i < layout->watches.count; i++) {
		const struct table_watch *watch = &layout->watches.items[i];

		if (watch->changes || !watch->known)
			continue;
		text_addf(legend, "%s%s %ld", before, layout->program->watches[i].name,
			  watch->value);
		before = ", ";
	}
	if (*before == ',')
		text_add_char(legend, '.');
}

static void put_legend(struct table_layout *layout)
{
	struct text legend = TEXT_INIT, unchanged = TEXT_INIT, sign = TEXT_INIT;

	if (layout->table->preempts)
		add_sign("* = preemption", &legend);
	if (layout->table->faults)
		add_sign("! = fault", &legend);
	if (layout->barred) {
		text_addf(&sign, "%s = waits", bar(layout));
		add_sign(sign.bytes, &legend);
	}
	add_interrupts(layout, &legend);
	if (legend.length)
		text_add(&legend, ".  ");
	if (table_watches_width(layout))
		text_add(&legend, "Only changed values are shown.  ");
	add_unchanged(layout, &unchanged);
	text_add(&legend, unchanged.bytes);
	if (layout->table->folded && !layout->options->changelog) {
		text_addf(&legend, "%s", unchanged.length ? "  " : "");
		text_add_counted(&legend, layout->table->folded, "step without a name",
				 "steps without a name");
		text_add(&legend, " left out: -v shows all.");
	}
	text_trim(&legend, ' ');
	if (legend.length)
		format_paragraph(legend.bytes, table_gutter(layout), table_gutter(layout),
				 layout->options, layout->out);
	text_release(&legend);
	text_release(&unchanged);
	text_release(&sign);
}

static void put_table(struct table_layout *layout)
{
	const struct table *table = layout->table;

	if (table->columns.count) {
		put_headings(layout);
		put_initial(layout);
	} else {
		text_add(layout->out, "      no CPU made a step\n");
	}
	for (size_t i = 0; i < table->rows.count; i++)
		put_row(layout, &table->rows.items[i]);
	put_finals(layout);
	put_legend(layout);
}

static struct table build(const struct trace *trace, const struct report_options *options,
			  bool short_names)
{
	struct table table = table_build(trace, short_names, options->verbose > 0);

	if (!options->verbose)
		table_fold(&table);
	return table;
}

void report_table(const struct trace *trace, const struct report_options *options, struct text *out)
{
	struct table table = build(trace, options, false);
	struct table_layout layout;

	if (!table_layout_init(&layout, &table, options, out)) {
		table_layout_release(&layout);
		table_release(&table);
		table = build(trace, options, true);
		table_layout_init(&layout, &table, options, out);
	}
	put_table(&layout);
	table_layout_release(&layout);
	table_release(&table);
}
