/* SPDX-License-Identifier: MIT */
/*
 * syntax_error.h - from what the parser would have taken to one short sentence.
 *
 * Layer: scenario. May include: base.
 */
#ifndef SCENARIO_SYNTAX_ERROR_H
#define SCENARIO_SYNTAX_ERROR_H

#include "scenario/build.h"

#define SYNTAX_EXPECTED_MAX 128

struct syntax_error {
	struct span at;
	const char *expected[SYNTAX_EXPECTED_MAX]; /* as the grammar names them */
	size_t count;
};

/**
 * syntax_error_report() - "expected ';', found 'dma'; did you mean ...".
 */
void syntax_error_report(struct parse *parse, struct syntax_error *error);

#endif
