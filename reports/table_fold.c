/* SPDX-License-Identifier: MIT */
/*
 * table_fold.c - leaves out the steps that say nothing.
 *
 * A lock is taken, a count is read: such a step has no name, no note, and changes no
 * watch. Its number is missing in the table, so that nobody takes two steps for
 * neighbours. A program that names none of its points keeps all rows.
 */
#include "reports/table_rows.h"

#include <stdlib.h>
#include <string.h>

static bool has_names(const struct table *table)
{
	for (size_t i = 0; i < table->rows.count; i++)
		if (table->rows.items[i].labelled)
			return true;
	return false;
}

static bool says_nothing(const struct table *table, const struct table_row *row, const long *before)
{
	size_t bytes = table->trace->program->watch_count * sizeof(long);

	if (!row->number || row->labelled || row->noted || row->preempts || row->faults)
		return false;
	return !row->values || (before && !memcmp(before, row->values, bytes));
}

void table_fold(struct table *table)
{
	const long *before = table->initial;
	size_t kept = 0;

	if (!has_names(table))
		return;
	for (size_t i = 0; i < table->rows.count; i++) {
		struct table_row row = table->rows.items[i];
		bool drop = says_nothing(table, &row, before);

		if (row.values)
			before = row.values;
		table->folded += drop;
		if (drop)
			free(row.text);
		else
			table->rows.items[kept++] = row;
	}
	table->rows.count = kept;
}
