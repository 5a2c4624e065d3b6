/* SPDX-License-Identifier: MIT */
/*
 * random.h - strategies that sample executions: a seed says which.
 *
 * All of them go on for ever, unless they are told which execution is the last. The n-th
 * execution depends on the seed and on n only (pct: and on how long the first one was).
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_RANDOM_H
#define EXPLORE_RANDOM_H

#include "base/fields.h"
#include "base/prng.h"
#include "baton/sim.h"
#include "engine/strategy.h"
#include "explore/part.h"

struct sampler {
	struct strategy strategy;
	uint64_t seed;
	uint64_t executions; /* begun, or before the first one of this part */
	uint64_t last;       /* number of the last one; 0: it goes on for ever */
	struct prng prng;    /* of the current execution */
	/* Of each CPU, the highest enabled one runs; not used by the uniform walk. */
	uint64_t priority[BATON_CPUS_MAX];
	/* pct: */
	unsigned int depth;
	unsigned int steps;                  /* in the current execution */
	unsigned int steps_max;              /* of the first execution */
	unsigned int change[BATON_CPUS_MAX]; /* steps at which the running CPU drops back */
};

/**
 * random_init() - uniform walk: at each choice every option is equally probable.
 */
void random_init(struct sampler *sampler, uint64_t seed);

/**
 * pos_init() - partial order sampling.
 *
 * Each announced access draws a priority when it is announced; the highest is made next,
 * and what depends on it draws again. Finds orders of few accesses among many
 * that do not matter far more evenly than the uniform walk.
 *
 * Source: Yuan, Yang, Gu, "Partial Order Aware Concurrency Sampling", CAV 2018.
 */
void pos_init(struct sampler *sampler, uint64_t seed);

/**
 * pct_init() - probabilistic concurrency testing.
 * @depth: 1..BATON_CPUS_MAX; finds a bug that needs so many ordering constraints with a
 *         probability of at least 1 / (CPUs * steps^(depth - 1))
 *
 * CPUs have random priorities; at depth - 1 random steps the running one drops behind all
 * others. The number of steps is learnt from the first execution.
 *
 * Source: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized Scheduler with
 * Probabilistic Guarantees of Finding Bugs", ASPLOS 2010.
 */
void pct_init(struct sampler *sampler, uint64_t seed, unsigned int depth);

/* ---- The search as a part (see part.h): "samples 1 300 0" are executions 1 to 300; then the
 * steps of the first one, 0 where it is not run yet. */

/**
 * sampler_load() - run the executions of a part, and no others.
 * @part: behind its first word
 *
 * Return: 0, or -1 if it is none.
 */
int sampler_load(struct sampler *sampler, struct fields *part, struct err *err);

/* Cut what is left, which is not nothing, into @ranges parts at most. Context: after end. */
void sampler_split(const struct sampler *sampler, unsigned int ranges, struct parts *parts);

#endif
