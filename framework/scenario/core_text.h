/* SPDX-License-Identifier: MIT */
/*
 * core_text.h - the text of a core's scenario: that of the one that failed, with other blocks.
 *
 * Layer: scenario. Private to core_scn.c.
 */
#ifndef SCENARIO_CORE_TEXT_H
#define SCENARIO_CORE_TEXT_H

#include "scenario/core_scn.h"

/* What the variant expects. */
struct word {
	const char *name;
	enum expectation word;
};

struct words {
	VEC(struct word) list;
	VEC(bool) gone; /* 'fail' lines: no execution of the core gets there */
};

/* Append the text of the scenario. */
void core_text_compose(const struct core_scn *wanted, const struct words *words, struct text *text);

#endif
