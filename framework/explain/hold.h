/* SPDX-License-Identifier: MIT */
/*
 * hold.h - has executions obey conditions, and says afterwards which they obeyed.
 *
 * A CPU that an order holds back is not picked; where nobody is left to pick the execution is
 * dropped. All of it depends on what each CPU has done so far: it is a filter of states.
 *
 * Layer: explain. May include: explore, engine, base.
 */
#ifndef EXPLAIN_HOLD_H
#define EXPLAIN_HOLD_H

#include "explain/condition.h"
#include "explain/subject.h"

/* A place of some condition, in the current execution. */
struct hold_place {
	struct place place;
	unsigned int passes;   /* of its point by its CPU */
	unsigned int position; /* step in which it was passed, from 1; 0: it was not */
};

struct hold_answer {
	struct answer answer;
	unsigned int asked;
	bool other; /* another answer was given */
};

struct hold_condition {
	enum condition_kind kind;
	size_t first, second; /* places; or first is an answer */
	bool enforced;
};

struct hold {
	struct strategy strategy;
	struct explore_filter filter;
	struct explore_filter *inner; /* of the subject; may be NULL */
	VEC(struct hold_place) places;
	VEC(size_t) places_of[BATON_CPUS_MAX];
	VEC(struct hold_answer) answers;
	VEC(struct hold_condition) conditions;
	VEC(size_t) enforced; /* orders */
	unsigned int steps;
};

/* Nothing is held: &hold->filter is the filter of a search then. */
void hold_init(struct hold *hold, const struct subject *subject);
void hold_release(struct hold *hold);

/* Look out for @condition. Return: its index. */
size_t hold_watch(struct hold *hold, const struct condition *condition);

/* From the next execution on: is condition @index to be obeyed? */
void hold_enforce(struct hold *hold, size_t index, bool enforced);
/* Nothing is enforced any more. */
void hold_nothing(struct hold *hold);

/* Did the last execution obey condition @index? */
bool hold_obeyed(const struct hold *hold, size_t index);

#endif
