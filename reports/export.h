/* SPDX-License-Identifier: MIT */
/*
 * export.h - one recorded execution in the formats of other tools: docs/formats.md.
 *
 * Layer: reports. May include: explore, engine, base.
 */
#ifndef REPORTS_EXPORT_H
#define REPORTS_EXPORT_H

#include "reports/report.h"

/* An execution, and what it is of. */
struct exhibit {
	const char *scenario, *path;
	const char *title;    /* "D03-single-check kosaki-0414" */
	const char *schedule; /* on one line */
	const char *held;     /* "pin_lost, lost_dma" or "nothing" */
	const struct trace *trace;
};

struct export_format {
	const char *name;   /* "perfetto" */
	const char *reader; /* what reads it */
	/* Append the execution to @out; equal executions give equal bytes. */
	void (*write)(const struct exhibit *exhibit, const struct report_options *options,
		      struct text *out);
};

/* All of them; ends with an entry whose name is NULL. */
extern const struct export_format export_formats[];

void export_text(const struct exhibit *exhibit, const struct report_options *options,
		 struct text *out);
void export_json(const struct exhibit *exhibit, const struct report_options *options,
		 struct text *out);
void export_commitlog(const struct exhibit *exhibit, const struct report_options *options,
		      struct text *out);
void export_perfetto(const struct exhibit *exhibit, const struct report_options *options,
		     struct text *out);
void export_ftrace(const struct exhibit *exhibit, const struct report_options *options,
		   struct text *out);
void export_mermaid(const struct exhibit *exhibit, const struct report_options *options,
		    struct text *out);
void export_plantuml(const struct exhibit *exhibit, const struct report_options *options,
		     struct text *out);
void export_dot(const struct exhibit *exhibit, const struct report_options *options,
		struct text *out);

#endif
