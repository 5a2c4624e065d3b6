/* SPDX-License-Identifier: MIT */
/*
 * frontier_run.h - a frontier and who explores it: where it begins, and what workers answer.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_FRONTIER_RUN_H
#define EXPLORE_FRONTIER_RUN_H

#include "explore/frontier.h"
#include "explore/workers.h"

/**
 * frontier_begin() - have an empty frontier begin with the search of @slicer, or its shard.
 * @frontier: if something is explored already, it goes on there
 *
 * Context: a simulation is open.
 * Return: 0, or -1 if the program is not deterministic.
 */
int frontier_begin(struct frontier *frontier, struct slicer *slicer, struct err *err);

/**
 * frontier_take() - what a worker, which was asked for @piece, has answered.
 * @piece: NULL: the worker died and was not asked for anything
 *
 * Of a worker that died, the piece is to be explored again: carefully (engine/death.h), so that
 * the death becomes a finding.
 *
 * Return: 0; -1 on an error of the search, or if two workers died at the piece.
 */
int frontier_take(struct frontier *frontier, struct piece *piece,
		  const struct workers_answer *answer, struct err *err);

#endif
