/* SPDX-License-Identifier: MIT */
/*
 * dfs.h - depth-first search over all interleavings, without reduction.
 *
 * The reference that checks the other strategies. At each choice the option that
 * continues the running CPU comes first, so that the first execution has no
 * preemption. Memory is one node per choice of the longest execution.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_DFS_H
#define EXPLORE_DFS_H

#include "base/vec.h"
#include "engine/strategy.h"
#include "explore/mismatch.h"

struct dfs_node {
	uint64_t offered; /* all options, to notice when the program is not deterministic */
	uint64_t left;    /* options not yet explored */
	uint32_t picked;
	uint32_t number; /* among all choices of the execution, from 1 */
};

struct dfs {
	struct strategy strategy;
	/* One node per choice with more than one option, of the current execution. */
	VEC(struct dfs_node) nodes;
	size_t depth;             /* nodes passed in the current execution */
	uint32_t asked;           /* choices in it, those with one option too */
	struct mismatch mismatch; /* if found, the search is void */
};

void dfs_init(struct dfs *dfs);
void dfs_release(struct dfs *dfs);

#endif
