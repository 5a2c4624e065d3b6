/* SPDX-License-Identifier: MIT */
#include "explore/deepen.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

/* What was searched before is searched to the end, whatever cut this one. */
static void name_last_whole(struct explore_result *result, int preemptions)
{
	size_t length = strlen(result->bounds);

	if (preemptions >= 0)
		snprintf(result->bounds + length, sizeof(result->bounds) - length,
			 ", through for preemptions<=%d", preemptions);
}

static bool is_deepest(const struct explore_search *search, const struct explore_result *result)
{
	return !result->preemptions_reached || result->strength == STRENGTH_CUT ||
	       search->preemptions_max == result->preemptions_last;
}

int explore_deepen(const struct explore_search *search, struct explore_filter *filter,
		   const struct explore_judge *judge, struct explore_result *result,
		   struct err *err)
{
	struct explore_search bounded = *search;

	bounded.begun = clock_ms();
	for (bounded.preemptions_max = 0;; bounded.preemptions_max++) {
		if (bounded.preemptions_max)
			gather_restart(judge->gatherers);
		if (explore_run(&bounded, filter, judge, result, err))
			return -1;
		result->preemptions_last = bounded.preemptions_max;
		result->failed = judge->failed(judge->arg);
		if (result->failed || is_deepest(search, result))
			break;
	}
	if (result->strength == STRENGTH_CUT && !result->failed)
		name_last_whole(result, result->preemptions_last - 1);
	return 0;
}
