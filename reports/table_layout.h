/* SPDX-License-Identifier: MIT */
/*
 * table_layout.h - how wide the columns of a table are.
 *
 * Columns take what their longest cell needs. If that is more than there is room for,
 * their starts move together and cells run on into the columns to their right: only
 * one CPU makes a step, so nothing else is on its line. What passes the last column is
 * wrapped.
 *
 * Layer: reports. May include: engine, base.
 */
#ifndef REPORTS_TABLE_LAYOUT_H
#define REPORTS_TABLE_LAYOUT_H

#include "reports/report.h"
#include "reports/table_rows.h"

/* Blanks between two columns. */
#define TABLE_GAP 2u

struct table_watch {
	size_t width;
	bool known; /* it has a value so far... */
	long value; /* ...this one */
	bool changes;
};

struct table_layout {
	const struct table *table;
	const struct baton_program *program;
	const struct report_options *options;
	size_t number_width; /* of marks and number at the left */
	size_t widths[BATON_CPUS_MAX];
	VEC(struct table_watch) watches; /* all of the program */
	bool barred;                     /* a bar of a CPU that waits was printed */
	struct text *out;
};

/**
 * table_layout_init() - measure @table.
 * @table, @options, @out: must outlive the layout
 *
 * Afterwards no watch is known: value is for whoever prints. For a watch that does not
 * change, known and value are what it was all the time.
 *
 * Return: whether every cell fits on one line.
 */
bool table_layout_init(struct table_layout *layout, const struct table *table,
		       const struct report_options *options, struct text *out);
void table_layout_release(struct table_layout *layout);

/* Left of the cells: marks, number and two blanks. */
size_t table_gutter(const struct table_layout *layout);

/* Columns that the watches take, with the blanks before them; 0 if none changes. */
size_t table_watches_width(const struct table_layout *layout);

/* Columns that all cells take, with the blanks between them. */
size_t table_cells_width(const struct table_layout *layout);

#endif
