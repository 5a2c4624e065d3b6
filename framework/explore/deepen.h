/* SPDX-License-Identifier: MIT */
/*
 * deepen.h - search after search, each with one preemption more, up to the first failure.
 *
 * What fails with few preemptions is easier to understand, and there are fewer executions
 * to look through. Without a failure all that the last search did would have been enough;
 * the others before it cost little, as the numbers grow with the bound.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_DEEPEN_H
#define EXPLORE_DEEPEN_H

#include "explore/explore.h"

/**
 * explore_deepen() - explore_run() with preemptions_max 0, 1, 2, ... @search->preemptions_max.
 * @search: dfs or dpor; executions_max holds for each search, seconds_max for all together
 * @judge: failed is asked after each search; the gatherers begin again before the next one
 * @result: of the last search; preemptions_last and failed are set
 *
 * It ends after the first search that failed, that was cut, or that no bound on
 * preemptions kept from anything.
 *
 * Context and return: as explore_run().
 */
int explore_deepen(const struct explore_search *search, struct explore_filter *filter,
		   const struct explore_judge *judge, struct explore_result *result,
		   struct err *err);

#endif
