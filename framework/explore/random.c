/* SPDX-License-Identifier: MIT */
#include "explore/random.h"

#include <limits.h>

#include "base/bug.h"
#include "engine/sim.h"

static void begin(struct strategy *strategy)
{
	struct sampler *sampler = (struct sampler *)strategy;

	prng_init(&sampler->prng, sampler->seed, ++sampler->executions);
}

static uint32_t pick_uniform(struct strategy *strategy, const struct choice *choice)
{
	struct sampler *sampler = (struct sampler *)strategy;
	uint64_t options = choice->options;
	uint32_t skip = prng_below(&sampler->prng, options_count(options));

	while (skip--)
		options &= options - 1;
	return options_first(options);
}

static bool end(struct strategy *strategy)
{
	const struct sampler *sampler = (struct sampler *)strategy;

	return !sampler->last || sampler->executions < sampler->last;
}

void random_init(struct sampler *sampler, uint64_t seed)
{
	*sampler = (struct sampler){
		.strategy = { .begin = begin, .pick = pick_uniform, .end = end },
		.seed = seed,
		.steps_max = 1,
	};
}

static uint32_t highest(const struct sampler *sampler, uint64_t options)
{
	uint32_t best = options_first(options);

	for (options &= options - 1; options; options &= options - 1)
		if (sampler->priority[options_first(options)] > sampler->priority[best])
			best = options_first(options);
	return best;
}

/* ---- Partial order sampling: priority 0 means that it is yet to be drawn. */

static void pos_begin(struct strategy *strategy)
{
	struct sampler *sampler = (struct sampler *)strategy;

	begin(strategy);
	for (unsigned int i = 0; i < BATON_CPUS_MAX; i++)
		sampler->priority[i] = 0;
}

static bool depends(struct sim_access a, struct sim_access b)
{
	if (a.object != b.object || a.kind == BATON_LOCAL || b.kind == BATON_LOCAL)
		return false;
	return a.kind != b.kind || (a.kind != BATON_READ && a.kind != BATON_ADD);
}

/* Who made the step, and who depends on it, draws a new priority. */
static void redraw(struct sampler *sampler, uint32_t picked, uint64_t options)
{
	struct sim_access made = sim_pending((int)picked);

	for (; options; options &= options - 1)
		if (depends(made, sim_pending((int)options_first(options))))
			sampler->priority[options_first(options)] = 0;
	sampler->priority[picked] = 0;
}

static uint32_t pos_pick(struct strategy *strategy, const struct choice *choice)
{
	struct sampler *sampler = (struct sampler *)strategy;
	uint32_t picked;

	if (choice->kind != BATON_CHOICE_CPU)
		return pick_uniform(strategy, choice);
	for (uint64_t options = choice->options; options; options &= options - 1)
		if (!sampler->priority[options_first(options)])
			sampler->priority[options_first(options)] = prng_next(&sampler->prng) | 1;
	picked = highest(sampler, choice->options);
	redraw(sampler, picked, choice->options);
	return picked;
}

void pos_init(struct sampler *sampler, uint64_t seed)
{
	random_init(sampler, seed);
	sampler->strategy.begin = pos_begin;
	sampler->strategy.pick = pos_pick;
}

/* ---- PCT: priorities below depth are those of CPUs that have dropped back. */

static void pct_begin(struct strategy *strategy)
{
	struct sampler *sampler = (struct sampler *)strategy;

	begin(strategy);
	sampler->steps = 0;
	for (unsigned int i = 0; i < BATON_CPUS_MAX; i++)
		sampler->priority[i] = sampler->depth + (prng_next(&sampler->prng) >> 8);
	for (unsigned int i = 1; i < sampler->depth; i++)
		sampler->change[i] = 1 + prng_below(&sampler->prng, sampler->steps_max);
}

static uint32_t pct_pick(struct strategy *strategy, const struct choice *choice)
{
	struct sampler *sampler = (struct sampler *)strategy;

	if (choice->kind != BATON_CHOICE_CPU)
		return pick_uniform(strategy, choice);
	if (choice->current >= 0)
		for (unsigned int i = 1; i < sampler->depth; i++)
			if (sampler->change[i] == sampler->steps)
				sampler->priority[choice->current] = sampler->depth - i;
	sampler->steps++;
	if (sampler->executions == 1)
		sampler->steps_max = sampler->steps;
	return highest(sampler, choice->options);
}

void pct_init(struct sampler *sampler, uint64_t seed, unsigned int depth)
{
	BUG_ON(depth < 1 || depth > BATON_CPUS_MAX);
	random_init(sampler, seed);
	sampler->strategy.begin = pct_begin;
	sampler->strategy.pick = pct_pick;
	sampler->depth = depth;
}

/* ---- Parts */

int sampler_load(struct sampler *sampler, struct fields *part, struct err *err)
{
	uint64_t first = 0, last = 0, steps = 0;

	if (fields_number(part, UINT64_MAX / 2, &first, err) ||
	    fields_number(part, UINT64_MAX / 2, &last, err) ||
	    fields_number(part, UINT_MAX, &steps, err) || fields_end(part, err))
		return -1;
	if (!first || last < first || (first > 1 && !steps))
		return fields_fail(part, err, "no samples are like that");
	sampler->executions = first - 1;
	sampler->last = last;
	sampler->steps_max = steps ? (unsigned int)steps : 1;
	return 0;
}

void sampler_split(const struct sampler *sampler, unsigned int ranges, struct parts *parts)
{
	uint64_t first = sampler->executions + 1, left = sampler->last - sampler->executions;

	for (uint64_t i = ranges; i && left; i--) {
		uint64_t count = (left + i - 1) / i;
		struct text part = TEXT_INIT;

		text_addf(&part, "samples %llu %llu %u", (unsigned long long)first,
			  (unsigned long long)(first + count - 1), sampler->steps_max);
		vec_push(&parts->list, text_detach(&part));
		first += count;
		left -= count;
	}
}
