/* SPDX-License-Identifier: MIT */
/*
 * diagnostics.h - what is to be said about a scenario file.
 *
 * Everything is collected, and told in the order of the file: parsing and checking
 * are separate passes, a reader does not care. Each is "path:line:col: error: text",
 * the source line, and a caret under the place.
 *
 * Layer: scenario. May include: base.
 */
#ifndef SCENARIO_DIAGNOSTICS_H
#define SCENARIO_DIAGNOSTICS_H

#include "scenario/source.h"

/* More errors than this are only counted; likewise warnings. */
#define DIAGNOSTICS_MAX 50

enum severity {
	SEVERITY_ERROR,
	SEVERITY_WARNING,
};

struct diagnostic {
	enum severity severity;
	struct span at;
	char *text;
};

struct diagnostics {
	const struct source *source;
	VEC(struct diagnostic) list;
	unsigned int errors, warnings; /* also those beyond the maximum */
};

void diagnostics_init(struct diagnostics *diagnostics, const struct source *source);
void diagnostics_release(struct diagnostics *diagnostics);

void diagnostics_error(struct diagnostics *diagnostics, struct span at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void diagnostics_warning(struct diagnostics *diagnostics, struct span at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Append all of @from, which is empty afterwards. */
void diagnostics_move(struct diagnostics *diagnostics, struct diagnostics *from);

/* The line of @at, for "... on line 7". */
unsigned int diagnostics_line(const struct diagnostics *diagnostics, struct span at);

/**
 * diagnostics_tell() - append all of them to @err, in the order of the file.
 */
void diagnostics_tell(struct diagnostics *diagnostics, struct err *err);

#endif
