/* SPDX-License-Identifier: MIT */
#include "explain/core.h"

#include <stdio.h>

#include "explain/candidates.h"
#include "explain/roles.h"

/* Executions that pass are gathered so many at a time, before a smaller core is tried. */
#define GATHERED_MAX 32u

/* Conflicting pairs that are looked at, to tell how near an execution is. */
#define PAIRS_MAX 4000u

/* Executions that are looked at to see what happens without one condition. */
#define BROKEN_MAX 5000u

struct core_search {
	struct trial trial;
	struct core *core;
	struct explore_search bounds;
	const struct core_limits *limits;
	struct hitting hitting;
	size_t pairs;                /* index of the first pair among the watched conditions */
	bool uncovered;              /* an execution passes and breaks nothing */
	unsigned int found;          /* by the present search */
	unsigned int broken;         /* the condition that is left out; UINT_MAX: none */
	struct hitting_set reversed; /* candidates that some execution broke */
	VEC(struct hitting_set) failing;
};

/* The candidates that the last execution breaks. */
static struct hitting_set broken_ones(const struct core_search *search)
{
	struct hitting_set set = { { 0 } };

	for (unsigned int i = 0; i < search->core->candidates.count; i++)
		if (!hold_obeyed(&search->trial.hold, i))
			hitting_put(&set, i);
	return set;
}

static unsigned int count_reversed(const struct core_search *search)
{
	unsigned int count = 0;

	for (size_t i = search->pairs; i < search->trial.hold.conditions.count; i++)
		count += !hold_obeyed(&search->trial.hold, i);
	return count;
}

static void keep_nearest(struct core_search *search, struct schedule *nearest,
			 unsigned int *reversed)
{
	unsigned int count = count_reversed(search);

	if (nearest->entries.count && count >= *reversed)
		return;
	*reversed = count;
	schedule_copy(nearest, sim_schedule());
}

/* Executions of one search: @wanted, or what is left for it. */
static uint64_t limit_of(const struct core_search *search, uint64_t wanted)
{
	uint64_t total = search->limits->total, runs = search->core->runs + search->trial.runs;
	uint64_t left = total > runs ? total - runs : 1;

	return total && left < wanted ? left : wanted;
}

/* Then another level could look at nothing, and would say so in place of what this one saw. */
static bool is_spent(const struct core *core, const struct core_limits *limits)
{
	return limits->total && core->runs >= limits->total;
}

/* ---- Everything, whatever it obeys --------------------------------------------------------- */

static bool see_all(void *arg, enum subject_verdict verdict)
{
	struct core_search *search = arg;
	struct hitting_set set = broken_ones(search);

	if (verdict == SUBJECT_PASSES)
		keep_nearest(search, &search->core->nearest, &search->core->reversed);
	if (verdict == SUBJECT_FAILS)
		vec_push(&search->failing, set);
	else if (verdict != SUBJECT_OPEN && hitting_is_empty(&set))
		search->uncovered = true;
	else if (verdict != SUBJECT_OPEN)
		hitting_add(&search->hitting, &set);
	return !search->uncovered;
}

static int search_all(struct core_search *search, struct err *err)
{
	const struct trial_eye eye = { see_all, search };
	struct explore_search bounds = search->bounds;
	uint64_t wanted = search->limits->all ? search->limits->all : CORE_LIMIT_ALL_DEFAULT;

	bounds.executions_max = limit_of(search, wanted);
	/* The searches behind it are to have as much. */
	if (search->limits->total && bounds.executions_max > search->limits->total / 2)
		bounds.executions_max = search->limits->total / 2 + 1;
	hold_nothing(&search->trial.hold);
	return trial_search(&search->trial, &bounds, &eye, &search->core->all, err);
}

/* ---- Those that obey a set ----------------------------------------------------------------- */

static void enforce(struct core_search *search, const struct hitting_set *set)
{
	hold_nothing(&search->trial.hold);
	for (unsigned int i = 0; i < search->core->candidates.count; i++)
		if (hitting_has(set, i))
			hold_enforce(&search->trial.hold, i, true);
}

/*
 * How many are gathered before the next set is tried is only a matter of time. Any core has
 * something of all sets that are noted, so none is smaller or lighter than the set that is tried;
 * and when the search finds nothing any more, that one is a core. (Two that are as small and as
 * light may change places.)
 */
