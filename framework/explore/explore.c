/* SPDX-License-Identifier: MIT */
#include "explore/explore.h"

#include <stdio.h>

#include "explore/bound.h"
#include "explore/dfs.h"
#include "explore/replay.h"

static unsigned int steps_max(unsigned int limit)
{
	return limit ? limit : SIM_STEPS_MAX_DEFAULT;
}

/* Return: false if the search is over before it is through. */
static bool run_all(struct strategy *strategy, const struct explore_limits *limits,
		    const struct explore_judge *judge, struct explore_result *result)
{
	bool more = true;

	while (more) {
		enum sim_end end;

		if (limits->executions_max && result->executions == limits->executions_max)
			return false;
		strategy->begin(strategy);
		end = sim_execute(strategy, steps_max(limits->steps_max), NULL);
		more = strategy->end(strategy);
		if (sim_steps() > result->steps_max)
			result->steps_max = sim_steps();
		if (end == SIM_STOPPED) {
			result->pruned++;
			continue;
		}
		result->executions++;
		if (judge && !judge->execution(judge->arg, end, result->executions))
			return !more;
	}
	return true;
}

static void rate(struct explore_result *result, bool through, const struct bound *bound)
{
	if (!through) {
		result->strength = STRENGTH_CUT;
		snprintf(result->bounds, sizeof(result->bounds), "after %llu execution%s",
			 (unsigned long long)result->executions,
			 result->executions == 1 ? "" : "s");
	} else if (bound->reached) {
		result->strength = STRENGTH_BOUNDED;
		snprintf(result->bounds, sizeof(result->bounds), "preemptions<=%u",
			 bound->preemptions_max);
	} else {
		result->strength = STRENGTH_EXHAUSTIVE;
	}
}

static int not_deterministic(struct err *err)
{
	return err_add(err, "the program is not a function of its choices: the same choices led to "
			    "different ones to make; its setup must give all shared state the same "
			    "values every time");
}

int explore_dfs(const struct explore_limits *limits, struct explore_filter *filter,
		const struct explore_judge *judge, struct explore_result *result, struct err *err)
{
	struct bound bound = { .reached = false };
	struct strategy *strategy;
	struct dfs dfs;
	bool through;

	*result = (struct explore_result){ 0 };
	dfs_init(&dfs);
	strategy = &dfs.strategy;
	if (limits->preemptions_max >= 0) {
		bound_init(&bound, strategy, (unsigned int)limits->preemptions_max);
		strategy = &bound.strategy;
	}
	if (filter)
		strategy = filter->wrap(filter, strategy);
	through = run_all(strategy, limits, judge, result);
	rate(result, through, &bound);
	dfs_release(&dfs);
	return dfs.not_deterministic ? not_deterministic(err) : 0;
}

static bool record_once(struct replay *replay, unsigned int limit, struct trace *trace)
{
	replay->strategy.begin(&replay->strategy);
	sim_execute(&replay->strategy, steps_max(limit), trace);
	return replay_finish(replay);
}

int explore_record(const struct explore_replay *wanted, struct trace *trace, struct text *diverged,
		   struct err *err)
{
	struct replay replay;
	uint64_t hash;
	int status = 0;

	replay_init(&replay, wanted->schedule, trace->program, wanted->points);
	record_once(&replay, wanted->steps_max, trace);
	hash = trace->hash;
	if (!record_once(&replay, wanted->steps_max, trace)) {
		text_addf(diverged, "step %u: %s", replay.step, replay.why.bytes);
		status = 1;
	}
	if (trace->hash != hash)
		status = not_deterministic(err);
	replay_release(&replay);
	return status;
}
