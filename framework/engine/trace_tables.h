/* SPDX-License-Identifier: MIT */
/*
 * trace_tables.h - what the events of a trace refer to: places, objects, fields, changes.
 *
 * Layer: engine, private to trace.c. May include: base.
 */
#ifndef ENGINE_TRACE_TABLES_H
#define ENGINE_TRACE_TABLES_H

#include "engine/trace.h"

/* Empty but for the entries 0. */
void trace_tables_clear(struct trace *trace);
void trace_tables_release(struct trace *trace);

#endif
