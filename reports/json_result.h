/* SPDX-License-Identifier: MIT */
/*
 * json_result.h - what a search showed, as JSON: docs/json.md.
 *
 * Layer: reports. May include: explore, engine, base.
 */
#ifndef REPORTS_JSON_RESULT_H
#define REPORTS_JSON_RESULT_H

#include <jansson.h>

#include "reports/report.h"

/* The object of one variant. */
json_t *json_result(const struct variant_result *result);
json_t *json_totals(const struct report_totals *totals);

#endif
