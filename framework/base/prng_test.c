/* SPDX-License-Identifier: MIT */
#include "base/prng.h"

#include <criterion/criterion.h>

TestSuite(prng, .timeout = 10);

/* The generator's published first numbers from the seed 1234567. */
Test(prng, is_splitmix64)
{
	struct prng prng = { 1234567 };

	cr_expect_eq(prng_next(&prng), UINT64_C(6457827717110365317));
	cr_expect_eq(prng_next(&prng), UINT64_C(3203168211198807973));
	cr_expect_eq(prng_next(&prng), UINT64_C(9817491932198370423));
}

Test(prng, streams_differ_and_repeat)
{
	struct prng a, b, c;

	prng_init(&a, 1, 0);
	prng_init(&b, 1, 1);
	prng_init(&c, 1, 0);
	cr_expect_neq(prng_next(&a), prng_next(&b));
	prng_next(&c);
	cr_expect_eq(prng_next(&a), prng_next(&c));
}

/* 60,000 throws of a die: each face within 5 standard deviations of 10,000. */
Test(prng, below_is_uniform)
{
	unsigned int faces[6] = { 0 };
	struct prng prng;

	prng_init(&prng, 42, 7);
	for (int i = 0; i < 60000; i++)
		faces[prng_below(&prng, 6)]++;
	for (int i = 0; i < 6; i++)
		cr_expect(faces[i] > 10000 - 457 && faces[i] < 10000 + 457, "%u", faces[i]);
	cr_expect_eq(prng_below(&prng, 1), 0);
}
