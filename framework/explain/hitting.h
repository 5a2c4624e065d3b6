/* SPDX-License-Identifier: MIT */
/*
 * hitting.h - the smallest set that has something in common with each of many sets.
 *
 * What each passing execution breaks is such a set; so a smallest hitting set is a smallest
 * core that rules all of them out.
 *
 * Layer: explain. May include: base.
 */
#ifndef EXPLAIN_HITTING_H
#define EXPLAIN_HITTING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

/* Elements are 0..HITTING_ELEMENTS_MAX - 1. */
#define HITTING_ELEMENTS_MAX 256u
#define HITTING_WORDS (HITTING_ELEMENTS_MAX / 64)

struct hitting_set {
	uint64_t words[HITTING_WORDS];
};

/* Sets none of which contains another: who hits the smaller one hits the larger one. */
struct hitting {
	VEC(struct hitting_set) sets;
	unsigned int weights[HITTING_ELEMENTS_MAX]; /* among smallest sets, the lightest is taken */
};

static inline bool hitting_has(const struct hitting_set *set, unsigned int element)
{
	return set->words[element / 64] >> (element % 64) & 1;
}

static inline void hitting_put(struct hitting_set *set, unsigned int element)
{
	set->words[element / 64] |= UINT64_C(1) << (element % 64);
}

bool hitting_is_empty(const struct hitting_set *set);
unsigned int hitting_count(const struct hitting_set *set);
/* Do they have an element in common? */
bool hitting_meets(const struct hitting_set *a, const struct hitting_set *b);

/* All zero is no sets. Add one; Return: whether it tells anything new. */
bool hitting_add(struct hitting *hitting, const struct hitting_set *set);
void hitting_release(struct hitting *hitting);

/**
 * hitting_solve() - find the smallest hitting set, and of these the lightest.
 * @best: out; empty if there are no sets
 *
 * Return: true if it is known to be smallest; false if there were too many ways, and it only
 *	   has no element too many. No set may be empty.
 */
bool hitting_solve(const struct hitting *hitting, struct hitting_set *best);

#endif
