/* SPDX-License-Identifier: MIT */
/*
 * tsan.h - what stands behind the calls that -fsanitize=thread makes.
 *
 * Layer: tsan. May include: posix, engine, base.
 */
#ifndef TSAN_TSAN_H
#define TSAN_TSAN_H

#include "baton/tsan.h"
#include "engine/sim.h"

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

/* "counter", if @address is in a variable of the program; else nothing. Context: anywhere. */
void tsan_name_object(const void *address, struct text *text);

/* ---- clock.c: what is ordered before what. Context: on a CPU, in the main phase ------------- */

/* This CPU has made a step at an atomic object: its order is @order (C11's), and not the strongest
 * that its kind could have. Context: behind its baton_access(). */
void tsan_clock_atomic(int order);
/* This CPU has made a step that orders nothing: a plain access. */
void tsan_clock_plain(void);
/* A fence of C11 on this CPU. */
void tsan_clock_fence(int order);
/* The time now, on the CPU of @moment; see clock.c. */
uint32_t tsan_clock_now(const struct sim_moment *moment);
/* Is what CPU @cpu did at @time ordered before what this CPU does now? */
bool tsan_clock_before(unsigned int cpu, uint32_t time);

#endif
