/* SPDX-License-Identifier: MIT */
/*
 * diff.h - two recorded executions of one scenario, beside each other.
 *
 * Layer: reports. May include: explore, engine, base.
 */
#ifndef REPORTS_DIFF_H
#define REPORTS_DIFF_H

#include <jansson.h>

#include "reports/align.h"
#include "reports/report.h"

/* One of the two. */
struct diff_side {
	const char *schedule;      /* as it was given: a line, or the path of a file */
	const char *title;         /* "D03-single-check v5.19" */
	const struct trace *trace; /* watches the same values as the other */
	const char *held;          /* "pin_lost, lost_dma" or "nothing" */
	VEC(char *) variables;     /* at the end: "seen = 0x11"; as many as the other has */
};

/* Do the two do the same, see the same, and end in the same way? */
bool diff_same(const struct diff_side *sides, const struct align *align);

/**
 * diff_text() - append what differs, in two columns.
 * @sides: two
 * @align: of their traces
 *
 * Steps that both make, with equal notes and values, are counted only, but for those next to
 * a difference. A value that is watched is shown where the two begin to differ in it.
 */
void diff_text(const struct diff_side *sides, const struct align *align,
	       const struct report_options *options, struct text *out);

/* Return: the same as an object, with all rows; to be given up with json_decref(). */
json_t *diff_json(const struct diff_side *sides, const struct align *align);

#endif
