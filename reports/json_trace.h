/* SPDX-License-Identifier: MIT */
/*
 * json_trace.h - a recorded execution as members of a JSON object: docs/json.md.
 *
 * Layer: reports. May include: engine, base.
 */
#ifndef REPORTS_JSON_TRACE_H
#define REPORTS_JSON_TRACE_H

#include "engine/trace.h"
#include "reports/json_out.h"

/* An object; @key as in json_out.h. */
void json_point(struct json_out *out, const char *key, const struct baton_point *point);

/**
 * json_trace() - add what happened to the object that is open.
 * @closely: also the state that the program shows, and the stack of each step
 */
void json_trace(struct json_out *out, const struct trace *trace, bool closely);

#endif
