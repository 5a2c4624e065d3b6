/* SPDX-License-Identifier: MIT */
#include "scenario/pool.h"

#include <stdalign.h>
#include <string.h>

/* Bytes; a usual scenario fits into one. */
#define CHUNK_SIZE 16384

void pool_release(struct pool *pool)
{
	for (size_t i = 0; i < pool->chunks.count; i++)
		free(pool->chunks.items[i]);
	vec_release(&pool->chunks);
	pool->used = 0;
	pool->size = 0;
}

void *pool_alloc(struct pool *pool, size_t size)
{
	void *memory;

	size = (size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
	if (pool->size - pool->used < size) {
		pool->size = size > CHUNK_SIZE ? size : CHUNK_SIZE;
		pool->used = 0;
		vec_push(&pool->chunks, xcalloc(1, pool->size));
	}
	memory = pool->chunks.items[pool->chunks.count - 1] + pool->used;
	pool->used += size;
	return memory;
}

char *pool_copy(struct pool *pool, const char *bytes, size_t length)
{
	char *copy = pool_alloc(pool, length + 1);

	memcpy(copy, bytes, length);
	return copy;
}

void *pool_grow(struct pool *pool, void *items, size_t count, size_t *capacity, size_t size)
{
	void *moved;

	*capacity = *capacity ? 2 * *capacity : 4;
	moved = pool_alloc(pool, *capacity * size);
	if (count)
		memcpy(moved, items, count * size);
	return moved;
}
