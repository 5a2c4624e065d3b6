/* SPDX-License-Identifier: MIT */
/*
 * tsan.h - code compiled with -fsanitize=thread, explored without a change of its source.
 *
 * gcc and clang put a call in front of each atomic operation and each plain access. Linked with
 * baton_tsan in place of the sanitizer's library (so -fsanitize=thread is for compiling only),
 * an atomic operation is a step, by function and place, and plain accesses are looked at: two
 * of them to the same bytes, at least one a write, that nothing orders are the finding
 * `data_race`, with both stacks. What orders are the steps of POSIX's and baton's primitives, and
 * of atomic operations those whose memory order says so: a relaxed one orders nothing.
 *
 * Threads and locks are those of <baton/pthread.h>: put the folder baton/dropin/threads in front
 * of the other include paths. Accesses by functions of the C library (with clang also memcpy()
 * and the like) are not seen, nor is free(): compile with `-include baton/malloc.h`, too, if
 * memory is given from one thread to another by way of it.
 *
 * Interleavings are sequentially consistent, whatever order an atomic operation asks for. Not
 * supported are atomic objects of 16 bytes.
 *
 * Layer: public. May include: baton/sim.h.
 */
#ifndef BATON_TSAN_H
#define BATON_TSAN_H

#include <stddef.h>
#include <stdint.h>

#include "baton/sim.h"

BATON_BEGIN

/**
 * baton_tsan_plain_points() - are plain accesses steps, too? At first they are not.
 *
 * Without it, code that has no data race has the same behaviour in fewer interleavings. With it,
 * also what comes of a data race is explored.
 *
 * Context: not on a CPU.
 */
void baton_tsan_plain_points(bool on);

/**
 * baton_tsan_races() - are data races findings? At first they are.
 *
 * Context: not on a CPU.
 */
void baton_tsan_races(bool on);

/*
 * ---- What the calls of the compiler end in: baton_tsan has nothing but these calls ----
 *
 * @pc: return address of the compiler's call. Context: anywhere; outside a CPU they do nothing.
 */

/* The running CPU is about to access @size bytes at @address by no atomic operation. Switches only
 * after baton_tsan_plain_points(true). Finding: data_race. */
void baton_tsan_access(const void *address, size_t size, bool write, const void *pc);
/* It is about to make an atomic operation: one access, which switches. @order: a memory_order of
 * C11; @what: "atomic_load", static storage. Return: not 0 if this is a CPU, and then nobody comes
 * between; BATON_TSAN_RECORDED if baton_tsan_value() is wanted. */
int baton_tsan_atomic(const volatile void *object, enum baton_access_kind kind, int order,
		      const char *what, const void *pc);
#define BATON_TSAN_RECORDED 2
/* What it saw or did at @object: @what ("was") and @value, an integer of @bits bits, or an address.
 * Does not switch. */
void baton_tsan_value(const volatile void *object, const char *what, uint64_t value,
		      unsigned int bits);
/* A fence of C11: orders what atomic operations do not. @order: a memory_order. Does not switch. */
void baton_tsan_fence(int order);

BATON_END

#endif
