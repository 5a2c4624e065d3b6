/* SPDX-License-Identifier: MIT */
/*
 * story.h - a recorded execution as a list of what is worth a line, for formats that draw it.
 *
 * Layer: reports. May include: engine, base.
 */
#ifndef REPORTS_STORY_H
#define REPORTS_STORY_H

#include "engine/trace.h"

struct story_step {
	const struct trace_event *event; /* TRACE_STEP */
	struct text notes;               /* "slot 0; mm/alloc_page fails" */
	bool faults;
};

struct story {
	const struct trace *trace;
	VEC(struct story_step) steps; /* all of the main phase, in order */
};

void story_init(struct story *story, const struct trace *trace);
void story_release(struct story *story);

/* Has it a name, a note, or a mark? */
bool story_tells(const struct story_step *step);

/* Append "rmap/pte_cleared: 3 == 1+2". */
void story_text(const struct story_step *step, struct text *out);

/* Append "page A", or nothing where it is not known what is accessed. */
void story_object(const struct trace *trace, const struct trace_event *event, struct text *out);

/* What an access does with it: "read". */
const char *story_access(enum baton_access_kind kind);

/* The event that ends the wait at @index of the events, and may begin another one; NULL: none. */
const struct trace_event *story_wait_end(const struct trace *trace, size_t index);

#endif
