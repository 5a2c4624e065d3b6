/* SPDX-License-Identifier: MIT */
#include "explore/explorer.h"

#include "base/bug.h"
#include "explore/dpor_part.h"
#include "explore/pop_part.h"

/* Parts that the rest of a sample is cut into. */
#define RANGES 8u

/*
 * Steps in which a search that recuts should come to the end of the whole, and of a part. What
 * is longer is cut, and these steps were in vain: they are few beside those of its parts.
 */
#define RECUT_STEPS_DPOR 2000000u
#define RECUT_STEPS_MEMO 500000u
#define RECUT_FACTOR 25u

bool explore_is_bounded(const struct explore_search *search)
{
	return search->preemptions_max >= 0 || search->faults_max >= 0 || search->steps_bound ||
	       search->switches_bound;
}

/* Equivalent executions may differ in preemptions, and in what a step callback sees on the
 * way; and dpor has no bound on steps. */
static bool passes_states(const struct explore_search *search)
{
	return search->preemptions_max >= 0 || search->steps_bound || search->switches_bound ||
	       sim_program()->step;
}

static bool has_contexts(void)
{
	const struct baton_program *program = sim_program();

	for (unsigned int cpu = 0; cpu < program->cpu_count; cpu++)
		if (program->cpus[cpu].host >= 0)
			return true;
	return false;
}

/* The sum of shards, and the first so many, must not depend on who sees something first. */
static bool sleeps(const struct explorer *explorer)
{
	const struct explore_search *search = explorer->search;

	if (search->preemptions_max >= 0 || search->switches_bound || !explorer->restarts)
		return false;
	if (search->states == EXPLORE_STATES_AUTO)
		return !search->executions_max && !search->shard.count;
	return search->states == EXPLORE_STATES_SLEEP;
}

static enum explorer_way way_of(const struct explorer *explorer)
{
	const struct explore_search *search = explorer->search;

	if (search->strategy == EXPLORE_DFS)
		return WAY_DFS;
	if (search->strategy != EXPLORE_DPOR)
		return WAY_SAMPLES;
	/* Equivalent executions may differ in what a filter allows. */
	if (explorer->filter)
		return explorer->filter->of_state ? WAY_MEMO : WAY_DFS;
	if (!passes_states(search))
		return has_contexts() ? WAY_DPOR : WAY_POP;
	return sleeps(explorer) ? WAY_SLEEP : WAY_MEMO;
}

static void init_sampler(struct explorer *explorer)
{
	const struct explore_search *search = explorer->search;

	if (search->strategy == EXPLORE_RANDOM)
		random_init(&explorer->sampler, search->seed);
	else if (search->strategy == EXPLORE_POS)
		pos_init(&explorer->sampler, search->seed);
	else
		pct_init(&explorer->sampler, search->seed, search->depth);
}

/* What nobody bounds costs nothing. One preemption is more than all changes there may be. */
static struct memo_prices prices_of(const struct explore_search *search)
{
	unsigned int changes = search->switches_bound;

	return (struct memo_prices){ .preemption = changes ? changes + 2 :
							     search->preemptions_max >= 0,
				     .change = changes > 0 };
}

static struct strategy *init_way(struct explorer *explorer)
{
	const struct explore_search *search = explorer->search;

	dfs_init(&explorer->dfs);
	switch (explorer->way) {
	case WAY_SAMPLES:
		init_sampler(explorer);
		return &explorer->sampler.strategy;
	case WAY_DPOR:
		dpor_init(&explorer->dpor, sim_program());
		if (search->faults_max >= 0)
			explorer->dpor.outcomes.faults_max = (unsigned int)search->faults_max;
		return &explorer->dpor.strategy;
	case WAY_POP:
		pop_init(&explorer->pop, sim_program());
		explorer->pop.path.orders_adds = explorer->ordered;
		if (search->faults_max >= 0)
			explorer->pop.outcomes.faults_max = (unsigned int)search->faults_max;
		return &explorer->pop.strategy;
	case WAY_SLEEP:
		sleep_init(&explorer->sleep, &explorer->dfs, sim_program());
		return &explorer->sleep.strategy;
	case WAY_MEMO:
		memo_init(&explorer->memo, &explorer->dfs, sim_program(), MEMO_TABLE_SIZE_MAX);
		explorer->memo.prices = prices_of(search);
		return &explorer->memo.strategy;
	case WAY_DFS:
		break;
	}
	return &explorer->dfs.strategy;
}

