/* SPDX-License-Identifier: MIT */
/*
 * dpor_part.h - the parts that a reduced search is cut into, as text.
 *
 * A part is a beginning, and who sleeps behind it: the traces that continue the beginning
 * in such a way that no step of a sleeper comes before one that depends on it. Cutting
 * explores all beginnings of a depth, and every CPU sleeps where it was explored already.
 * So each trace is in one part, and a part needs no other: the race of an event in the
 * beginning leads to another part. The price is that a part may turn out to be empty,
 * because nothing depends on some sleeper: an execution is begun in vain then.
 *
 *	dpor 0 2 1 0 0 1 1 2 1 3 0
 *
 * The number of choices before the first step, and these; the number of steps, and of
 * each its CPU, the number of choices in it, and these; the same of the sleepers. A choice is
 * the answer, the number of options, and the rule of its fault.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_DPOR_PART_H
#define EXPLORE_DPOR_PART_H

#include "base/fields.h"
#include "explore/dpor.h"

/**
 * dpor_cut() - from now on find the beginnings of @depth events, and what ends before.
 *
 * Context: nothing was explored since dpor_init() or dpor_part_load().
 */
void dpor_cut(struct dpor *dpor, size_t depth);

/**
 * dpor_beginning() - the part that begins as the last execution did, while cutting.
 *
 * Context: before the strategy's end. Return: to be freed; NULL if all is asleep there.
 */
char *dpor_beginning(const struct dpor *dpor);

/**
 * dpor_part_load() - explore the part whose text, behind "dpor", is next in @part.
 * @dpor: nothing was explored since dpor_init(); the text may be over: then it is everything
 *
 * Return: 0, or -1 if it is no part.
 */
int dpor_part_load(struct dpor *dpor, struct fields *part, struct err *err);

#endif
