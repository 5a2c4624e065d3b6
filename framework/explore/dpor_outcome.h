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

/* A choice inside of a step. */
struct dpor_choice {
	uint8_t answer, count; /* of so many that were possible */
	uint8_t rule;          /* of a fault: what counts its failures, or DPOR_NO_RULE; else 0 */
};

/* Some of them, in the order in which they were made. As VEC() would declare it. */
struct dpor_choices {
	struct dpor_choice *items;
	size_t count, capacity;
};

/* A fault that the program asks for without a plan. */
#define DPOR_NO_RULE 255

struct dpor_outcome {
	uint32_t parent;           /* the list without its last answer */
	struct dpor_choice choice; /* that answer */
	uint32_t length;
	bool deviates;           /* some answer is not the first one */
	uint32_t child, sibling; /* longer by one; another one of the parent; 0: none */
};

struct dpor_outcomes {
	VEC(struct dpor_outcome) items;
	unsigned int faults_max; /* failures in one execution */
};

void dpor_outcomes_init(struct dpor_outcomes *outcomes);
void dpor_outcomes_release(struct dpor_outcomes *outcomes);

/* The list @parent with @choice behind it. */
uint32_t dpor_outcome_add(struct dpor_outcomes *outcomes, uint32_t parent,
			  struct dpor_choice choice);

/* The first @length answers of @outcome, all of it if it is not longer. */
uint32_t dpor_outcome_prefix(const struct dpor_outcomes *outcomes, uint32_t outcome,
			     uint32_t length);

/* Is one the beginning of the other? Then a step with the one is (or begins as) a step with it. */
bool dpor_outcome_begins(const struct dpor_outcomes *outcomes, uint32_t a, uint32_t b);

static inline bool dpor_outcome_agree(const struct dpor_outcomes *outcomes, uint32_t a, uint32_t b)
{
	return a == b || !a || !b || dpor_outcome_begins(outcomes, a, b);
}

#endif