static bool see_obeying(void *arg, enum subject_verdict verdict)
{
	struct core_search *search = arg;
	struct hitting_set set = broken_ones(search);

	for (size_t i = 0; i < HITTING_WORDS; i++)
		search->reversed.words[i] |= set.words[i];
	if (verdict == SUBJECT_FAILS || verdict == SUBJECT_OPEN)
		return !search->found;
	if (verdict == SUBJECT_PASSES)
		keep_nearest(search, &search->core->nearest, &search->core->reversed);
	search->uncovered |= hitting_is_empty(&set);
	search->found += hitting_add(&search->hitting, &set);
	return !search->uncovered && search->found < GATHERED_MAX;
}

/* Is there an execution that obeys @set and does not fail? */
static int try_set(struct core_search *search, const struct hitting_set *set, struct err *err)
{
	const struct trial_eye eye = { see_obeying, search };
	struct explore_search bounds = search->bounds;
	uint64_t wanted = search->limits->obeying ? search->limits->obeying : CORE_LIMIT_DEFAULT;

	bounds.executions_max = limit_of(search, wanted);
	search->found = 0;
	search->reversed = (struct hitting_set){ { 0 } };
	enforce(search, set);
	return trial_search(&search->trial, &bounds, &eye, &search->core->obeying, err);
}

static void set_roles(struct core_search *search)
{
	struct core *core = search->core;

	for (unsigned int i = 0; i < core->candidates.count; i++)
		core->candidates.items[i].role = hitting_has(&core->members, i) ? CORE_NEEDED :
						 hitting_has(&search->reversed, i) ?
										  CORE_IRRELEVANT :
										  CORE_FORCED;
	for (size_t i = 0; i < search->failing.count; i++)
		core->failing_others += hitting_meets(&search->failing.items[i], &core->members);
}

/* How many in a hundred of the failing executions break candidate @index? */
static unsigned int exceptions(const struct core_search *search, unsigned int index)
{
	size_t count = 0;

	for (size_t i = 0; i < search->failing.count; i++)
		count += hitting_has(&search->failing.items[i], index);
	return search->failing.count ? (unsigned int)(count * 100 / search->failing.count) : 0;
}

/*
 * Best are orders that all failing executions have: then the core is why it fails, and not one
 * of many reasons. Then names that a scenario file can speak of, and places close to each other.
 */
static void weigh(struct core_search *search)
{
	for (unsigned int i = 0; i < search->core->candidates.count; i++) {
		const struct core_candidate *candidate = &search->core->candidates.items[i];

		search->hitting.weights[i] = (candidate->named ? 0 : 1000000) +
					     exceptions(search, i) * 1000 + candidate->distance;
	}
}

static int find_members(struct core_search *search, struct err *err)
{
	struct core *core = search->core;

	do {
		core->smallest = hitting_solve(&search->hitting, &core->members);
		if (try_set(search, &core->members, err))
			return -1;
	} while (search->found && !search->uncovered);
	core->explained = !search->uncovered;
	return 0;
}

/* ---- What each condition is needed for ------------------------------------------------------ */

static bool see_broken(void *arg, enum subject_verdict verdict)
{
	struct core_search *search = arg;
	struct core_candidate *candidate = &search->core->candidates.items[search->broken];
	struct trial_count *count = &candidate->broken;

	if (hold_obeyed(&search->trial.hold, search->broken))
		return true;
	count->executions++;
	count->fails += verdict == SUBJECT_FAILS;
	count->passes += verdict == SUBJECT_PASSES;
	count->differs += verdict == SUBJECT_DIFFERS;
	if (verdict == SUBJECT_PASSES)
		keep_nearest(search, &candidate->passing, &candidate->reversed);
	return true;
}

/* Executions that obey all others and break @index; some of them do not fail. */
static int break_one(struct core_search *search, unsigned int index, struct err *err)
{
	const struct trial_eye eye = { see_broken, search };
	struct explore_search bounds = search->bounds;
	struct core_candidate *candidate = &search->core->candidates.items[index];
	struct trial_count count;

	enforce(search, &search->core->members);
	hold_enforce(&search->trial.hold, index, false);
	search->broken = index;
	bounds.executions_max = limit_of(search, BROKEN_MAX);
	if (trial_search(&search->trial, &bounds, &eye, &count, err))
		return -1;
	candidate->broken.strength = count.strength;
	snprintf(candidate->broken.bounds, sizeof(count.bounds), "%s", count.bounds);
	return 0;
}

