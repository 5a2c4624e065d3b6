/* SPDX-License-Identifier: MIT */
#include "explore/explorer.h"

#include "base/bug.h"
#include "explore/dpor_part.h"

/* Parts that the rest of a sample is cut into. */
#define RANGES 8u

/*
 * Steps in which dpor should come to the end of the whole search, and of a part. What is
 * longer is cut, and these steps were in vain: they are few beside those of its parts.
 */
#define RECUT_STEPS 2000000u
#define RECUT_FACTOR 25u

bool explore_is_bounded(const struct explore_search *search)
{
	return search->preemptions_max >= 0 || search->faults_max >= 0 || search->steps_bound;
}

/* Equivalent executions may differ in preemptions, and in what a step callback sees on the
 * way; and dpor has no bound on steps. */
static bool passes_states(const struct explore_search *search)
{
	return search->preemptions_max >= 0 || search->steps_bound || sim_program()->step;
}

/* Also the two that know what they have explored: from the beginning. */
static void init_trees(struct explorer *explorer)
{
	const struct explore_search *search = explorer->search;

	dfs_init(&explorer->dfs);
	memo_init(&explorer->memo, &explorer->dfs, sim_program(), MEMO_TABLE_SIZE_MAX);
	explorer->memo.free = search->preemptions_max < 0;
	dpor_init(&explorer->dpor, sim_program());
	if (search->faults_max >= 0)
		explorer->dpor.outcomes.faults_max = (unsigned int)search->faults_max;
}

static void release_trees(struct explorer *explorer)
{
	memo_release(&explorer->memo);
	dfs_release(&explorer->dfs);
	dpor_release(&explorer->dpor);
}

static struct strategy *init_strategy(struct explorer *explorer)
{
	const struct explore_search *search = explorer->search;

	switch (explorer->kind) {
	case EXPLORE_RANDOM:
		random_init(&explorer->sampler, search->seed);
		return &explorer->sampler.strategy;
	case EXPLORE_POS:
		pos_init(&explorer->sampler, search->seed);
		return &explorer->sampler.strategy;
	case EXPLORE_PCT:
		pct_init(&explorer->sampler, search->seed, search->depth);
		return &explorer->sampler.strategy;
	case EXPLORE_DPOR:
		explorer->remembers = passes_states(search);
		return explorer->remembers ? &explorer->memo.strategy : &explorer->dpor.strategy;
	case EXPLORE_DFS:
		break;
	}
	return &explorer->dfs.strategy;
}

void explorer_init(struct explorer *explorer, const struct explore_search *search,
		   struct explore_filter *filter)
{
	struct strategy *strategy;

	*explorer = (struct explorer){ .search = search, .kind = search->strategy };
	/* Equivalent executions may differ in what a filter allows. */
	if (search->strategy == EXPLORE_DPOR && filter)
		explorer->kind = EXPLORE_DFS;
	init_trees(explorer);
	strategy = init_strategy(explorer);
	bound_init(&explorer->bound, strategy);
	explorer->bound.preemptions_max = search->preemptions_max;
	explorer->bound.faults_max = search->faults_max;
	if (search->preemptions_max >= 0 || search->faults_max >= 0)
		strategy = &explorer->bound.strategy;
	if (filter)
		strategy = filter->wrap(filter, strategy);
	if (search->observer)
		strategy = search->observer->wrap(search->observer, strategy);
	explorer->strategy = strategy;
}

void explorer_release(struct explorer *explorer)
{
	release_trees(explorer);
}

bool explorer_samples(const struct explorer *explorer)
{
	return explorer->kind != EXPLORE_DFS && explorer->kind != EXPLORE_DPOR;
}

void explorer_root(const struct explorer *explorer, struct text *part)
{
	uint64_t limit = explorer->search->executions_max;

	if (explorer_samples(explorer))
		text_addf(part, "samples 1 %llu 0",
			  (unsigned long long)(limit ? limit : EXPLORE_SAMPLES_DEFAULT));
	else
		text_add(part, explorer->kind == EXPLORE_DFS ? "dfs 0" : "dpor");
}

/* What memo remembers is of the whole search: that is its only part, from the beginning. */
static int load_reduced(struct explorer *explorer, struct fields *part, struct err *err)
{
	release_trees(explorer);
	init_trees(explorer);
	if (fields_expect(part, "dpor", err))
		return -1;
	return dpor_part_load(&explorer->dpor, part, err);
}

int explorer_load(struct explorer *explorer, struct fields *part, struct err *err)
{
	explorer->bound.preemptions_reached = explorer->bound.faults_reached = false;
	switch (explorer->kind) {
	case EXPLORE_RANDOM:
	case EXPLORE_POS:
	case EXPLORE_PCT:
		if (fields_expect(part, "samples", err))
			return -1;
		return sampler_load(&explorer->sampler, part, err);
	case EXPLORE_DFS:
		if (fields_expect(part, "dfs", err))
			return -1;
		return dfs_load(&explorer->dfs, part, err);
	case EXPLORE_DPOR:
		break;
	}
	return load_reduced(explorer, part, err);
}

bool explorer_counts(struct explorer *explorer, enum sim_end end)
{
	return end != SIM_STOPPED && !(explorer->remembers && memo_is_again(&explorer->memo));
}

bool explorer_splits(const struct explorer *explorer)
{
	return explorer->kind != EXPLORE_DPOR;
}

bool explorer_recuts(const struct explorer *explorer)
{
	return explorer->kind == EXPLORE_DPOR && !explorer->remembers &&
	       !explorer->search->executions_max;
}

uint64_t explorer_recut_steps(const struct explorer *explorer)
{
	uint64_t whole = explorer->search->recut_steps;

	if (!whole)
		whole = RECUT_STEPS;
	return explorer->dpor.base.given ? whole * RECUT_FACTOR : whole;
}

void explorer_split(struct explorer *explorer, struct parts *parts)
{
	BUG_ON(!explorer_splits(explorer));
	if (explorer->kind == EXPLORE_DFS)
		dfs_split(&explorer->dfs, parts);
	else
		sampler_split(&explorer->sampler, RANGES, parts);
}

int explorer_check(const struct explorer *explorer, struct err *err)
{
	const struct baton_point *mixed = explorer->dpor.path.mixed;

	if (explorer->dfs.mismatch.found)
		return mismatch_tell(&explorer->dfs.mismatch, err);
	if (explorer->dpor.mismatch.found)
		return mismatch_tell(&explorer->dpor.mismatch, err);
	if (mixed)
		return err_add(err,
			       "'%s' waits for what is added to with BATON_ADD; announce the "
			       "additions as BATON_RMW, or explore with dfs",
			       mixed->name);
	return 0;
}
