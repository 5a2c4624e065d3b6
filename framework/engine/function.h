/* SPDX-License-Identifier: MIT */
/*
 * function.h - is a function, known by its name, among those that have been called?
 *
 * Where the code of a function is, inlined copies and static functions included, is looked up
 * once in the DWARF information of the program. After that the question costs an unwinding
 * of the stack (some 50 ns) and no look-up.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_FUNCTION_H
#define ENGINE_FUNCTION_H

#include <stdbool.h>

#include "base/vec.h"

/* Addresses [begin, end) of code. */
struct function_range {
	unsigned long begin, end;
};

struct function {
	char *name;
	VEC(struct function_range) ranges; /* empty: there is no function of that name */
};

/**
 * function_find() - where the code of @name is.
 *
 * Takes some 10 ms for the first question about a name.
 *
 * Context: not on a CPU (needs a large stack).
 * Return: NULL if the program has no such function; else kept for the life of the process.
 */
const struct function *function_find(const char *name);

/**
 * function_is_running() - is the caller called by @function, directly or not?
 *
 * Context: anywhere. Does not switch. As the code was compiled: a call in the last place may
 * have left no frame.
 */
bool function_is_running(const struct function *function);

#endif
