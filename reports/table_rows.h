/* SPDX-License-Identifier: MIT */
/*
 * table_rows.h - what stands in the cells of a table, before it is laid out.
 *
 * One row per step, per call that begins, and per note that follows neither. A cell's
 * text is one line without indent; its row says how deep it stands.
 *
 * Layer: reports. May include: engine, base.
 */
#ifndef REPORTS_TABLE_ROWS_H
#define REPORTS_TABLE_ROWS_H

#include "base/vec.h"
#include "engine/trace.h"

struct table_row {
	unsigned int number; /* of the step; 0: not a step */
	bool preempts, faults;
	bool noted;          /* text has a note */
	bool labelled;       /* a step at a point that has a name */
	unsigned int column; /* index in columns */
	uint64_t blocked;    /* columns whose CPU cannot go on then */
	size_t indent;       /* blanks before the text */
	char *text;
	size_t name;                     /* bytes of text before the notes */
	const struct trace_event *event; /* step, call or wait; of a note alone that note */
	const long *values; /* watches after the step, of the trace; NULL: not sampled */
};

struct table_column {
	unsigned int cpu; /* not an interrupt context */
	char *heading;    /* "CPU " and the name */
};

struct table {
	const struct trace *trace;
	VEC(struct table_row) rows;
	VEC(struct table_column) columns;
	VEC(char *) finals;    /* what the end of the execution said, one line each */
	const long *initial;   /* watches before the first step; NULL: not known */
	uint64_t interrupts;   /* CPUs that made a step as an interrupt context */
	bool preempts, faults; /* in any row */
	unsigned int folded;   /* rows that table_fold() left out */
};

/**
 * table_build() - collect the rows of a recorded execution.
 * @trace: must outlive the table
 * @short_names: leave out the subsystem of a point ("gup_fast/pte_read") where the
 *		 call above it names it ("gup_fast(A)")
 * @lines: also where in the source a point is that has a name
 *
 * Return: the table; table_release() frees it.
 */
struct table table_build(const struct trace *trace, bool short_names, bool lines);
void table_release(struct table *table);

/* Leave out steps without a name, a note, a mark or a changed watch. */
void table_fold(struct table *table);

/* The marks of an interrupt context's steps: '^' for the first one of its host, "^^"... */
void table_mark(const struct baton_program *program, unsigned int cpu, struct text *text);

#endif
