/* SPDX-License-Identifier: MIT */
/*
 * variable.h - from an address of data to the variable of the source: "nodes[1].next".
 *
 * Looks into the DWARF information of the running program. The first question takes some
 * milliseconds, as all variables are listed then.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_VARIABLE_H
#define ENGINE_VARIABLE_H

#include <stdbool.h>

#include "base/text.h"

/**
 * variable_name() - append what is at @address.
 * @program: an address in the code of the program, which has the variables that begin as zero
 * @leaf: the smallest part that begins there ("node.next"); else the largest ("node"), as pointers
 *	  mean it
 *
 * Without DWARF information it is the symbol, and the bytes behind its start: "nodes+16". A
 * function is its name.
 *
 * Context: not on a CPU (needs a large stack). Return: false, with nothing appended, if it is
 * nothing that has a name.
 */
bool variable_name(const void *address, const void *program, bool leaf, struct text *text);

#endif
