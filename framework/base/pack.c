/* SPDX-License-Identifier: MIT */
#include "base/pack.h"

#include <stdint.h>
#include <string.h>

#include "base/vec.h"

/* In place of a length: NULL. */
#define NONE UINT64_MAX

void pack_bytes(struct text *to, const void *bytes, size_t size)
{
	if (size)
		text_add_bytes(to, bytes, size);
}

static void pack_length(struct text *to, uint64_t length)
{
	pack_bytes(to, &length, sizeof(length));
}

void pack_string(struct text *to, const char *string)
{
	pack_length(to, string ? strlen(string) : NONE);
	if (string)
		text_add(to, string);
}

void pack_text(struct text *to, const struct text *text)
{
	pack_length(to, text->length);
	pack_bytes(to, text->bytes, text->length);
}

void unpack_init(struct unpack *from, const struct text *packed)
{
	from->at = packed->bytes;
	from->end = packed->bytes + packed->length;
}

static bool has(const struct unpack *from, uint64_t size)
{
	return size <= (uint64_t)(from->end - from->at);
}

bool unpack_bytes(struct unpack *from, void *bytes, size_t size)
{
	if (!has(from, size))
		return false;
	if (size)
		memcpy(bytes, from->at, size);
	from->at += size;
	return true;
}

bool unpack_string(struct unpack *from, char **string)
{
	uint64_t length;

	if (!unpack_bytes(from, &length, sizeof(length)) || (length != NONE && !has(from, length)))
		return false;
	*string = NULL;
	if (length == NONE)
		return true;
	*string = xcalloc(length + 1, 1);
	return unpack_bytes(from, *string, length);
}

bool unpack_text(struct unpack *from, struct text *text)
{
	uint64_t length;

	if (!unpack_bytes(from, &length, sizeof(length)) || !has(from, length))
		return false;
	text_add_bytes(text, from->at, length);
	from->at += length;
	return true;
}
