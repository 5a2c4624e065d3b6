/* SPDX-License-Identifier: MIT */
/*
 * json_trace.h - a recorded execution as members of a JSON object: docs/json.md.
 *
 * Layer: reports. May include: engine, base.
 */
#ifndef REPORTS_JSON_TRACE_H
#define REPORTS_JSON_TRACE_H

#include <jansson.h>

#include "engine/trace.h"

json_t *json_point(const struct baton_point *point);

/**
 * json_set_trace() - add what happened.
 * @closely: also the state that the program shows, and the stack of each step
 */
void json_set_trace(json_t *object, const struct trace *trace, bool closely);

#endif
