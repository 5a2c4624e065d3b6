/* SPDX-License-Identifier: MIT */
/*
 * address.h - what is at an address, in words that are the same in each run.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_ADDRESS_H
#define ENGINE_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/**
 * address_name() - "nodes[1]": a variable or function of the program, an object that
 * baton/alloc.h's functions gave out, a CPU's stack.
 * @leaf: the part of a variable that is accessed there; else what a pointer points to
 *
 * Context: anywhere. Does not switch CPUs. Return: false, with nothing appended, if it is none.
 */
bool address_name(const void *address, bool leaf, struct text *text);

/* Append that; NULL; or "pointer 2", the second one without a name that this execution asks for.
 * Context: as address_name(). */
void address_text(const void *address, struct text *text);

/* Is there memory at @address? Context: anywhere. */
bool address_is_mapped(uintptr_t address);

#endif
