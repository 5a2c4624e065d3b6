/* SPDX-License-Identifier: MIT */
/*
 * nearest.h - points that may be what points of old orders are called now.
 *
 * In place of a point that is gone comes one that the same CPU passes. An order is about two
 * accesses that depend on each other, so it is nearer if it accesses what the other place of the
 * order accesses; and the more of its name is like the old one. What the core names and is still
 * there is what it was, and takes no other's place.
 *
 * Layer: bisect, private to it. May include: scenario, explore, engine, base.
 */
#ifndef BISECT_NEAREST_H
#define BISECT_NEAREST_H

#include "explore/result.h"
#include "scenario/scenario.h"

/* Tried in place of one point. */
#define NEAREST_MAX 6u

struct nearest_point {
	const struct ref *ref;     /* that is gone; of the scenario */
	const struct ref *partner; /* the other place of its order */
	size_t count;
	const char *names[NEAREST_MAX]; /* the nearest first */
	unsigned int likeness[NEAREST_MAX];
};

struct nearest {
	VEC(struct nearest_point) points;
};

/**
 * nearest_add() - a point of an order is gone.
 *
 * One that was added before, of the same name and CPU, counts once.
 */
void nearest_add(struct nearest *nearest, const struct ref *ref, const struct ref *partner);

/**
 * nearest_conflicts() - fill in names of points.
 * @scenario: that the points are of
 * @pairs: what was seen to conflict in it
 */
void nearest_conflicts(struct nearest *nearest, const struct scenario *scenario,
		       const struct coverage_result *pairs);

/* The same with the points that were passed in one execution. */
void nearest_passed(struct nearest *nearest, const struct scenario *scenario,
		    const struct trace *trace);
void nearest_release(struct nearest *nearest);

/**
 * nearest_text() - the text of @scenario, with names for points that are gone.
 * @chosen: for each of the points, an index in its names
 */
void nearest_text(const struct nearest *nearest, const struct scenario *scenario,
		  const size_t *chosen, struct text *text);

#endif