static void enter(struct explorer *explorer, enum explorer_way way)
{
	const struct explore_search *search = explorer->search;
	struct strategy *strategy;

	explorer->way = way;
	strategy = init_way(explorer);
	bound_init(&explorer->bound, strategy);
	explorer->bound.preemptions_max = search->preemptions_max;
	explorer->bound.faults_max = search->faults_max;
	explorer->bound.switches_max = search->switches_bound;
	if (search->preemptions_max >= 0 || search->faults_max >= 0 || search->switches_bound)
		strategy = &explorer->bound.strategy;
	if (explorer->filter)
		strategy = explorer->filter->wrap(explorer->filter, strategy);
	if (search->observer)
		strategy = search->observer->wrap(search->observer, strategy);
	explorer->strategy = strategy;
}

static void leave(struct explorer *explorer)
{
	if (explorer->way == WAY_SLEEP)
		sleep_release(&explorer->sleep);
	if (explorer->way == WAY_MEMO)
		memo_release(&explorer->memo);
	if (explorer->way == WAY_DPOR)
		dpor_release(&explorer->dpor);
	if (explorer->way == WAY_POP)
		pop_release(&explorer->pop);
	dfs_release(&explorer->dfs);
}

void explorer_init(struct explorer *explorer, const struct explore_search *search,
		   struct explore_filter *filter, bool restarts)
{
	*explorer = (struct explorer){ .search = search, .filter = filter, .restarts = restarts };
	enter(explorer, way_of(explorer));
}

void explorer_release(struct explorer *explorer)
{
	leave(explorer);
}

bool explorer_samples(const struct explorer *explorer)
{
	return explorer->way == WAY_SAMPLES;
}

static const char *const words[] = {
	[WAY_SAMPLES] = "samples", [WAY_DFS] = "dfs",     [WAY_POP] = POP_WORD,
	[WAY_DPOR] = "dpor",       [WAY_SLEEP] = "sleep", [WAY_MEMO] = BEGINNING_WORD,
};

static void add_root(enum explorer_way way, struct text *part)
{
	text_add(part, words[way]);
	if (way == WAY_DFS || way == WAY_SLEEP)
		text_add(part, " 0");
}

void explorer_root(const struct explorer *explorer, struct text *part)
{
	uint64_t limit = explorer->search->executions_max;
	enum explorer_way way = way_of(explorer);

	add_root(way, part);
	if (way == WAY_SAMPLES)
		text_addf(part, " 1 %llu 0",
			  (unsigned long long)(limit ? limit : EXPLORE_SAMPLES_DEFAULT));
}

bool explorer_asks(const struct explorer *explorer)
{
	return explorer->way == WAY_POP && explorer->pop.asking;
}

uint64_t explorer_asked(const struct explorer *explorer)
{
	if (explorer->way == WAY_POP)
		return explorer->pop.asked;
	return explorer->way == WAY_DPOR ? explorer->dpor.asked : 0;
}

/* Somebody waits for what was added to. As with sleeps(): who sees it first must not matter. */
static bool begins_again(const struct explorer *explorer)
{
	return explorer->restarts && !explorer->search->executions_max &&
	       !explorer->search->shard.count && explorer->pop.path.mixed;
}

bool explorer_is_void(const struct explorer *explorer, enum sim_end end)
{
	if (explorer->way == WAY_POP || explorer->way == WAY_DPOR)
		return sim_awaits_several() || (explorer->way == WAY_POP && begins_again(explorer));
	return explorer->way == WAY_SLEEP && sleep_is_void(end);
}

void explorer_again(const struct explorer *explorer, struct text *part)
{
	BUG_ON(!explorer_is_void(explorer, sim_ended()));
	if (explorer->way == WAY_POP && !sim_awaits_several())
		text_add(part, POP_ORDERED);
	else
		add_root(WAY_MEMO, part);
}

/* A search that has begun again in another way has parts of that one too. */
static int read_way(struct explorer *explorer, struct fields *part, enum explorer_way *way,
		    struct err *err)
{
	*way = way_of(explorer);
	explorer->ordered = *way == WAY_POP && fields_is(part, POP_ORDERED);
	if (explorer->ordered)
		return fields_expect(part, POP_ORDERED, err);
	if (*way != WAY_SAMPLES && *way != WAY_DFS && fields_is(part, words[WAY_MEMO]))
		*way = WAY_MEMO;
	return fields_expect(part, words[*way], err);
}

static int load_memo(struct explorer *explorer, struct fields *part, struct err *err)
{
	if (beginning_load(&explorer->memo.part.beginning, part, explorer->search, err))
		return -1;
	memo_part_begin(&explorer->memo.part);
	return 0;
}

