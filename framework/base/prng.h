/* SPDX-License-Identifier: MIT */
/*
 * prng.h - pseudo-random numbers that are the same everywhere.
 *
 * SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
 * OOPSLA 2014): one word of state, every seed is good. Not for secrets.
 *
 * Layer: base. May include: nothing.
 */
#ifndef BASE_PRNG_H
#define BASE_PRNG_H

#include <stdint.h>

struct prng {
	uint64_t state;
};

/* Numbers that depend on @seed and @stream only, and differ between streams. */
void prng_init(struct prng *prng, uint64_t seed, uint64_t stream);

uint64_t prng_next(struct prng *prng);

/* Uniform in [0, @count); @count is not 0. */
uint32_t prng_below(struct prng *prng, uint32_t count);

#endif
