/* SPDX-License-Identifier: MIT */
/*
 * coverage.h - the orders of conflicting accesses that a search saw, as text.
 *
 * Layer: reports. May include: explore, base.
 */
#ifndef REPORTS_COVERAGE_H
#define REPORTS_COVERAGE_H

#include "reports/report.h"

/* Pairs of which both orders were seen. */
size_t coverage_both(const struct coverage_result *coverage);

/* Append the total and a line per pair; nothing if coverage was not asked for. */
void coverage_text(const struct coverage_result *coverage, struct text *out);

#endif
