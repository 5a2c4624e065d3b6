/* SPDX-License-Identifier: MIT */
/*
 * cut.h - a search as many parts from the beginning, the same ones on every machine.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_CUT_H
#define EXPLORE_CUT_H

#include "explore/explorer.h"

/* At least so many parts, if there are: enough for some of them to be small. */
#define CUT_PARTS 16u

/* Of a search that remembers: many of them are small, and an empty one costs little. */
#define CUT_PARTS_STATES 128u

/**
 * explorer_recut() - cut the part @text of a search that recuts.
 *
 * Otherwise as explorer_cut().
 */
int explorer_recut(struct explorer *explorer, const char *text, struct parts *parts,
		   struct err *err);

/**
 * explorer_cut() - cut the whole search, of which nothing is explored yet.
 * @parts: empty; filled. It may be one part, where the search cannot be cut.
 *
 * Runs executions, or their beginnings, that nobody counts.
 *
 * Return: 0, or -1 if the program is not deterministic.
 */
int explorer_cut(struct explorer *explorer, struct parts *parts, struct err *err);

#endif
