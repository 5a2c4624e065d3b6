/* SPDX-License-Identifier: MIT */
#include "explore/estimate.h"

#include <string.h>

#include "base/prng.h"
#include "explore/bound.h"
#include "explore/dpor_path.h"

/* Walks are dealt out to so many groups; all of their means are above twice the true number
 * with a probability of at most 2^-7 (Markov's inequality, for each group). */
#define GROUPS 7u

#define CLASSES 3u /* enum dpor_class */

/* No way is less probable than that, against the one before it. */
#define CHANCE_MIN 0.02

/* How often a step of some kind went to sleep, and how often it was woken. */
struct odds {
	double slept, woken;
};

struct sleeper {
	struct dpor_step step;
	size_t odds; /* index */
};

/* What the CPUs are about to do, at one choice. */
struct pending {
	uint64_t cpus;
	struct dpor_step steps[BATON_CPUS_MAX];
};

struct walker {
	struct strategy strategy;
	struct prng prng;
	uint64_t seed, walk;
	bool reduced;
	int preemptions_max;   /* -1: no bound */
	double length;         /* of an execution, on average; in steps */
	struct dpor_path path; /* numbers objects; it has no events */
	VEC(struct sleeper) sleepers;
	VEC(struct odds) odds; /* of earlier walks: which ways lead to an end? */
	/* Per object, CPU and class: how many steps the CPU had made, at most, with such a one. */
	VEC(uint32_t) last;
	uint32_t made[BATON_CPUS_MAX]; /* steps of this walk */
	double weight;                 /* of the current walk so far */
	struct pending pending;
	double chances[BATON_CPUS_MAX]; /* to be woken */
	double shares[BATON_CPUS_MAX];  /* of the options */
};

static void walker_begin(struct strategy *strategy)
{
	struct walker *walker = (struct walker *)strategy;

	prng_init(&walker->prng, walker->seed, ++walker->walk);
	walker->sleepers.count = 0;
	walker->weight = 1;
	memset(walker->made, 0, sizeof(walker->made));
}

/* One of @options, each with the same probability. */
static uint32_t draw(struct walker *walker, uint64_t options)
{
	uint32_t count = options_count(options);
	uint32_t skip = prng_below(&walker->prng, count);

	walker->weight *= count;
	while (skip--)
		options &= options - 1;
	return options_first(options);
}

/*
 * Within a bound on preemptions most executions preempt late or rarely, and a uniform walk
 * uses its budget up at once. With k preemptions left and n steps to come, about k in n
 * of the ways preempt here.
 */
static uint32_t draw_bounded(struct walker *walker, const struct choice *choice)
{
	uint32_t current = (uint32_t)choice->current;
	uint64_t others = choice->options & ~(UINT64_C(1) << current);
	double left = walker->preemptions_max - (double)sim_preemptions();
	double steps = walker->length - choice->step, preempts;

	preempts = left / (steps > 2 * left ? steps : 2 * left);
	if ((double)(prng_next(&walker->prng) >> 11) * 0x1p-53 < preempts) {
		walker->weight /= preempts;
		return draw(walker, others);
	}
	walker->weight /= 1 - preempts;
	return current;
}

static bool may_preempt(const struct walker *walker, const struct choice *choice)
{
	return walker->preemptions_max >= 0 && choice->kind == BATON_CHOICE_CPU &&
	       choice->current >= 0 && options_has(choice->options, (uint32_t)choice->current) &&
	       choice->options & (choice->options - 1);
}

static uint64_t asleep(const struct walker *walker)
{
	uint64_t asleep = 0;

	for (size_t i = 0; i < walker->sleepers.count; i++)
		asleep |= UINT64_C(1) << walker->sleepers.items[i].step.cpu;
	return asleep;
}

static void find_pending(struct walker *walker)
{
	struct pending *pending = &walker->pending;

	pending->cpus = 0;
	for (uint32_t cpu = 0; cpu < walker->path.cpu_count; cpu++) {
		if (!sim_pending((int)cpu).point)
			continue;
		pending->steps[cpu] = dpor_path_pending(&walker->path, cpu).step;
		pending->cpus |= UINT64_C(1) << cpu;
	}
}

