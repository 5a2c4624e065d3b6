/* SPDX-License-Identifier: MIT */
/*
 * align.h - two recorded executions side by side, by CPU and point.
 *
 * Rows are in the order of both. A step that both make is one row; one that only one of them
 * makes, or that it makes earlier than the other, is a row of its side alone. As many steps as
 * possible share a row.
 *
 * Layer: reports. May include: explore, engine, base.
 */
#ifndef REPORTS_ALIGN_H
#define REPORTS_ALIGN_H

#include "engine/trace.h"

/* A step of the main phase, with what was said of it. */
struct align_step {
	const struct trace_event *event;
	const char *cpu;
	char *notes;        /* "A, writable; mm/alloc_page fails"; "" if nothing was */
	const long *values; /* of the watches, after it; NULL: nothing is known yet */
};

struct align_row {
	const struct align_step *a, *b; /* NULL: the other one's alone */
};

struct align {
	VEC(struct align_step) steps[2];
	VEC(struct align_row) rows;
	size_t first; /* row from which they are not alike; rows.count: all steps are shared */
};

/**
 * align_init() - put the steps of two executions beside each other.
 * @align: filled
 * @a, @b: of the same CPUs' names; they outlive @align
 */
void align_init(struct align *align, const struct trace *a, const struct trace *b);
void align_release(struct align *align);

#endif
