/* SPDX-License-Identifier: MIT */
/*
 * refs.h - where the CPUs are, in terms of the labels and points that a scenario names.
 *
 * A label is entered with the first access of its operation and passed when the
 * operation has returned; a point is entered and passed with its access, the
 * occurrence-th time in the execution. An operation that makes no access cannot be
 * held back. A choice is passed when it was made; whether a fault fails, where it may fail.
 *
 * Layer: scenario. May include: engine, base.
 */
#ifndef SCENARIO_REFS_H
#define SCENARIO_REFS_H

#include "scenario/runner.h"

struct ref_state {
	const struct ref *ref;
	unsigned int passes; /* of its point by its CPU, in this execution */
	/* In any execution; a CPU that stands before a place for ever has reached it. */
	bool ever_reached, ever_passed;
};

struct refs {
	struct runner *runner;
	VEC(struct ref_state) states;
};

void refs_release(struct refs *refs);

/* Watch @ref. Return: its index. */
size_t refs_add(struct refs *refs, const struct ref *ref);

/* A new execution begins, and has ended. */
void refs_begin(struct refs *refs);
void refs_end(struct refs *refs);

/* CPU @cpu is about to make its announced access. */
void refs_step(struct refs *refs, uint32_t cpu);

/* The current CPU is to make choice @name. Return: is it ref @index? Counts. */
bool refs_asks(struct refs *refs, size_t index, const char *name);

/* The answer that ref @index was to get is not among the options: nobody has been there. */
void refs_refuse(struct refs *refs, size_t index);

/* Context of all three: in a strategy's pick. */
bool refs_passed(const struct refs *refs, size_t index);
/* Would the ref's CPU enter it with its next step? */
bool refs_is_next(const struct refs *refs, size_t index);
/* Is it entered or passed, or does its CPU stand right before it? */
bool refs_reached(const struct refs *refs, size_t index);

#endif
