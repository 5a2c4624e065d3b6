/* SPDX-License-Identifier: MIT */
/*
 * pool.h - memory that is given back all at once.
 *
 * The tree of a scenario is many small objects that live and die together; the
 * parser may drop half-built ones at any moment without losing track of them.
 *
 * Layer: scenario. May include: base.
 */
#ifndef SCENARIO_POOL_H
#define SCENARIO_POOL_H

#include <stddef.h>

#include "base/vec.h"

/* All zero is an empty pool. */
struct pool {
	VEC(char *) chunks;
	size_t used; /* bytes of the last chunk */
	size_t size; /* of the last chunk */
};

void pool_release(struct pool *pool);

/**
 * pool_alloc() - @size bytes, all zero, aligned for every type.
 */
void *pool_alloc(struct pool *pool, size_t size);

/**
 * pool_copy() - a terminated copy of @length bytes.
 */
char *pool_copy(struct pool *pool, const char *bytes, size_t length);

/* What vec_grow() is to vec_push(); the old array stays in the pool. */
void *pool_grow(struct pool *pool, void *items, size_t count, size_t *capacity, size_t size);

/* vec_push() for an array that lives in a pool. Never vec_release() such an array. */
#define pool_push(pool, vec, item)                                                         \
	do {                                                                               \
		if ((vec)->count == (vec)->capacity)                                       \
			(vec)->items = pool_grow(pool, (vec)->items, (vec)->count,         \
						 &(vec)->capacity, sizeof(*(vec)->items)); \
		(vec)->items[(vec)->count++] = (item);                                     \
	} while (0)

#endif
