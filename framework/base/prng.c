/* SPDX-License-Identifier: MIT */
#include "base/prng.h"

#include "base/bug.h"

void prng_init(struct prng *prng, uint64_t seed, uint64_t stream)
{
	prng->state = seed;
	prng->state = prng_next(prng) ^ stream;
	prng->state = prng_next(prng);
}

uint64_t prng_next(struct prng *prng)
{
	uint64_t z = prng->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

uint32_t prng_below(struct prng *prng, uint32_t count)
{
	BUG_ON(!count);
	/* The high half of a 32 by 32 bit product: off by less than count / 2^32. */
	return (uint32_t)((prng_next(prng) >> 32) * count >> 32);
}