static uint32_t *last_access(struct walker *walker, uint32_t object, uint32_t cpu, uint8_t class)
{
	size_t index = (object * walker->path.cpu_count + cpu) * CLASSES + class;

	while (walker->last.count <= index)
		vec_push(&walker->last, 0);
	return &walker->last.items[index];
}

/* A CPU makes @step: where a walk ever made one like that, another one may. */
static void note_access(struct walker *walker, const struct dpor_step *step)
{
	uint32_t *last = last_access(walker, step->object, step->cpu, step->class);

	if (++walker->made[step->cpu] > *last)
		*last = walker->made[step->cpu];
}

/* Is another CPU yet to make an access that @step depends on, as far as earlier walks know? */
static bool may_be_woken(struct walker *walker, const struct dpor_step *step)
{
	for (uint32_t cpu = 0; cpu < walker->path.cpu_count; cpu++)
		for (uint8_t class = 0; class < CLASSES; class ++)
			if (walker->path.core[cpu] != step->core &&
			    dpor_same_object_depends(step->class, class) &&
			    *last_access(walker, step->object, cpu, class) > walker->made[cpu])
				return true;
	return false;
}

/* Steps of one CPU on one object are of one kind, or of two: may somebody wake it? */
static size_t odds_of(struct walker *walker, uint32_t cpu)
{
	const struct dpor_step *step = &walker->pending.steps[cpu];
	size_t index = ((size_t)step->object * walker->path.cpu_count + cpu) * 2;

	index += step->object && may_be_woken(walker, step);
	while (walker->odds.count <= index)
		vec_push(&walker->odds, ((struct odds){ 2, 1 }));
	return index;
}

static double chance(const struct walker *walker, size_t odds)
{
	const struct odds *o = &walker->odds.items[odds];
	double chance = o->woken / o->slept;

	return chance < CHANCE_MIN ? CHANCE_MIN : chance;
}

/* Steps that depend on the one made wake up. */
static void wake(struct walker *walker, const struct dpor_step *made)
{
	size_t kept = 0;

	for (size_t i = 0; i < walker->sleepers.count; i++) {
		const struct sleeper *sleeper = &walker->sleepers.items[i];

		if (dpor_dependent(&sleeper->step, made))
			walker->odds.items[sleeper->odds].woken++;
		else
			walker->sleepers.items[kept++] = *sleeper;
	}
	walker->sleepers.count = kept;
}

/*
 * A guess at how much is behind @picked if those of @options before it go to sleep, against
 * what is behind the first. Whom it wakes at once loses nothing. Any other one may sleep
 * for ever; and while it sleeps it cannot be made, which leaves about half of the ways.
 */
static double share_of(const struct walker *walker, uint64_t options, uint32_t picked)
{
	const struct dpor_step *steps = walker->pending.steps;
	double share = 1;

	for (; options_first(options) != picked; options &= options - 1) {
		uint32_t cpu = options_first(options);

		if (!dpor_dependent(&steps[cpu], &steps[picked]))
			share *= walker->chances[cpu] / 2;
	}
	return share;
}

/* Return: the sum of the shares of @options. */
static double find_shares(struct walker *walker, uint64_t options)
{
	double sum = 0;

	for (uint64_t set = options; set; set &= set - 1)
		walker->chances[options_first(set)] =
			chance(walker, odds_of(walker, options_first(set)));
	for (uint64_t set = options; set; set &= set - 1) {
		uint32_t cpu = options_first(set);

		walker->shares[cpu] = share_of(walker, options, cpu);
		sum += walker->shares[cpu];
	}
	return sum;
}

/*
 * Any probabilities give an unbiased estimate. Those that come near to the numbers of
 * traces behind the options give one with a small error: a way that puts somebody to sleep
 * for ever has none behind it.
 */
static uint32_t draw_awake(struct walker *walker, uint64_t options)
{
	const double *shares = walker->shares;
	double sum = find_shares(walker, options);
	double point = (double)(prng_next(&walker->prng) >> 11) * 0x1p-53 * sum;
	uint32_t picked = options_first(options);

	while (options & (options - 1) && point >= shares[picked]) {
		point -= shares[picked];
		options &= options - 1;
		picked = options_first(options);
	}
	walker->weight *= sum / shares[picked];
	return picked;
}

