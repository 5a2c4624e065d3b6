/* SPDX-License-Identifier: MIT */
/*
 * explorer.h - whoever decides in a search: a strategy, perhaps within a bound and a filter.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_EXPLORER_H
#define EXPLORE_EXPLORER_H

#include "explore/bound.h"
#include "explore/dfs.h"
#include "explore/dpor.h"
#include "explore/explore.h"
#include "explore/memo.h"
#include "explore/pop.h"
#include "explore/random.h"
#include "explore/sleep.h"

/* How a part is explored; its first word says it. */
enum explorer_way {
	WAY_SAMPLES,
	WAY_DFS,
	WAY_POP,   /* each trace once, as long as no step waits for several objects */
	WAY_DPOR,  /* the same, where there are interrupt contexts */
	WAY_SLEEP, /* each state once, as long as nothing is seen: sleep.h */
	WAY_MEMO,  /* each state once: memo.h */
};

struct explorer {
	const struct explore_search *search;
	struct explore_filter *filter; /* may be NULL */
	bool ordered;  /* additions do not commute: somebody waits for their object */
	bool restarts; /* who sees the executions can be told to forget them */
	enum explorer_way way;
	struct dfs dfs;
	struct sleep sleep; /* around dfs */
	struct memo memo;   /* around dfs, if that is the way */
	struct dpor dpor;   /* if that is the way */
	struct pop pop;     /* the same */
	struct sampler sampler;
	struct bound bound;
	struct strategy *strategy; /* the outermost */
};

/**
 * explorer_init() - ready to load a part of @search.
 * @filter: may be NULL; both must outlive @explorer
 * @restarts: can all executions so far be forgotten? see explorer_is_void()
 *
 * Context: a simulation is open.
 */
void explorer_init(struct explorer *explorer, const struct explore_search *search,
		   struct explore_filter *filter, bool restarts);
void explorer_release(struct explorer *explorer);

bool explorer_samples(const struct explorer *explorer);

/* Append the part that is the whole search. */
void explorer_root(const struct explorer *explorer, struct text *part);

/**
 * explorer_load() - explore a part of the search from now on.
 *
 * Return: 0, or -1 if it is none of this search.
 */
int explorer_load(struct explorer *explorer, struct fields *part, struct err *err);

/* Can what is left of the part be cut off at any time, and gone on with elsewhere? */
bool explorer_splits(const struct explorer *explorer);

/**
 * explorer_recuts() - can parts be given up, and cut into others instead?
 *
 * So it is with dpor and memo: what they have still to explore depends on what they did. A
 * small part is run to its end; what a large one has gathered is dropped.
 */
bool explorer_recuts(const struct explorer *explorer);

/* Is the part that is explored too large? @steps: made so far in all of its executions. */
bool explorer_must_recut(const struct explorer *explorer, uint64_t steps);

/* Will the next execution be the last one again, to look at something that was not known of? */
bool explorer_asks(const struct explorer *explorer);

/* How many executions were such ones. */
uint64_t explorer_asked(const struct explorer *explorer);

/**
 * explorer_is_void() - does the execution that has just ended show that the search has to
 * be begun again, in another way?
 * @end: how it ended
 *
 * Then explorer_again() says where.
 */
bool explorer_is_void(const struct explorer *explorer, enum sim_end end);
void explorer_again(const struct explorer *explorer, struct text *part);

/* Is the execution that has just ended one to count? Context: before a strategy's end. */
bool explorer_counts(struct explorer *explorer, enum sim_end end);

/* Cut what is left, which is not nothing, into parts. Context: after a strategy's end. */
void explorer_split(struct explorer *explorer, struct parts *parts);

/* Is what was explored void? Then @err says why. Return: 0, or -1. */
int explorer_check(const struct explorer *explorer, struct err *err);

#endif
