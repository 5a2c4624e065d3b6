/* SPDX-License-Identifier: MIT */
/*
 * lookout.h - tells somebody a few times in a second how far a search has come.
 *
 * After half a second it also estimates how far it has to go.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_LOOKOUT_H
#define SCENARIO_LOOKOUT_H

#include "explore/estimate.h"

struct lookout_news {
	uint64_t executions; /* of the search */
	uint64_t here;       /* of these, made since it began here; others are of a checkpoint */
	uint64_t passed_ms;  /* since it began here */
	uint64_t executions_max; /* its limit; 0: none */
	bool at_most;            /* a reduced search needs fewer than are estimated */
	const struct estimate_result *estimate; /* NULL: not known, or not yet */
};

/* Who is told. */
struct lookout_listener {
	void (*tell)(struct lookout_listener *listener, const struct lookout_news *news);
};

struct lookout {
	struct explore_watch watch; /* first: look() is given its address */
	struct explore_watch *inner;
	const struct explore_search *search;
	struct explore_filter *filter;
	struct lookout_listener *listener;
	uint64_t begun_ms, told_ms;
	uint64_t base; /* executions that were there when it began */
	bool begun, tried, estimated;
	struct estimate_result estimate;
};

/**
 * lookout_init() - look on at @search.
 * @search: its watch, which may be NULL, looks on as before
 * @filter: as of explore_run()
 *
 * &lookout->watch is to be the search's watch then.
 */
void lookout_init(struct lookout *lookout, const struct explore_search *search,
		  struct explore_filter *filter, struct lookout_listener *listener);

/* What lookout's watch does, at @now_ms with so many executions made. */
void lookout_at(struct lookout *lookout, uint64_t now_ms, uint64_t executions);

#endif
