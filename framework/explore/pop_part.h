/* SPDX-License-Identifier: MIT */
/*
 * pop_part.h - parts of a parsimonious search, as text.
 *
 * A part is a list of nodes. Each is explored without knowing of any other, so a
 * search can be cut between any two executions, and no execution is begun in vain because of it.
 *
 *	pop 1 0 1 1 0 0 1 0 0 0 0 0 0 0 0
 *
 * The number of nodes, and of each: the number of choices before the first step, and these;
 * the number of steps, and of each its CPU, its choices, and whether it is a default step; the
 * number of deviations, and of each its place, target, kind and CPU; where the tail begins;
 * one more than the choices that are not new, of the event before it and before the first
 * step (0: none is); and whether the node is alone. A choice is the answer, the number of
 * options, and the rule of its fault. Without any number, it is the whole search.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_POP_PART_H
#define EXPLORE_POP_PART_H

#include "base/fields.h"
#include "explore/part.h"
#include "explore/pop.h"

/* The first word of a part. */
#define POP_WORD "pop"

/* The same where additions do not commute: somebody waits for what is added to. */
#define POP_ORDERED "pop-ordered"

/**
 * pop_part_load() - explore the part whose text, behind "pop", is next in @part.
 * @pop: nothing was explored since pop_init()
 *
 * Return: 0, or -1 if it is no part.
 */
int pop_part_load(struct pop *pop, struct fields *part, struct err *err);

/**
 * pop_part_split() - cut what is left to explore into parts, appended in the search's order.
 *
 * Context: between two executions, and there is another one.
 */
void pop_part_split(const struct pop *pop, struct parts *parts);

/**
 * pop_part_nodes() - the same, each node a part of its own.
 */
void pop_part_nodes(const struct pop *pop, struct parts *parts);

#endif
