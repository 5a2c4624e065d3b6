/* SPDX-License-Identifier: MIT */
/*
 * html.h - pieces of the HTML report: docs/html-report.md.
 *
 * A page is one file that needs no other: style and script stand in it, and what the script
 * knows of an execution is JSON in it. All that can be read is in the HTML itself; the script
 * only helps to find one's way. Strings of the code under test and of scenarios may be
 * anything, so each goes through one of the functions here.
 *
 * Layer: reports. May include: engine, base.
 */
#ifndef REPORTS_HTML_HTML_H
#define REPORTS_HTML_HTML_H

#include "reports/export.h"
#include "reports/table_rows.h"

/* The files of this folder, as they stand in the page. */
extern const char html_style[];
extern const char html_script[];

/* Append @string as text or as the value of an attribute in quotes. */
void html_text(const char *string, struct text *out);

/* Append @string in quotes, as JSON that may stand in a script element. */
void html_json(const char *string, struct text *out);

/* Append ',' unless it would be the first in its JSON array. */
void html_comma(struct text *out);

/* Everything up to the content, and from there on. */
void html_begin(const char *title, struct text *out);
void html_end(struct text *out);

/* One execution on a page. */
struct html_run {
	const char *id; /* of its element: "r1" */
	const struct exhibit *exhibit;
	const struct table *table; /* of its trace */
	struct text *out;
};

/**
 * html_run_add() - append one execution: what it shows, its steps, and data for the script.
 * @id: unique on the page, a name that can stand in an address
 */
void html_run_add(const char *id, const struct exhibit *exhibit, struct text *out);

/* The state that a program shows, step by step. */
struct html_state {
	const struct trace *trace;
	VEC(const char *) values; /* of each field; NULL: not shown */
};

void html_state_init(struct html_state *state, const struct trace *trace);
void html_state_release(struct html_state *state);

/* Append what @event will change: "page A refcount 1 2" */
void html_state_tell(const struct html_state *state, const struct trace_event *event,
		     struct text *out);

/* @event has happened. */
void html_state_apply(struct html_state *state, const struct trace_event *event);

/* Append "page A". */
void html_object(const struct trace *trace, unsigned int object, struct text *out);

/* Append what is known of other executions: how many show what, and where this one could part. */
void html_search(const struct html_run *run);

/* Append the table of steps. */
void html_steps(const struct html_run *run);

/**
 * html_data() - append what the script needs of a trace.
 * @table: whose columns are the lanes
 * @name: class of the element
 */
void html_data(const struct trace *trace, const struct table *table, const char *name,
	       struct text *out);

/* Is @note what is said when one of @names ("pin_lost, lost_dma") comes to hold? */
bool html_is_bad(const char *names, const char *note);

/* The innermost frame of a step that is in the file of its point; 0 if it is not known. */
unsigned int html_place(const struct trace *trace, const struct trace_event *event);

/* Two executions beside each other: that of @run, and the one of @run->exhibit->passing. */
void html_compare(const struct html_run *run);

#endif
