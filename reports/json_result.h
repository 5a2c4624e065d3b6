/* SPDX-License-Identifier: MIT */
/*
 * json_result.h - what a search showed, as JSON: docs/json.md.
 *
 * Layer: reports. May include: explore, engine, base.
 */
#ifndef REPORTS_JSON_RESULT_H
#define REPORTS_JSON_RESULT_H

#include "reports/json_out.h"
#include "reports/report.h"

/* The object of one variant; @key as in json_out.h. */
void json_result(struct json_out *out, const char *key, const struct variant_result *result);

/* The member "totals". */
void json_totals(struct json_out *out, const struct report_totals *totals);

#endif
