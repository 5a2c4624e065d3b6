/* SPDX-License-Identifier: MIT */
/*
 * rate.h - how strong a search was: what it counted becomes its result.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_RATE_H
#define EXPLORE_RATE_H

#include "explore/slice.h"

enum rate_end {
	RATE_THROUGH, /* all that was to be explored is */
	RATE_CUT,     /* a limit or the judge has ended it */
};

/* Fill @result with what @slicer has counted in a search that ended like @end. */
void rate(struct explore_result *result, const struct slicer *slicer, enum rate_end end);

#endif
