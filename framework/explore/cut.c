/* SPDX-License-Identifier: MIT */
/*
 * cut.c - of a depth-first search the parts are all beginnings with the same number of
 * choices; the shortest ones that are enough. Of samples they are ranges of equal size.
 */
#include "explore/cut.h"

static int load_root(struct explorer *explorer, struct err *err)
{
	struct text part = TEXT_INIT;
	struct fields fields;
	int status;

	explorer_root(explorer, &part);
	fields_init(&fields, "part", part.bytes);
	status = explorer_load(explorer, &fields, err);
	text_release(&part);
	return status;
}

static void execute(struct explorer *explorer)
{
	unsigned int limit = explorer->search->steps_max;

	explorer->strategy->begin(explorer->strategy);
	sim_execute(explorer->strategy, limit ? limit : SIM_STEPS_MAX_DEFAULT, NULL);
}

/* All beginnings of @depth choices, and what is over before. */
static int find_beginnings(struct explorer *explorer, size_t depth, struct parts *parts,
			   struct err *err)
{
	bool more = true;

	if (load_root(explorer, err))
		return -1;
	explorer->dfs.depth_max = depth;
	explorer->dfs.deeper = false;
	while (more) {
		execute(explorer);
		vec_push(&parts->list, dfs_beginning(&explorer->dfs));
		more = explorer->strategy->end(explorer->strategy);
	}
	explorer->dfs.depth_max = SIZE_MAX;
	return explorer_check(explorer, err);
}

static int cut_tree(struct explorer *explorer, struct parts *parts, struct err *err)
{
	explorer->dfs.deeper = true;
	for (size_t depth = 1; explorer->dfs.deeper && parts->list.count < CUT_PARTS; depth++) {
		parts_release(parts);
		if (find_beginnings(explorer, depth, parts, err))
			return -1;
	}
	return 0;
}

/* The first sample is run: pct learns from it. */
static int cut_samples(struct explorer *explorer, struct parts *parts, struct err *err)
{
	if (load_root(explorer, err))
		return -1;
	execute(explorer);
	explorer->strategy->end(explorer->strategy);
	explorer->sampler.executions = 0;
	sampler_split(&explorer->sampler, CUT_PARTS, parts);
	return 0;
}

int explorer_cut(struct explorer *explorer, struct parts *parts, struct err *err)
{
	struct text whole = TEXT_INIT;

	if (explorer_samples(explorer))
		return cut_samples(explorer, parts, err);
	if (explorer->kind == EXPLORE_DFS)
		return cut_tree(explorer, parts, err);
	explorer_root(explorer, &whole);
	vec_push(&parts->list, text_detach(&whole));
	return 0;
}
