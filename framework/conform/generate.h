/* SPDX-License-Identifier: MIT */
/*
 * generate.h - random scripts, and how well they cover the operations.
 *
 * Layer: conform. May include: conform, base.
 */
#ifndef CONFORM_GENERATE_H
#define CONFORM_GENERATE_H

#include "conform/script.h"

#define GENERATE_LENGTH 14 /* operations, unless asked otherwise */
#define GENERATE_LENGTH_MAX 60

/**
 * generate_script() - a script that depends on the numbers only.
 * @number: which one of the seed; its name is "G00007"
 * @length: operations between the first store and the last looks, 1 to GENERATE_LENGTH_MAX
 * @script: all zero; filled, with what an ideal kernel answers as EXPECTED
 */
void generate_script(uint64_t seed, uint64_t number, unsigned int length,
		     struct conform_script *script);

/* How often operations stood in scripts, and next to each other. */
struct generate_pairs {
	uint32_t scripts;
	uint32_t single[CONFORM_WHATS];
	uint32_t pair[CONFORM_WHATS][CONFORM_WHATS];
};

/* Count the operations of a script, and its pairs: one right behind the other, whoever does it. */
void generate_count(struct generate_pairs *pairs, const struct conform_script *script);

/* Is it an operation that generated scripts have? */
bool generate_has(enum conform_what what);

/* How often each one occurred, how many of the pairs did, and which did not. */
void generate_tell(const struct generate_pairs *pairs, struct text *text);

#endif
