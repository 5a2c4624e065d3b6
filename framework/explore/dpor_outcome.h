/* SPDX-License-Identifier: MIT */
/*
 * dpor_outcome.h - the answers to the choices inside of one step, as numbers.
 *
 * A step may ask several times (a fault point, the slot of an allocator), and how
 * often can depend on the answers. A list of answers is a number here: equal lists
 * have equal numbers, and 0 is the empty list. There are as many as the program has
 * different lists of answers in its steps, however often it is run.
 *
 * Layer: explore. May include: base.
 */
#ifndef EXPLORE_DPOR_OUTCOME_H
#define EXPLORE_DPOR_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

struct dpor_outcome {
	uint32_t parent;        /* the list without its last answer */
	uint32_t answer, count; /* the last answer, of so many that were possible */
	uint32_t length;
	uint32_t child, sibling; /* longer by one; another one of the parent; 0: none */
};

struct dpor_outcomes {
	VEC(struct dpor_outcome) items;
};

void dpor_outcomes_init(struct dpor_outcomes *outcomes);
void dpor_outcomes_release(struct dpor_outcomes *outcomes);

/* The list @parent with @answer, one of @count, behind it. */
uint32_t dpor_outcome_add(struct dpor_outcomes *outcomes, uint32_t parent, uint32_t answer,
			  uint32_t count);

/* The first @length answers of @outcome, all of it if it is not longer. */
uint32_t dpor_outcome_prefix(const struct dpor_outcomes *outcomes, uint32_t outcome,
			     uint32_t length);

/* Is one the beginning of the other? Then a step with the one is (or begins as) a step with it. */
bool dpor_outcome_agree(const struct dpor_outcomes *outcomes, uint32_t a, uint32_t b);

#endif
