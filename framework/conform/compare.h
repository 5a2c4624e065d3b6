/* SPDX-License-Identifier: MIT */
/*
 * compare.h - what was recorded, beside what the model answers.
 *
 * Layer: conform. May include: mm.
 */
#ifndef CONFORM_COMPARE_H
#define CONFORM_COMPARE_H

#include "conform/predict.h"

struct conform_counts {
	bool exact; /* set by the caller: no sets, values in pipes are compared exactly, too */
	unsigned long scripts, operations;
	unsigned long differing; /* scripts with a difference */
	/* Values read from pipes that differ, but are both among those expected. */
	unsigned long within_set;
};

/* What was recorded of an operation: SEEN; else EXPECTED or 0. NULL prediction of a set: the
 * first of them. */
long conform_recorded(const struct conform_op *op);

/**
 * conform_agrees() - is @answer what was recorded?
 *
 * A page in a pipe is a FOLL_GET reference: what it shows after its owner's next store may
 * depend on whether the swap cache still has the page. So values from a pipe are compared as
 * a set, if what was seen is among EXPECTED; all else exactly.
 */
bool conform_agrees(const struct conform_op *op, long answer);

/**
 * conform_compare() - run a script on the model and tell the differences.
 * @path: of its file, for what is told
 * @text: appended: nothing, or what differs and the model's state there
 *
 * Context: as conform_predict(). Return: does it agree?
 */
bool conform_compare(const struct conform_script *script, const char *path,
		     struct conform_counts *counts, struct text *text);

#endif
