/* SPDX-License-Identifier: MIT */
/*
 * toy_model.h - a model for the tests of the language: all kinds of entries, and
 * nothing that runs. Its points are toy/checked, toy/cleared and fork/read.
 *
 * Layer: scenario, tests only. May include: engine.
 */
#ifndef SCENARIO_TOY_MODEL_H
#define SCENARIO_TOY_MODEL_H

#include "scenario/scenario.h"

extern const struct model toy_model;
extern const struct model *const toy_models[]; /* it alone */

/* What the tests of the language do with a text; see toy_check(). */
struct toy_example {
	const char *text;
	const char *told; /* "" where it must load */
};

/**
 * toy_check() - load each of @count examples and compare what is told about it.
 *
 * An example without the word "scenario" is put into one, and then begins on
 * line 5; before it are process P, page A, and "cpu a in P { l: x = load(A); }", behind
 * it predicate ok and variant v1.0. Compared are the messages, one per line and without
 * the name of the file; that each is followed by a source line and a caret is asserted.
 */
void toy_check(const struct toy_example *examples, size_t count);

/* TOY_CHECK({ text, told }, ...) */
#define TOY_CHECK(...)                                                         \
	do {                                                                   \
		static const struct toy_example examples_[] = { __VA_ARGS__ }; \
		toy_check(examples_, ARRAY_SIZE(examples_));                   \
	} while (0)

/* A scenario without mistakes that uses every part of the language that can be run. */
extern const char toy_scenario[];

#endif
