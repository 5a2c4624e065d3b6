/* SPDX-License-Identifier: MIT */
/*
 * report.h - what every output format implements.
 *
 * A report appends to out; the caller writes it. A report knows nothing of any
 * model: names and texts come from the result and its traces.
 *
 * Layer: reports. May include: explore, engine, base.
 */
#ifndef REPORTS_REPORT_H
#define REPORTS_REPORT_H

#include "explore/result.h"

struct report_options {
	bool color;
	bool unicode;       /* may use more than ASCII */
	bool changelog;     /* no watches, and no legend but for marks */
	int verbose;        /* 1: backtraces and source lines */
	unsigned int width; /* columns, at least 60; default 100 */
};

struct report_totals {
	unsigned int ok, fail, inconclusive, none; /* results, by outcome */
	unsigned int errors; /* what ended in one; results may be missing for it */
};

struct report {
	const char *name; /* as in report_formats */
	void (*begin)(struct report *report);
	void (*variant)(struct report *report, const struct variant_result *result);
	void (*summary)(struct report *report, const struct report_totals *totals);
	void (*release)(struct report *report); /* frees state; may be NULL */
	struct report_options options;
	struct text out;
	void *state; /* of the format */
};

/*
 * Life of a report: init, set options, begin, variant for each result, summary, release. out
 * may be written and cleared after any of them; it is empty before begin.
 */
void report_text_init(struct report *report);
void report_json_init(struct report *report);
void report_jsonl_init(struct report *report);
void report_ktap_init(struct report *report);
void report_tap_init(struct report *report);
void report_junit_init(struct report *report);
void report_html_init(struct report *report);
void report_release(struct report *report);

/* A format of what a search showed. */
struct report_format {
	const char *name; /* "ktap" */
	void (*init)(struct report *report);
};

/* All of them; ends with an entry whose name is NULL. */
extern const struct report_format report_formats[];

/**
 * report_variant_text() - append what the text report says of a variant.
 *
 * For formats that carry a text: its line, and the executions that show what is not as
 * expected.
 */
void report_variant_text(const struct variant_result *result, const struct report_options *options,
			 struct text *out);

/**
 * report_table() - the recorded execution as one column per CPU.
 * @trace: of one execution
 * @options: width is kept unless a single word is wider than its column can be
 * @out: gets the heading, the steps, the final state and the legend
 *
 * An interrupt context shares its host's column. Names and notes that do not fit are
 * wrapped, never cut. A watch whose value never changes is named in the legend.
 *
 * Context: anywhere.
 */
void report_table(const struct trace *trace, const struct report_options *options,
		  struct text *out);

/* Append how much there is of an execution: "9 steps, 2 preemptions, 0 faults". */
void report_counts(const struct trace *trace, struct text *out);

/**
 * report_finding() - what went wrong: "deadlock after step 9: no CPU can go on", and its details.
 *
 * Appends nothing to @out if the execution ended well.
 */
void report_finding(const struct trace *trace, const struct report_options *options,
		    struct text *out);

/**
 * report_stacks() - the stacks of all CPUs at the end of @trace, innermost frames first.
 */
void report_stacks(const struct trace *trace, const struct report_options *options,
		   struct text *out);

#endif
