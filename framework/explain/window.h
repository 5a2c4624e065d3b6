/* SPDX-License-Identifier: MIT */
/*
 * window.h - between which two points of a CPU another one has to come.
 *
 * Layer: explain. Private to it.
 */
#ifndef EXPLAIN_WINDOW_H
#define EXPLAIN_WINDOW_H

#include "explain/core.h"

/**
 * window_write() - append the shortest window that the orders of @core make.
 *
 * Two orders that all executions of the core have make one: "a:p before b:x" and "b:y before
 * a:q" say that b passes x and y while a is between p and q. Appends nothing if no two do.
 */
void window_write(const struct core *core, const struct baton_program *program, struct text *text);

#endif
