/* SPDX-License-Identifier: MIT */
/*
 * trace_compare.h - the first thing in which two recordings of one schedule differ.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_TRACE_COMPARE_H
#define EXPLORE_TRACE_COMPARE_H

#include "engine/trace.h"

/**
 * trace_compare() - say where @first and @second begin to differ.
 * @first: of the same program as @second, and of the same schedule
 * @why: appended: "step 3: first a at toy/read (toy.c:12), then a at toy/write (toy.c:15)";
 *       nothing if they are equal
 *
 * Return: true if they are equal.
 */
bool trace_compare(const struct trace *first, const struct trace *second, struct text *why);

#endif
