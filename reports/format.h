/* SPDX-License-Identifier: MIT */
/*
 * format.h - pieces that the text reports share: colours, wrapped lines.
 *
 * Widths are in columns of a terminal; every code point of UTF-8 counts as one.
 *
 * Layer: reports. May include: base.
 */
#ifndef REPORTS_FORMAT_H
#define REPORTS_FORMAT_H

#include <stdint.h>

#include "base/vec.h"
#include "reports/report.h"

#define STYLE_BOLD "1"
#define STYLE_RED "1;31"
#define STYLE_YELLOW "33"

/* Columns that reports may use: the option, 100 if it is not set, within 60 and 200. */
unsigned int format_width(const struct report_options *options);

/* Number of columns of @string. */
size_t format_columns(const char *string);

/* Append @string, in @style (STYLE_*) if @options allow colours. */
void format_styled(const char *string, const char *style, const struct report_options *options,
		   struct text *out);

/* Append @string, with a blank in place of each control character. */
void format_clean(const char *string, struct text *out);

struct format_lines {
	VEC(char *) lines;
};

/**
 * format_wrap() - break @string into lines.
 * @width: columns of a line, at least 1
 * @indent: blanks before the first line
 * @hang: blanks before the others
 *
 * Breaks at blanks; a word that is too long is broken behind '/', '_', ',' and the like,
 * or anywhere if it has none of them. Nothing but blanks at a break is lost. Where @indent
 * or @hang leave no room, they are reduced.
 *
 * Return: at least one line; format_lines_release() frees them.
 */
struct format_lines format_wrap(const char *string, size_t width, size_t indent, size_t hang);

void format_lines_release(struct format_lines *lines);

/* Append @string wrapped to the width of @options, each line ended by '\n'. */
void format_paragraph(const char *string, size_t indent, size_t hang,
		      const struct report_options *options, struct text *out);

#endif
