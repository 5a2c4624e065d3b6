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
#include "explore/random.h"

struct explorer {
	const struct explore_search *search;
	enum explore_strategy kind; /* what is run: dfs where the search cannot be reduced */
	struct dfs dfs;
	struct memo memo; /* around dfs */
	struct dpor dpor;
	struct sampler sampler;
	struct bound bound;
	bool remembers;            /* memo is in use */
	struct strategy *strategy; /* the outermost */
};

/* @search, and @filter, which may be NULL, must outlive it. Context: a simulation is open. */
void explorer_init(struct explorer *explorer, const struct explore_search *search,
		   struct explore_filter *filter);
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
 * explorer_recuts() - can the part be given up, and cut into others instead?
 *
 * So it is with dpor: what it has still to explore is not known before the end. A small
 * part is run to its end; what a large one has gathered is dropped.
 */
bool explorer_recuts(const struct explorer *explorer);

/* Steps in which a part that recuts should come to its end. */
uint64_t explorer_recut_steps(const struct explorer *explorer);

/* Is the execution that has just ended one to count? Context: before a strategy's end. */
bool explorer_counts(struct explorer *explorer, enum sim_end end);

/* Cut what is left, which is not nothing, into parts. Context: after a strategy's end. */
void explorer_split(struct explorer *explorer, struct parts *parts);

/* Is what was explored void? Then @err says why. Return: 0, or -1. */
int explorer_check(const struct explorer *explorer, struct err *err);

#endif
