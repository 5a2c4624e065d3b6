/* SPDX-License-Identifier: MIT */
/*
 * part.h - pieces of a search that can be explored apart from each other.
 *
 * A part is a line of text that its strategy writes and reads; the first word says which
 * strategy. The parts that a search is cut into are in its own order: exploring one after
 * the other makes the executions that it would have made, in the same order. So it does not
 * matter where a search is cut, nor by whom and when each part is run.
 *
 * Layer: explore. May include: base.
 */
#ifndef EXPLORE_PART_H
#define EXPLORE_PART_H

#include "base/vec.h"

struct parts {
	VEC(char *) list; /* in the order of the search; free() each */
};

static inline void parts_release(struct parts *parts)
{
	for (size_t i = 0; i < parts->list.count; i++)
		free(parts->list.items[i]);
	vec_release(&parts->list);
}

#endif
