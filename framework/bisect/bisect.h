/* SPDX-License-Identifier: MIT */
/*
 * bisect.h - where in an ordered list something changed.
 *
 * The first and the last state are asked first; they must differ. A short list is asked whole,
 * so that it shows where a change was taken back. In a long one the change is halved in, and the
 * neighbours of the two states that it ends between are asked too: if they are not like them,
 * the list changes more than once.
 *
 * Layer: bisect. May include: scenario, explore, engine, base.
 */
#ifndef BISECT_BISECT_H
#define BISECT_BISECT_H

#include "base/err.h"

/* A list of no more states is asked whole. */
#define BISECT_WHOLE_MAX 16u

enum bisect_answer {
	BISECT_UNASKED,
	BISECT_GOOD,
	BISECT_BAD,
	BISECT_UNKNOWN, /* the search was too weak to say, or the state cannot be run */
};

/* Return: 0 with *answer set, or -1. */
typedef int bisect_ask(void *arg, size_t state, enum bisect_answer *answer, struct err *err);

struct bisect {
	size_t count; /* states, at least 2; this, ask and arg are the caller's */
	bisect_ask *ask;
	void *arg;
	enum bisect_answer *answers; /* one per state */
	size_t asked;
	/* The last state like the first one, and the first behind it like the last one. All
	 * between them are unknown. */
	size_t before, after;
	bool changes_once; /* as far as was asked */
};

enum bisect_end {
	BISECT_FOUND,
	BISECT_SAME,   /* both ends are good, or both bad */
	BISECT_NOT_IT, /* an end is unknown */
};

/**
 * bisect_run() - find the change.
 * @bisect: its first three members are set; bisect_release() it also after an error
 *
 * Return: 0 with *end set, or -1 if a state could not be asked.
 */
int bisect_run(struct bisect *bisect, enum bisect_end *end, struct err *err);

void bisect_release(struct bisect *bisect);

#endif
