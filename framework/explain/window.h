/* SPDX-License-Identifier: MIT */
/*
 * window.h - between which two points of a CPU another one has to come.
 *
 * Layer: explain. May include: explore, engine, base.
 */
#ifndef EXPLAIN_WINDOW_H
#define EXPLAIN_WINDOW_H

#include "explain/core.h"

struct window {
	const struct condition *opens, *closes;
	unsigned int steps; /* of the CPU, from the one to the other */
};

/**
 * window_find() - the shortest window that the orders of @core make.
 *
 * Two orders that all executions of the core have make one: "a:p before b:x" and "b:y before
 * a:q" say that b passes x and y while a is between p and q.
 *
 * Return: false if no two do.
 */
bool window_find(const struct core *core, struct window *window);

/* Append it, if there is one. */
void window_write(const struct core *core, const struct baton_program *program, struct text *text);

#endif
