/* SPDX-License-Identifier: MIT */
#include "explore/explore.h"

#include <stdio.h>

#include "explore/bound.h"
#include "explore/dfs.h"
#include "explore/dpor.h"
#include "explore/memo.h"
#include "explore/random.h"

static unsigned int steps_max(unsigned int limit)
{
	return limit ? limit : SIM_STEPS_MAX_DEFAULT;
}

/* Whoever decides: one of these, perhaps within the bound. */
struct explorer {
	struct dfs dfs;
	struct memo memo; /* around dfs */
	struct dpor dpor;
	struct sampler sampler;
	struct bound bound;
	uint64_t executions_max; /* 0: no limit */
	bool samples;
	bool remembers; /* memo is in use */
};

static struct strategy *init_strategy(struct explorer *explorer,
				      const struct explore_search *search)
{
	explorer->samples = search->strategy != EXPLORE_DFS && search->strategy != EXPLORE_DPOR;
	switch (search->strategy) {
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
		/* Equivalent executions may differ in preemptions. */
		explorer->remembers = search->preemptions_max >= 0;
		return explorer->remembers ? &explorer->memo.strategy : &explorer->dpor.strategy;
	case EXPLORE_DFS:
		break;
	}
	return &explorer->dfs.strategy;
}

static struct strategy *init_explorer(struct explorer *explorer,
				      const struct explore_search *search)
{
	struct strategy *strategy;

	dfs_init(&explorer->dfs);
	memo_init(&explorer->memo, &explorer->dfs, sim_program(), MEMO_TABLE_SIZE_MAX);
	dpor_init(&explorer->dpor, sim_program());
	strategy = init_strategy(explorer, search);
	explorer->executions_max = search->executions_max;
	if (explorer->samples && !explorer->executions_max)
		explorer->executions_max = EXPLORE_SAMPLES_DEFAULT;
	if (search->preemptions_max < 0)
		return strategy;
	bound_init(&explorer->bound, strategy, (unsigned int)search->preemptions_max);
	return &explorer->bound.strategy;
}

/* Begun, whether it was dropped or not: a filter that drops all must not go on for ever. */
static bool limit_reached(const struct explorer *explorer, const struct explore_result *result)
{
	uint64_t begun = result->executions + (explorer->samples ? result->pruned : 0);

	return explorer->executions_max && begun >= explorer->executions_max;
}

/* Return: false if the search is over before it is through. */
static bool run_all(struct strategy *strategy, struct explorer *explorer, unsigned int limit,
		    const struct explore_judge *judge, struct explore_result *result)
{
	bool more = true;

	while (more) {
		enum sim_end end;
		bool counts;

		if (limit_reached(explorer, result))
			return false;
		strategy->begin(strategy);
		end = sim_execute(strategy, steps_max(limit), NULL);
		counts = end != SIM_STOPPED &&
			 !(explorer->remembers && memo_is_again(&explorer->memo));
		more = strategy->end(strategy);
		if (sim_steps() > result->steps_max)
			result->steps_max = sim_steps();
		if (!counts) {
			result->pruned++;
			continue;
		}
		result->executions++;
		if (judge && !judge->execution(judge->arg, end, result->executions))
			return !more;
	}
	return true;
}

static void name_sampler(const struct explore_search *search, struct explore_result *result)
{
	if (search->strategy == EXPLORE_PCT)
		snprintf(result->bounds, sizeof(result->bounds), "pct:%u", search->depth);
	else
		snprintf(result->bounds, sizeof(result->bounds), "%s",
			 search->strategy == EXPLORE_POS ? "pos" : "random");
}

static void rate(struct explore_result *result, bool through, const struct explorer *explorer,
		 const struct explore_search *search)
{
	if (explorer->samples) {
		result->strength = STRENGTH_SAMPLED;
		name_sampler(search, result);
	} else if (!through) {
		result->strength = STRENGTH_CUT;
		snprintf(result->bounds, sizeof(result->bounds), "after %llu execution%s",
			 (unsigned long long)result->executions,
			 result->executions == 1 ? "" : "s");
	} else if (explorer->bound.reached) {
		result->strength = STRENGTH_BOUNDED;
		snprintf(result->bounds, sizeof(result->bounds), "preemptions<=%u",
			 explorer->bound.preemptions_max);
	} else {
		result->strength = STRENGTH_EXHAUSTIVE;
	}
}

static int check_search(const struct explorer *explorer, struct err *err)
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

int explore_run(const struct explore_search *search, struct explore_filter *filter,
		const struct explore_judge *judge, struct explore_result *result, struct err *err)
{
	struct explorer explorer = { .samples = false };
	struct strategy *strategy;
	struct explore_search effective = *search;
	bool through;
	int status;

	/* Equivalent executions may differ in what a filter allows. */
	if (search->strategy == EXPLORE_DPOR && filter)
		effective.strategy = EXPLORE_DFS;
	strategy = init_explorer(&explorer, &effective);
	*result = (struct explore_result){ 0 };
	if (filter)
		strategy = filter->wrap(filter, strategy);
	if (search->observer)
		strategy = search->observer->wrap(search->observer, strategy);
	through = run_all(strategy, &explorer, search->steps_max, judge, result);
	rate(result, through, &explorer, search);
	result->pruned -= explorer.dpor.asked;
	status = check_search(&explorer, err);
	memo_release(&explorer.memo);
	dfs_release(&explorer.dfs);
	dpor_release(&explorer.dpor);
	return status;
}
