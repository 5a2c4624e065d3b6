/* SPDX-License-Identifier: MIT */
/*
 * finding.h - something wrong in the code under test.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_FINDING_H
#define ENGINE_FINDING_H

#include <stdbool.h>

#include "base/text.h"

enum finding_kind {
	FINDING_NONE,
	FINDING_RULE,     /* baton_fail(): an assertion, an oracle, an invariant */
	FINDING_CRASH,    /* a signal: wild pointer, division by zero, abort() */
	FINDING_OVERFLOW, /* stack overflow */
	FINDING_LOOP,     /* runs without reaching a point */
	FINDING_DEADLOCK, /* no CPU can go on */
	FINDING_LIVELOCK, /* step budget used up */
};

/*
 * text is one sentence without a full stop; details are further lines ("who waits
 * for what held by whom", looping points), each ended by '\n'.
 */
struct finding {
	enum finding_kind kind;
	const char *name;  /* "deadlock", "crash", or the rule's name; static storage */
	int cpu;           /* that made it, -1: none in particular */
	unsigned int step; /* steps made when it was found */
	struct text text;
	struct text details;
};

/* Did the code do what a process may not survive, or be left in its midst? */
bool finding_is_crash(const struct finding *finding);

void finding_release(struct finding *finding);
/* Make it FINDING_NONE and keep the memory. */
void finding_clear(struct finding *finding);

#endif