static void put_to_sleep(struct walker *walker, uint32_t cpu)
{
	struct sleeper sleeper = { walker->pending.steps[cpu], odds_of(walker, cpu) };

	walker->odds.items[sleeper.odds].slept++;
	vec_push(&walker->sleepers, sleeper);
}

static uint32_t pick_awake(struct walker *walker, const struct choice *choice)
{
	uint64_t options = choice->options & ~asleep(walker);
	uint32_t picked;

	if (!options)
		return STRATEGY_STOP;
	find_pending(walker);
	picked = draw_awake(walker, options);
	for (; options_first(options) != picked; options &= options - 1)
		put_to_sleep(walker, options_first(options));
	wake(walker, &walker->pending.steps[picked]);
	note_access(walker, &walker->pending.steps[picked]);
	return picked;
}

static uint32_t walker_pick(struct strategy *strategy, const struct choice *choice)
{
	struct walker *walker = (struct walker *)strategy;

	if (walker->reduced && choice->kind == BATON_CHOICE_CPU)
		return pick_awake(walker, choice);
	if (may_preempt(walker, choice))
		return draw_bounded(walker, choice);
	return draw(walker, choice->options);
}

static bool walker_end(struct strategy *strategy)
{
	(void)strategy;
	return true;
}

/* ---- Many walks -------------------------------------------------------------------------- */

struct sums {
	double all, squares;
	double groups[GROUPS];
};

static void add(struct sums *sums, uint64_t walk, double weight)
{
	sums->all += weight;
	sums->squares += weight * weight;
	sums->groups[walk % GROUPS] += weight;
}

/* By Newton's method: libm is not linked for one root. */
static double root(double square)
{
	double x = square > 1 ? square : 1;

	for (int i = 0; square > 0 && i < 2000 && x * x > square * (1 + 1e-12); i++)
		x = (x + square / x) / 2;
	return square > 0 ? x : 0;
}

static void conclude(const struct sums *sums, uint64_t walks, struct estimate_result *result)
{
	uint64_t largest = (walks + GROUPS - 1) / GROUPS; /* walks of a group */
	double n = (double)walks, variance;

	result->walks = walks;
	result->mean = sums->all / n;
	variance = (sums->squares - sums->all * result->mean) / (n - 1);
	result->error = root(variance / n);
	result->at_least = sums->groups[0];
	for (unsigned int i = 1; i < GROUPS; i++)
		if (sums->groups[i] < result->at_least)
			result->at_least = sums->groups[i];
	result->at_least /= 2 * (double)largest;
}

static void run_walks(struct strategy *strategy, struct walker *walker, uint64_t walks,
		      const struct explore_search *search, struct sums *sums)
{
	unsigned int steps_max = search->steps_max;

	for (uint64_t i = 0; i < walks; i++) {
		enum sim_end end;

		strategy->begin(strategy);
		end = sim_execute(strategy, steps_max, NULL);
		strategy->end(strategy);
		walker->length += (sim_steps() - walker->length) / (double)(i + 1);
		add(sums, i, end == SIM_STOPPED ? 0 : walker->weight);
	}
}

void estimate_run(const struct explore_search *search, struct explore_filter *filter,
		  uint64_t walks, struct estimate_result *result)
{
	struct walker walker = {
		.strategy = { .begin = walker_begin, .pick = walker_pick, .end = walker_end },
		.seed = search->seed,
		.preemptions_max = search->preemptions_max,
		.reduced = search->strategy == EXPLORE_DPOR && !filter &&
			   !explore_is_bounded(search),
	};
	struct strategy *strategy = &walker.strategy;
	struct sums sums = { 0 };
	struct bound bound;

	dpor_path_init(&walker.path, sim_program());
	bound_init(&bound, strategy);
	bound.preemptions_max = search->preemptions_max;
	bound.faults_max = search->faults_max;
	if (!walker.reduced)
		strategy = &bound.strategy;
	if (filter)
		strategy = filter->wrap(filter, strategy);
	sim_bound_steps(search->steps_bound);
	run_walks(strategy, &walker, walks, search, &sums);
	result->traces = walker.reduced;
	conclude(&sums, walks, result);
	dpor_path_release(&walker.path);
	vec_release(&walker.sleepers);
	vec_release(&walker.odds);
	vec_release(&walker.last);
}
