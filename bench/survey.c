/* SPDX-License-Identifier: MIT */
#include "bench/survey.h"

#include "explore/dfs.h"
#include "explore/fingerprint.h"
#include "explore/pop.h"
#include "explore/random.h"

struct sums {
	double executions, steps, switches;
};

struct explorer {
	struct dfs dfs;
	struct pop pop;
	struct sampler sampler;
};

static struct strategy *explorer_init(struct explorer *explorer, const struct row *row)
{
	dfs_init(&explorer->dfs);
	pop_init(&explorer->pop, sim_program());
	switch (row->strategy) {
	case EXPLORE_RANDOM:
		random_init(&explorer->sampler, 1);
		return &explorer->sampler.strategy;
	case EXPLORE_POS:
		pos_init(&explorer->sampler, 1);
		return &explorer->sampler.strategy;
	case EXPLORE_PCT:
		pct_init(&explorer->sampler, 1, row->depth);
		return &explorer->sampler.strategy;
	case EXPLORE_DPOR:
		return &explorer->pop.strategy;
	case EXPLORE_DFS:
		break;
	}
	return &explorer->dfs.strategy;
}

static void explorer_release(struct explorer *explorer)
{
	dfs_release(&explorer->dfs);
	pop_release(&explorer->pop);
}

/* How far is an execution from the average? Steps and switches cost about the same. */
static double distance(const struct sums *sums, const struct schedule *schedule)
{
	double steps = (double)schedule_steps(schedule) - sums->steps / sums->executions;
	double switches = (double)schedule_switches(schedule) - sums->switches / sums->executions;

	return steps * steps + switches * switches;
}

static void look(struct sums *sums, struct schedule *typical)
{
	const struct schedule *schedule = sim_schedule();

	sums->executions++;
	sums->steps += (double)schedule_steps(schedule);
	sums->switches += (double)schedule_switches(schedule);
	if (!typical->entries.count || distance(sums, schedule) < distance(sums, typical))
		schedule_copy(typical, schedule);
}

static int compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static uint64_t count_different(uint64_t *hashes, size_t count)
{
	uint64_t different = 1;

	if (!count)
		return 0;
	qsort(hashes, count, sizeof(*hashes), compare);
	for (size_t i = 1; i < count; i++)
		different += hashes[i] != hashes[i - 1];
	return different;
}

static uint64_t executions_max(const struct row *row, const struct limits *limits)
{
	uint64_t max = limits->executions_max;

	if (!max && row->strategy != EXPLORE_DFS && row->strategy != EXPLORE_DPOR)
		return EXPLORE_SAMPLES_DEFAULT;
	return max && max < SURVEY_EXECUTIONS_MAX ? max : SURVEY_EXECUTIONS_MAX;
}

void survey(const struct row *row, const struct limits *limits, struct measurement *result,
	    struct schedule *typical)
{
	VEC(uint64_t) traces = { NULL, 0, 0 };
	uint64_t max = executions_max(row, limits);
	struct sums sums = { .executions = 0 };
	struct fingerprint fingerprint;
	struct explorer explorer;
	struct strategy *strategy;
	bool more = true;

	fingerprint_init(&fingerprint, sim_program(), explorer_init(&explorer, row));
	strategy = &fingerprint.strategy;
	while (more && traces.count < max) {
		enum sim_end end;

		strategy->begin(strategy);
		end = sim_execute(strategy, SIM_STEPS_MAX_DEFAULT, NULL);
		more = strategy->end(strategy);
		if (end == SIM_STOPPED)
			continue;
		vec_push(&traces, fingerprint_value(&fingerprint));
		look(&sums, typical);
	}
	result->steps = sums.steps / sums.executions;
	if (traces.count == result->executions)
		result->traces = count_different(traces.items, traces.count);
	vec_release(&traces);
	fingerprint_release(&fingerprint);
	explorer_release(&explorer);
}
