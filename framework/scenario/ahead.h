/* SPDX-License-Identifier: MIT */
/*
 * ahead.h - workers that explore the searches of a run before their turn.
 *
 * A run goes through its searches in order: each is explored, judged and told of. With this,
 * workers take the parts of all of them, the first free part of the first search that has
 * one, and the searches fill their frontiers in the checkpoint. When a search's turn comes,
 * nothing is left to explore: as if it had been resumed at its end, so that nobody can see in
 * what comes out who explored it, and when.
 *
 * What goes wrong with a search is not told before its turn: it is left as it is, and whoever
 * runs it meets the same error.
 *
 * Invariant: of this process, and of each worker, at most one search has its simulation open.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_AHEAD_H
#define SCENARIO_AHEAD_H

#include "explore/workers.h"
#include "scenario/run.h"

struct ahead_search;

struct ahead {
	const struct run_options *options;
	VEC(struct ahead_search *) searches; /* in the order of the run */
	struct workers workers;
	struct ahead_search *open; /* whose simulation is open; NULL: none */
	bool interrupted;
};

/**
 * ahead_init() - no searches yet.
 * @options: of the run; with a checkpoint, which may be in memory only. They and their
 *	checkpoint outlive @ahead.
 */
void ahead_init(struct ahead *ahead, const struct run_options *options);

/* Workers end at once; what they were at is to be explored still. */
void ahead_release(struct ahead *ahead);

/**
 * ahead_add() - have a search explored ahead of its turn.
 * @which: its scenario outlives @ahead
 *
 * Does nothing with a search that is limited in time: its time begins with its turn.
 */
void ahead_add(struct ahead *ahead, const struct run_case *which);

/**
 * ahead_start() - start as many workers as options->jobs says.
 *
 * Context: no simulation is open.
 * Return: 0, or -1.
 */
int ahead_start(struct ahead *ahead, struct err *err);

/**
 * ahead_wait() - wait until this search is explored, or has to be left to its turn.
 * @err: two workers died at one part of it, or no new one can be started
 *
 * Returns early if the checkpoint's stop is set; then the workers have ended.
 *
 * Context: no simulation is open, neither then nor afterwards.
 * Return: 0, or -1.
 */
int ahead_wait(struct ahead *ahead, const struct run_case *which, struct err *err);

#endif
