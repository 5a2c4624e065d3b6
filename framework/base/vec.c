/* SPDX-License-Identifier: MIT */
#include "base/vec.h"

#include <stdio.h>
#include <string.h>

static void (*listens)(void);

void out_of_memory_listen(void (*listener)(void))
{
	listens = listener;
}

void out_of_memory(void)
{
	if (listens)
		listens();
	else
		fputs("baton: out of memory\n", stderr);
	_Exit(2);
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
