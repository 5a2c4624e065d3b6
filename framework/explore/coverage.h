/* SPDX-License-Identifier: MIT */
/*
 * coverage.h - which conflicting accesses were seen in which order.
 *
 * Two accesses conflict if two CPUs make them to one object and their order matters. A
 * search that saw both orders of a pair tried the race; one that saw a single order did
 * not, whatever it says of its executions. Accesses are known by their CPU and point:
 * what a point did to several objects, or in a loop, counts as one.
 *
 * It looks on as an observer: a pick costs a comparison while an execution repeats the
 * beginning of the last one, and an event its object and place. An execution that counts
 * is then looked at from where it left the last one: per new event, a few words are or-ed.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_COVERAGE_H
#define EXPLORE_COVERAGE_H

#include "explore/dpor_object.h"
#include "explore/dpor_step.h"
#include "explore/explore.h"

#define COVERAGE_CLASSES 3 /* enum dpor_class */

/* Who makes an access, where, and how. */
struct coverage_place {
	uint8_t cpu;
	uint8_t class;
	uint32_t point; /* index in the program's points */
};

/* A choice of the current execution; those of a CPU are events. */
struct coverage_event {
	uint8_t kind, picked;
	bool fresh;      /* the first of its place on its object */
	uint32_t object; /* 0: no access that others see */
	uint32_t place;
};

struct coverage {
	struct gatherer gatherer;
	struct explore_filter observer;
	struct strategy strategy;
	const struct baton_program *program;
	size_t point_count;
	uint32_t *numbers; /* of a CPU, point and class: its place + 1; 0: not seen */
	VEC(struct coverage_place) places;
	size_t words;     /* 64 places each: of a set of places */
	uint64_t *before; /* a set per place: what conflicts with it and came before it */
	struct dpor_objects objects;
	size_t object_count; /* that passed has room for */
	uint64_t *passed;    /* sets per object and class: what came to it in this execution */
	VEC(struct coverage_event) events;
	size_t position; /* choices made in this execution */
	size_t looked;   /* events whose order is known */
};

#define COVERAGE_WORD_BITS 64u

/* The set of places that were seen before @place, and conflict with it. */
static inline uint64_t *coverage_before(const struct coverage *coverage, size_t place)
{
	return coverage->before + place * coverage->words;
}

static inline bool coverage_has(const uint64_t *set, size_t place)
{
	return set[place / COVERAGE_WORD_BITS] >> place % COVERAGE_WORD_BITS & 1;
}

/* @program: of the simulation that will be open */
void coverage_init(struct coverage *coverage, const struct baton_program *program);
void coverage_release(struct coverage *coverage);

/* The execution that has just ended counts. */
void coverage_execution(struct coverage *coverage);

/* Append the pairs that conflict: those seen in one order first, then by CPU and point. */
void coverage_pairs(const struct coverage *coverage, struct coverage_result *result);

#endif
