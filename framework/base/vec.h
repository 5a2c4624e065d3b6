/* SPDX-License-Identifier: MIT */
/*
 * vec.h - growable arrays, and allocation that does not fail.
 *
 * VEC(type) declares the struct; all zero is an empty array. Out of memory ends
 * the process with a message and exit code 2: baton's own allocations are small.
 *
 * Layer: base. May include: nothing.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>
#include <stdlib.h>

/* Say so and end the process with exit code 2. */
void out_of_memory(void) __attribute__((noreturn));

void *xrealloc(void *memory, size_t size);
void *xcalloc(size_t count, size_t size);
char *xstrdup(const char *string);

/* Room for one more element behind @count; @size is the element's size in bytes. */
void *vec_grow(void *items, size_t count, size_t *capacity, size_t size);

#define VEC(type)                \
	struct {                 \
		type *items;     \
		size_t count;    \
		size_t capacity; \
	}

#define vec_push(vec, item)                                                                   \
	do {                                                                                  \
		if ((vec)->count == (vec)->capacity)                                          \
			(vec)->items = vec_grow((vec)->items, (vec)->count, &(vec)->capacity, \
						sizeof(*(vec)->items));                       \
		(vec)->items[(vec)->count++] = (item);                                        \
	} while (0)

#define vec_pop(vec) ((vec)->items[--(vec)->count])

#define vec_release(vec)             \
	do {                         \
		free((vec)->items);  \
		(vec)->items = NULL; \
		(vec)->count = 0;    \
		(vec)->capacity = 0; \
	} while (0)

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#endif
