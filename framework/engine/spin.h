/* SPDX-License-Identifier: MIT */
/*
 * spin.h - loops that wait and do not say so.
 *
 * A CPU that comes to the same access again with the same registers and the same stack, and has
 * changed nothing in between, goes on as it did before, for ever, or until somebody writes to what
 * it has read. Then it is as if the loop had called baton_retry().
 *
 * What is compared is the second time and the third: before, the stack may have what was left there
 * by others. Memory that is neither on the stack nor announced is not compared.
 *
 * Layer: engine, private to it.
 */
#ifndef ENGINE_SPIN_H
#define ENGINE_SPIN_H

#include <stdint.h>

#include "baton/sim.h"

/* Accesses that a loop may have. */
#define SPIN_VISITS_MAX 8u

/* An access of a CPU, since it has last changed something. */
struct spin_visit {
	const struct baton_point *point;
	const void *object;
	unsigned int times;
	unsigned int step; /* steps that there were the last time */
	uint64_t state;    /* of registers and stack, then */
};

struct spin {
	unsigned int count;
	struct spin_visit visits[SPIN_VISITS_MAX];
};

/* The stack pointer of who has called baton_atomic(), and the registers that calls preserve. */
struct spin_registers {
	uintptr_t sp;
	uint64_t saved[20]; /* x86-64: rbx, rbp, r12..r15; aarch64: x19..x30, d8..d15 */
};

/* Set by baton_atomic(), in assembly; read by spin_atomic() at once. */
extern struct spin_registers spin_caller __attribute__((visibility("hidden")));

/* What baton_atomic() does, behind that. */
void spin_atomic(const struct baton_point *here, const void *object, enum baton_access_kind kind)
	__attribute__((visibility("hidden")));

#endif
