/* SPDX-License-Identifier: MIT */
/*
 * memory_check.h - is shared memory changed without an access that says so?
 *
 * Some executions are run with all of the declared memory compared before and after each
 * step. Where two CPUs change the same byte in steps that nothing orders (no chain of
 * dependent accesses leads from one to the other), the reduction takes the steps for
 * independent, and they are not: such a search may miss what the order does. Changes that
 * write the old value, and reads, are not seen.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_MEMORY_CHECK_H
#define EXPLORE_MEMORY_CHECK_H

#include "explore/explore.h"

/* Executions that are looked at. */
#define MEMORY_CHECK_EXECUTIONS 16u

/**
 * memory_check() - run some executions of @program and look at its regions.
 * @search: limits of an execution, the seed that says which, and whether they are contained
 * @notes: appended: a line for each pair of points that change the same memory
 * @err: why it could not be run
 *
 * A program without regions has nothing to look at.
 *
 * Context: no simulation is open; fault plans are as they are to be.
 * Return: 0, or -1.
 */
int memory_check(const struct baton_program *program, const struct explore_search *search,
		 struct text *notes, struct err *err);

#endif
