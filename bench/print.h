/* SPDX-License-Identifier: MIT */
/*
 * print.h - the results, as a table that grows line by line, or as one JSON document.
 *
 * Layer: bench. May include: scenarios, explore, engine, base.
 */
#ifndef BENCH_PRINT_H
#define BENCH_PRINT_H

#include "bench/row.h"

/* The lines above the table. */
void print_text_begin(const struct limits *limits);
/* One line; above the first of a strategy a heading. @before: of the last line, or NULL */
void print_text(const struct row *row, const struct row *before, const struct measurement *result);

/* One document of all. */
void print_json(const struct rows *rows, const struct limits *limits,
		const struct measurement *results);

/* Is it what the reference says, where that says something? */
bool print_as_expected(const struct row *row, const struct measurement *result);

#endif
