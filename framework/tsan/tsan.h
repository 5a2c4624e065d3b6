/* SPDX-License-Identifier: MIT */
/*
 * tsan.h - what stands behind the calls that -fsanitize=thread makes.
 *
 * Layer: tsan. May include: posix, engine, base.
 */
#ifndef TSAN_TSAN_H
#define TSAN_TSAN_H

#include "baton/tsan.h"
#include "engine/moment.h"

/* ---- place.c: where a call comes from ------------------------------------------------------ */

/**
 * tsan_place() - the point of an operation.
 * @pc: return address of the call
 * @what: "atomic_load"; static storage
 *
 * Context: on a CPU. Does not switch CPUs. Return: "deposit/atomic_load", with file and line;
 * the same for the life of the process.
 */
const struct baton_point *tsan_place(const void *pc, const char *what);

/* ---- clock.c: what is ordered before what. Context: on a CPU, in the main phase ------------- */

/* How a step orders, for sim_order_last(). Of atomic operations, their memory order. */
enum tsan_order {
	TSAN_STRONGEST, /* as its kind could; nobody has said anything */
	TSAN_NOTHING = 100,
};
#define TSAN_ATOMIC(memory_order) ((uint8_t)((memory_order) + 1))

/* This CPU has made a step at an atomic object: its order is @order, and not the strongest that
 * its kind could have. Context: behind its baton_access(). */
static inline void tsan_clock_atomic(int order)
{
	sim_order_last(TSAN_ATOMIC(order));
}

/* This CPU has made a step that orders nothing: a plain access. */
static inline void tsan_clock_plain(void)
{
	sim_order_last(TSAN_NOTHING);
}

/* A fence of C11 on this CPU. */
void tsan_clock_fence(int order);
/* The execution of the last release fence. */
extern unsigned long tsan_fenced;
/* The time now, on the CPU of @moment, in an execution with release fences; see clock.c. */
uint32_t tsan_clock_fenced(const struct sim_moment *moment);

static inline uint32_t tsan_clock_now(const struct sim_moment *moment)
{
	return moment->execution == tsan_fenced ? tsan_clock_fenced(moment) : 2 * moment->steps;
}

/* Is what CPU @cpu did at @time ordered before what this CPU does now? */
bool tsan_clock_before(unsigned int cpu, uint32_t time);

#endif
