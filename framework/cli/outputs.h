/* SPDX-License-Identifier: MIT */
/*
 * outputs.h - the reports of one run: one on stdout, and any number in files.
 *
 * Layer: cli. May include: reports, base.
 */
#ifndef CLI_OUTPUTS_H
#define CLI_OUTPUTS_H

#include <argp.h>

#include "base/err.h"
#include "cli/output.h"
#include "reports/report.h"

/* What --output asks for. */
struct output_wish {
	const struct report_format *format;
	const char *path; /* NULL: stdout */
};

struct output_wishes {
	VEC(struct output_wish) list;
};

/**
 * outputs_parse() - one "FORMAT" or "FORMAT:FILE"; "-" is stdout.
 *
 * Leaves by argp_error() where there is no such format, or two are for stdout.
 */
void outputs_parse(struct output_wishes *wishes, const char *arg, struct argp_state *state);

/* The format for stdout; NULL if none was named. */
const struct report_format *outputs_stdout(const struct output_wishes *wishes);

/* The reports that go to files, each with its path. */
struct outputs {
	VEC(struct report) reports;
	VEC(const char *) paths;
};

/**
 * outputs_begin() - begin the reports that go to files.
 * @output: how much they tell, and their width if it is given; -q is for stdout alone. A file
 *	    is for anybody's screen: no colours, nothing but ASCII, no width of this terminal
 */
void outputs_begin(struct outputs *outputs, const struct output_wishes *wishes,
		   const struct output *output);
void outputs_variant(struct outputs *outputs, const struct variant_result *result);

/**
 * outputs_end() - write the files: only a run that is over has reports.
 * @totals: NULL: it was interrupted, or judges nothing; no file is written
 *
 * Return: 0, or -1 if one could not be written.
 */
int outputs_end(struct outputs *outputs, const struct report_totals *totals, struct err *err);

#endif
