/* SPDX-License-Identifier: MIT */
/*
 * guide.h - a strategy that follows a schedule as far as it can.
 *
 * Entries that cannot be followed are left out; behind the last one the running CPU goes on,
 * or else the first that can, and everything works.
 *
 * Layer: explain. May include: engine, base.
 */
#ifndef EXPLAIN_GUIDE_H
#define EXPLAIN_GUIDE_H

#include "engine/schedule.h"
#include "engine/strategy.h"

struct guide {
	struct strategy strategy;
	const struct schedule *schedule;
	size_t next; /* entry */
};

void guide_init(struct guide *guide, const struct schedule *schedule);

#endif
