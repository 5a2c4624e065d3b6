/* SPDX-License-Identifier: MIT */
/*
 * fault_table.h - what came of each failure, as a table.
 *
 * Layer: reports. May include: explore, engine, base.
 */
#ifndef REPORTS_FAULT_TABLE_H
#define REPORTS_FAULT_TABLE_H

#include "explore/result.h"
#include "reports/json_out.h"
#include "reports/report.h"

/* "FAIL", "showed" (what was seen may be of the failure) or "absorbed". */
const char *fault_table_outcome(const struct fault_row *row);

/* Append the table; nothing if it was not asked for. */
void fault_table_text(const struct fault_table_result *result, const struct report_options *options,
		      struct text *out);

/* Add the rows to the object that is open. */
void fault_table_json(struct json_out *out, const struct fault_table_result *result);

#endif
