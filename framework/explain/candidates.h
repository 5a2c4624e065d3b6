/* SPDX-License-Identifier: MIT */
/*
 * candidates.h - the conditions that may be in a core.
 *
 * Layer: explain. Private to it.
 */
#ifndef EXPLAIN_CANDIDATES_H
#define EXPLAIN_CANDIDATES_H

#include "explain/core.h"
#include "explain/subject.h"

/* Each level has what those before have, and more. */
enum candidates_level {
	CANDIDATES_DIRECT,   /* races of two places that have names, and answers */
	CANDIDATES_SWITCHES, /* and where the CPU changes */
	CANDIDATES_UNNAMED,  /* and places without a name, which no scenario file can speak of */
	CANDIDATES_LEVELS,
};

/* Fill core->candidates from core->conflicts; HITTING_ELEMENTS_MAX at most. */
void candidates_find(struct core *core, const struct subject *subject, enum candidates_level level);

#endif
