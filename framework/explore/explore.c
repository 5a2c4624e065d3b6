/* SPDX-License-Identifier: MIT */
#include "explore/explore.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
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
	uint64_t end_ms;         /* clock_ms() at which it is over; 0: none */
	bool samples;
	bool remembers; /* memo is in use */
	bool out_of_time;
};

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
		explorer->remembers = passes_states(search);
		explorer->memo.free = search->preemptions_max < 0;
		if (search->faults_max >= 0)
			explorer->dpor.outcomes.faults_max = (unsigned int)search->faults_max;
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
	if (search->seconds_max)
		explorer->end_ms = (search->begun ? search->begun : clock_ms()) +
				   search->seconds_max * UINT64_C(1000);
	bound_init(&explorer->bound, strategy);
	explorer->bound.preemptions_max = search->preemptions_max;
	explorer->bound.faults_max = search->faults_max;
	if (search->preemptions_max < 0 && search->faults_max < 0)
		return strategy;
	return &explorer->bound.strategy;
}

/* Begun, whether it was dropped or not: a filter that drops all must not go on for ever. */
static bool limit_reached(struct explorer *explorer, const struct explore_result *result)
{
	uint64_t begun = result->executions + (explorer->samples ? result->pruned : 0);

	explorer->out_of_time = explorer->end_ms && clock_ms() >= explorer->end_ms;
	if (explorer->out_of_time)
		return true;
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
		result->cut += end == SIM_CUT;
		if (judge && !judge->execution(judge->arg, end, result->executions))
			return !more;
	}
	return true;
}

static void add_bound(struct explore_result *result, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void add_bound(struct explore_result *result, const char *format, ...)
{
	size_t length = strlen(result->bounds);
	const char *between = strstr(result->bounds, "<=") ? ", " : " within ";
	va_list args;

	if (length)
		length += (size_t)snprintf(result->bounds + length, sizeof(result->bounds) - length,
					   "%s", between);
	va_start(args, format);
	vsnprintf(result->bounds + length, sizeof(result->bounds) - length, format, args);
	va_end(args);
}

static void name_sampler(const struct explore_search *search, struct explore_result *result)
{
	if (search->strategy == EXPLORE_PCT)
		add_bound(result, "pct:%u", search->depth);
	else
		add_bound(result, search->strategy == EXPLORE_POS ? "pos" : "random");
}

/* The bounds that withheld something; others weaken no verdict. */
static void name_bounds(const struct bound *bound, const struct explore_search *search,
			struct explore_result *result)
{
	if (bound->preemptions_reached)
		add_bound(result, "preemptions<=%d", bound->preemptions_max);
	if (bound->faults_reached)
		add_bound(result, "faults<=%d", bound->faults_max);
	if (result->cut)
		add_bound(result, "steps<=%u", search->steps_bound);
}

static void name_limit(const struct explorer *explorer, const struct explore_search *search,
		       struct explore_result *result)
{
	if (explorer->out_of_time)
		add_bound(result, "after %u s", search->seconds_max);
	else
		add_bound(result, "after %llu execution%s", (unsigned long long)result->executions,
			  result->executions == 1 ? "" : "s");
}

static void rate(struct explore_result *result, bool through, const struct explorer *explorer,
		 const struct explore_search *search)
{
	if (explorer->samples) {
		name_sampler(search, result);
		result->strength = STRENGTH_SAMPLED;
	} else if (!through) {
		name_limit(explorer, search, result);
		result->strength = STRENGTH_CUT;
	}
	name_bounds(&explorer->bound, search, result);
	result->preemptions_reached = explorer->bound.preemptions_reached;
	if (through && !explorer->samples)
		result->strength = *result->bounds ? STRENGTH_BOUNDED : STRENGTH_EXHAUSTIVE;
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
	sim_bound_steps(search->steps_bound);
	through = run_all(strategy, &explorer, search->steps_max, judge, result);
	sim_bound_steps(0);
	rate(result, through, &explorer, search);
	result->pruned -= explorer.dpor.asked;
	status = check_search(&explorer, err);
	memo_release(&explorer.memo);
	dfs_release(&explorer.dfs);
	dpor_release(&explorer.dpor);
	return status;
}
