/* SPDX-License-Identifier: MIT */
/*
 * unwind.h - from registers to the return addresses on a fiber's stack.
 *
 * Layer: engine, private to backtrace.c and function.c. May include: base.
 */
#ifndef ENGINE_UNWIND_H
#define ENGINE_UNWIND_H

#include "base/vec.h"
#include "engine/fiber.h"

/* Addresses of code, innermost first. */
struct unwind {
	VEC(unsigned long) pcs;
};

/**
 * unwind_stack() - append the frames of a fiber that does not run.
 * @registers: of the innermost frame
 * @interrupted: their pc is the instruction that was interrupted, not a return address
 *
 * Each address is that of an instruction, or of the last byte of a call. Reads
 * nothing outside the fiber's stack, whatever the stack holds.
 */
void unwind_stack(const struct fiber *fiber, const struct fiber_registers *registers,
		  bool interrupted, struct unwind *unwind);

/**
 * unwind_here() - the return addresses on the stack of the caller, innermost first.
 * @returns: room for @max
 *
 * Return: how many there are.
 */
unsigned int unwind_here(void **returns, unsigned int max);

#endif
