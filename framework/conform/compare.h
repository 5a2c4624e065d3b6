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

/**
 * conform_agrees() - is @answer what was recorded?
 *
 * A page in a pipe is a FOLL_GET reference: what it shows after its owner's next store may
 * depend on whether the swap cache still has the page. So values from a pipe are compared as
 * a set, if what was seen is among EXPECTED; all else exactly.
 */
bool conform_agrees(const struct conform_op *op, long answer);

/**
 * conform_difference() - run a script on the model.
 *
 * Context: as conform_predict(). Return: index of the first operation that does not agree;
 * script->ops.count: there is none.
 */
size_t conform_difference(const struct conform_script *script, struct conform_counts *counts);

/**
 * conform_tell() - what differs, the script and the model's state there.
 * @path: of its file, for what is told
 * @index: conform_difference()'s, which was called for this script last
 */
void conform_tell(const struct conform_script *script, const char *path, size_t index,
		  struct text *text);

/**
 * conform_compare() - both, if there is a difference.
 *
 * Return: does it agree?
 */
bool conform_compare(const struct conform_script *script, const char *path,
		     struct conform_counts *counts, struct text *text);

#endif
