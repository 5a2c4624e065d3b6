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

#include "base/fields.h"
#include "base/vec.h"
#include "engine/strategy.h"
#include "explore/mismatch.h"
#include "explore/part.h"

struct dfs_node {
	uint64_t offered; /* all options, to notice when the program is not deterministic */
	uint64_t left;    /* options not yet explored */
	uint32_t picked;
	uint32_t number; /* among all choices of the execution, from 1 */
};

struct dfs {
	struct strategy strategy;
	const char *word; /* that parts begin with: "dfs", or of a wrapper */
	/* One node per choice with more than one option, of the current execution. */
	VEC(struct dfs_node) nodes;
	size_t depth;             /* nodes passed in the current execution */
	size_t depth_max;         /* an execution is stopped before it has more nodes */
	bool deeper;              /* one was */
	uint32_t asked;           /* choices in it, those with one option too */
	struct mismatch mismatch; /* if found, the search is void */
};

void dfs_init(struct dfs *dfs);
void dfs_release(struct dfs *dfs);

/* The options of @choice that the search has explored when it explores @picked, one of them. */
uint64_t dfs_before(const struct choice *choice, uint32_t picked);

/* dfs_part.c: the search as a part (see part.h). */

/**
 * dfs_load() - explore a part, and nothing else.
 * @part: behind its first word
 *
 * Return: 0, or -1 if it is none, and the search is void.
 */
int dfs_load(struct dfs *dfs, struct fields *part, struct err *err);

/* The part that begins as the current execution, which has no more than depth_max nodes; free()
 * it. Context: after the execution, before end. */
char *dfs_beginning(const struct dfs *dfs);

/* Cut what is left of the search, which is not over, into @parts. Context: after end. */
void dfs_split(struct dfs *dfs, struct parts *parts);

#endif
