/* SPDX-License-Identifier: MIT */
/*
 * export.h - one recorded execution in the formats of other tools: docs/formats.md.
 *
 * Layer: reports. May include: explore, engine, base.
 */
#ifndef REPORTS_EXPORT_H
#define REPORTS_EXPORT_H

#include "reports/report.h"

/* Two steps of the execution whose order it needs to fail; 0: it is an answer to a choice. */
struct exhibit_order {
	unsigned int first, second; /* numbers */
	char *text;                 /* "dio:gup_fast/pte_read before kswapd:rmap/pte_cleared" */
	char *otherwise;            /* what there is then instead, in lines */
};

/* Of @of executions of a search, @count show @what. */
struct exhibit_count {
	const char *what; /* "lost_dma" */
	uint64_t count, of;
};

/* An execution, and what it is of. What is not known is NULL. */
struct exhibit {
	const char *scenario, *path;
	const char *title;    /* "D03-single-check kosaki-0414" */
	const char *schedule; /* on one line */
	const char *held;     /* "pin_lost, lost_dma" or "nothing" */
	const char *message;  /* what was seen: "pg = set, seen = 0x11" */
	const char *search;   /* what the search saw of it: "84 of 12,286 executions" */
	const char *replay;   /* the command that runs it again */
	const char *further;  /* the one that tells more of it */
	const struct trace *trace;
	const struct exhibit_order *orders; /* that it needs to fail */
	size_t order_count;
	const struct exhibit_count *counts; /* of a search that saw it */
	size_t count_count;
	const char *explained;         /* how sure that is, or why there are none; in lines */
	const struct exhibit *passing; /* the nearest execution that passes */
};

struct export_format {
	const char *name;   /* "perfetto" */
	const char *reader; /* what reads it */
	bool explains;      /* it shows why an execution fails */
	/* Append the execution to @out; equal executions give equal bytes. */
	void (*write)(const struct exhibit *exhibit, const struct report_options *options,
		      struct text *out);
};

/* All of them; ends with an entry whose name is NULL. */
extern const struct export_format export_formats[];

/* The one whose name is the first @length bytes of @name; NULL: none. */
const struct export_format *export_format_find(const char *name, size_t length);

void export_text(const struct exhibit *exhibit, const struct report_options *options,
		 struct text *out);
void export_json(const struct exhibit *exhibit, const struct report_options *options,
		 struct text *out);
void export_commitlog(const struct exhibit *exhibit, const struct report_options *options,
		      struct text *out);
void export_html(const struct exhibit *exhibit, const struct report_options *options,
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
