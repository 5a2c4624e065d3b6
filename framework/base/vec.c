/* SPDX-License-Identifier: MIT */
#include "base/vec.h"

#include <string.h>

#include "base/give_up.h"

void out_of_memory(void)
{
	give_up("out of memory");
}

void *xrealloc(void *memory, size_t size)
{
	void *moved = realloc(memory, size);

	if (!moved)
		out_of_memory();
	return moved;
}

void *xcalloc(size_t count, size_t size)
{
	void *memory = calloc(count, size);

	if (!memory)
		out_of_memory();
	return memory;
}

char *xstrdup(const char *string)
{
	size_t size = strlen(string) + 1;

	return memcpy(xrealloc(NULL, size), string, size);
}

void *vec_grow(void *items, size_t count, size_t *capacity, size_t size)
{
	if (count < *capacity)
		return items;
	*capacity = *capacity ? 2 * *capacity : 8;
	return xrealloc(items, *capacity * size);
}
