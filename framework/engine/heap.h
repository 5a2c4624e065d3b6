/* SPDX-License-Identifier: MIT */
/*
 * heap.h - the memory that baton/alloc.h hands out on CPUs.
 *
 * Each CPU allocates from addresses of its own, so where an object lies depends on what that
 * CPU did, and not on the order of the CPUs: steps that are independent stay so.
 *
 * An access inside an object is two steps: the object is READ, and then the access made. A free
 * WRITEs the object, so it is tried before the first of them and behind it. That it is not tried
 * between the two as well takes nothing away: whoever frees between them can do so before.
 *
 * Layer: engine, private to it.
 */
#ifndef ENGINE_HEAP_H
#define ENGINE_HEAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* Addresses of the heap; its size is 0 before the first allocation. */
struct heap_range {
	uintptr_t base, size;
};

extern struct heap_range heap_range;

/* Is it in the heap? Asked at each access: it must cost next to nothing. */
static inline bool heap_has(const void *address)
{
	return __builtin_expect((uintptr_t)address - heap_range.base < heap_range.size, 0);
}

/* All is given back. Called at the beginning of each execution, and at its end. */
void heap_reset(void);

/* Has this execution allocated something? */
bool heap_is_used(void);

/* An access inside the object at @address is about to be announced. Context: on a CPU. */
void heap_touch(const void *address);

/* Append "t1's object 2", the second that this CPU has allocated. Return: is @address in one? */
bool heap_name(const void *address, struct text *text);

/**
 * heap_describe() - what is wrong about an access to @address.
 * @address: in the heap, and not to be touched
 *
 * Return: the finding's name.
 */
const char *heap_describe(const void *address, struct text *text);

/* Is an object not freed? Then the first one that was allocated is told of. */
bool heap_leaks(struct text *text);

/* Of a recorded execution: who has allocated and freed the object of its finding. */
void heap_record(struct text *details);

#endif