static int break_each(struct core_search *search, struct err *err)
{
	for (unsigned int i = 0; i < search->core->candidates.count; i++)
		if (hitting_has(&search->core->members, i) && break_one(search, i, err))
			return -1;
	return 0;
}

/* ---- The whole ----------------------------------------------------------------------------- */

static void watch(struct core_search *search)
{
	struct core *core = search->core;
	const struct conflict_step *steps = core->conflicts.steps.items;

	for (size_t i = 0; i < core->candidates.count; i++)
		hold_watch(&search->trial.hold, &core->candidates.items[i].condition);
	search->pairs = search->trial.hold.conditions.count;
	for (size_t i = 0; i < core->conflicts.pairs.count && i < PAIRS_MAX; i++) {
		const struct conflict_pair *pair = &core->conflicts.pairs.items[i];
		const struct condition condition = { .kind = CONDITION_ORDER,
						     .first = steps[pair->first].place,
						     .second = steps[pair->second].place };

		hold_watch(&search->trial.hold, &condition);
	}
}

/* Forget what was found with fewer candidates. */
static void clear(struct core *core)
{
	for (size_t i = 0; i < core->candidates.count; i++)
		schedule_release(&core->candidates.items[i].passing);
	vec_release(&core->candidates);
	core->members = (struct hitting_set){ { 0 } };
	core->failing_others = 0;
}

static int run_level(struct core_search *search, struct err *err)
{
	if (search_all(search, err))
		return -1;
	weigh(search);
	if (!search->uncovered && find_members(search, err))
		return -1;
	search->core->explained = !search->uncovered;
	if (search->uncovered)
		return 0;
	set_roles(search);
	return break_each(search, err);
}

/* @search: its core, bounds and limits are set */
static int find_at_level(struct core_search *search, const struct subject *subject,
			 enum candidates_level level, struct err *err)
{
	int status;

	clear(search->core);
	candidates_find(search->core, subject, level);
	trial_init(&search->trial, subject);
	watch(search);
	status = run_level(search, err);
	search->core->runs += search->trial.runs;
	trial_release(&search->trial);
	hitting_release(&search->hitting);
	vec_release(&search->failing);
	return status;
}

/* Run it, and widen the bounds so that it is within. */
static int check(const struct subject *subject, const struct schedule *failing,
		 struct explore_search *bounds, struct err *err)
{
	enum subject_verdict verdict;
	struct sched_cost cost;
	struct trial trial;
	int status;

	trial_init(&trial, subject);
	status = trial_replay(&trial, failing, &verdict, err);
	cost = sched_cost_of_execution();
	trial_release(&trial);
	if (status)
		return -1;
	if (verdict != SUBJECT_FAILS)
		return err_add(err, "the schedule does not show %s", subject->failure);
	*bounds = subject->search;
	if (bounds->preemptions_max >= 0 &&
	    (unsigned int)bounds->preemptions_max < cost.preemptions)
		bounds->preemptions_max = (int)cost.preemptions;
	if (bounds->faults_max >= 0 && (unsigned int)bounds->faults_max < cost.faults)
		bounds->faults_max = (int)cost.faults;
	return 0;
}

int core_find(const struct subject *subject, const struct schedule *failing,
	      const struct core_limits *limits, struct core *core, struct err *err)
{
	struct explore_search bounds;

	*core = (struct core){ .explained = false };
	if (check(subject, failing, &bounds, err) ||
	    conflicts_find(&core->conflicts, subject, failing, err))
		return -1;
	for (int level = 0; level < CANDIDATES_LEVELS && !core->explained; level++) {
		if (is_spent(core, limits))
			break;
		struct core_search search = {
			.core = core,
			.bounds = bounds,
			.limits = limits,
		};
		int status = find_at_level(&search, subject, (enum candidates_level)level, err);

		if (status)
			return status;
	}
	if (core->explained)
		roles_doubt(core, subject, failing, limits->total);
	return 0;
}

void core_release(struct core *core)
{
	clear(core);
	vec_release(&core->candidates);
	conflicts_release(&core->conflicts);
	schedule_release(&core->nearest);
}

unsigned int core_depth(const struct core *core)
{
	unsigned int depth = 0;

	for (unsigned int i = 0; i < core->candidates.count; i++)
		depth += hitting_has(&core->members, i) &&
			 core->candidates.items[i].condition.kind == CONDITION_ORDER;
	return depth;
}
