/* SPDX-License-Identifier: MIT */
#include "reports/fault_table.h"

#include <string.h>

#include "reports/format.h"

/* Blanks before the total, and before a row. */
#define INDENT 6u

enum {
	COLUMN_POINT,
	COLUMN_NTH,
	COLUMN_CPU,
	COLUMN_ERROR,
	COLUMN_EFFECT,
	COLUMN_EXECUTIONS,
	COLUMN_OUTCOME,
	COLUMNS,
};

static const char *const headings[COLUMNS] = { "point", "nth",        "cpu",    "errno",
					       "",      "executions", "outcome" };

struct table {
	size_t widths[COLUMNS];
	const struct report_options *options;
	struct text *out;
};

const char *fault_table_outcome(const struct fault_row *row)
{
	for (size_t i = 0; i < row->shown.count; i++)
		if (!row->shown.items[i].excused)
			return "FAIL";
	return row->shown.count ? "showed" : "absorbed";
}

static bool is_number(unsigned int column)
{
	return column == COLUMN_NTH || column == COLUMN_EXECUTIONS;
}

static void put_shown(const struct fault_row *row, struct text *cell)
{
	text_add(cell, fault_table_outcome(row));
	for (size_t i = 0; i < row->shown.count; i++) {
		text_addf(cell, "%s %s (", i ? "," : "", row->shown.items[i].name);
		text_add_count(cell, row->shown.items[i].executions);
		text_add_char(cell, ')');
	}
}

/* @row: NULL for the headings */
static void put_cell(const struct fault_row *row, unsigned int column, struct text *cell)
{
	text_clear(cell);
	if (!row)
		text_add(cell, headings[column]);
	else if (column == COLUMN_POINT)
		text_add(cell, row->point);
	else if (column == COLUMN_NTH)
		text_addf(cell, "%u", row->pass);
	else if (column == COLUMN_CPU)
		text_add(cell, row->cpu);
	else if (column == COLUMN_ERROR)
		text_add(cell, row->error ? row->error : "choice");
	else if (column == COLUMN_EFFECT)
		text_add(cell, row->effect);
	else if (column == COLUMN_EXECUTIONS)
		text_add_count(cell, row->executions);
	else
		put_shown(row, cell);
}

static void measure(struct table *table, const struct fault_row *row)
{
	struct text cell = TEXT_INIT;

	for (unsigned int column = 0; column < COLUMNS; column++) {
		put_cell(row, column, &cell);
		if (cell.length > table->widths[column])
			table->widths[column] = cell.length;
	}
	text_release(&cell);
}

/* What does not fit behind the last column's begin goes on below it. */
static void put_row(const struct table *table, const struct fault_row *row)
{
	struct text line = TEXT_INIT, cell = TEXT_INIT;
	size_t start = 0;

	for (unsigned int column = 0; column < COLUMNS; column++) {
		put_cell(row, column, &cell);
		if (is_number(column))
			text_pad(&line, start + table->widths[column] - cell.length, ' ');
		text_add_bytes(&line, cell.bytes, cell.length);
		if (column == COLUMN_OUTCOME)
			break;
		start += table->widths[column] + 2;
		text_pad(&line, start, ' ');
	}
	format_paragraph(line.bytes, INDENT + 2, INDENT + 2 + start, table->options, table->out);
	text_release(&line);
	text_release(&cell);
}

static size_t count(const struct fault_table_result *result, const char *outcome)
{
	size_t sum = 0;

	for (size_t i = 0; i < result->rows.count; i++)
		sum += !strcmp(fault_table_outcome(&result->rows.items[i]), outcome);
	return sum;
}

static void put_total(const struct fault_table_result *result, struct text *out)
{
	static const char *const outcomes[] = { "absorbed", "showed", "FAIL" };

	text_pad(out, out->length + INDENT, ' ');
	if (!result->rows.count) {
		text_add(out, "no fault point is passed: there is nothing to fail\n");
		return;
	}
	text_addf(out, "%zu pass%s failed in turn:", result->rows.count,
		  result->rows.count == 1 ? "" : "es");
	for (size_t i = 0; i < 3; i++)
		text_addf(out, "%s %zu %s", i ? "," : "", count(result, outcomes[i]), outcomes[i]);
	text_add_char(out, '\n');
}

void fault_table_text(const struct fault_table_result *result, const struct report_options *options,
		      struct text *out)
{
	struct table table = { .options = options, .out = out };

	if (!result->asked)
		return;
	put_total(result, out);
	if (!result->rows.count)
		return;
	measure(&table, NULL);
	for (size_t i = 0; i < result->rows.count; i++)
		measure(&table, &result->rows.items[i]);
	put_row(&table, NULL);
	for (size_t i = 0; i < result->rows.count; i++)
		put_row(&table, &result->rows.items[i]);
}