static int load(struct explorer *explorer, struct fields *part, struct err *err)
{
	switch (explorer->way) {
	case WAY_SAMPLES:
		explorer->bound.preemptions_reached = explorer->bound.faults_reached = false;
		return sampler_load(&explorer->sampler, part, err);
	case WAY_DFS:
		return dfs_load(&explorer->dfs, part, err);
	case WAY_SLEEP:
		explorer->dfs.word = words[WAY_SLEEP];
		return dfs_load(&explorer->dfs, part, err);
	case WAY_DPOR:
		return dpor_part_load(&explorer->dpor, part, err);
	case WAY_POP:
		return pop_part_load(&explorer->pop, part, err);
	case WAY_MEMO:
		break;
	}
	return load_memo(explorer, part, err);
}

int explorer_load(struct explorer *explorer, struct fields *part, struct err *err)
{
	enum explorer_way way;

	if (read_way(explorer, part, &way, err))
		return -1;
	if (way != WAY_SAMPLES) {
		leave(explorer);
		enter(explorer, way);
	}
	return load(explorer, part, err);
}

bool explorer_counts(struct explorer *explorer, enum sim_end end)
{
	if (end == SIM_STOPPED)
		return false;
	return explorer->way != WAY_MEMO ||
	       (memo_is_within(&explorer->memo) && !memo_is_again(&explorer->memo));
}

bool explorer_splits(const struct explorer *explorer)
{
	return explorer->way != WAY_DPOR && explorer->way != WAY_MEMO;
}

bool explorer_recuts(const struct explorer *explorer)
{
	return (explorer->way == WAY_DPOR || explorer->way == WAY_MEMO) &&
	       !explorer->search->executions_max && !explorer->filter;
}

/* What a beginning that cannot be cut has forgotten is explored again. */
static bool has_forgotten(const struct explorer *explorer)
{
	return explorer->way == WAY_MEMO && explorer->memo.table.forgot;
}

static bool is_part(const struct explorer *explorer)
{
	return explorer->way == WAY_DPOR ? explorer->dpor.base.given :
					   explorer->memo.part.beginning.given;
}

static uint64_t recut_steps(const struct explorer *explorer)
{
	uint64_t whole = explorer->search->recut_steps;

	if (!whole)
		whole = explorer->way == WAY_DPOR ? RECUT_STEPS_DPOR : RECUT_STEPS_MEMO;
	return is_part(explorer) ? whole * RECUT_FACTOR : whole;
}

bool explorer_must_recut(const struct explorer *explorer, uint64_t steps)
{
	if (!explorer_recuts(explorer))
		return false;
	if (explorer->way == WAY_MEMO && explorer->memo.part.beginning.ended)
		return false;
	return steps >= recut_steps(explorer) || has_forgotten(explorer);
}

void explorer_split(struct explorer *explorer, struct parts *parts)
{
	BUG_ON(!explorer_splits(explorer));
	if (explorer_samples(explorer))
		sampler_split(&explorer->sampler, RANGES, parts);
	else if (explorer->way == WAY_POP)
		pop_part_split(&explorer->pop, parts);
	else
		dfs_split(&explorer->dfs, parts);
}

static int check_mixed(const struct baton_point *mixed, struct err *err)
{
	if (!mixed)
		return 0;
	return err_add(err,
		       "'%s' waits for what is added to with BATON_ADD; announce the additions as "
		       "BATON_RMW, or explore with dfs",
		       mixed->name);
}

static int check_pop(const struct explorer *explorer, struct err *err)
{
	const struct pop *pop = &explorer->pop;

	if (pop->mismatch.found)
		return mismatch_tell(&pop->mismatch, err);
	if (pop->crowded)
		return err_add(err,
			       "an object is waited for in more than %u ways; explore with dfs",
			       DPOR_WAITS_MAX);
	return begins_again(explorer) ? 0 : check_mixed(pop->path.mixed, err);
}

int explorer_check(const struct explorer *explorer, struct err *err)
{
	if (explorer->dfs.mismatch.found)
		return mismatch_tell(&explorer->dfs.mismatch, err);
	if (explorer->way == WAY_POP)
		return check_pop(explorer, err);
	if (explorer->way != WAY_DPOR)
		return 0;
	if (explorer->dpor.mismatch.found)
		return mismatch_tell(&explorer->dpor.mismatch, err);
	return check_mixed(explorer->dpor.path.mixed, err);
}
