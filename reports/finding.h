/* SPDX-License-Identifier: MIT */
/*
 * finding.h - parts of what report_finding() prints.
 *
 * Layer: reports. May include: engine, base.
 */
#ifndef REPORTS_FINDING_H
#define REPORTS_FINDING_H

#include "reports/report.h"

/* Append where it was found: "at step 9 on dio". The trace has a finding. */
void finding_place(const struct trace *trace, struct text *out);

/* Append the details, indented, each line ended by '\n'; nothing if there are none. */
void finding_details(const struct trace *trace, const struct report_options *options,
		     struct text *out);

#endif
