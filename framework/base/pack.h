/* SPDX-License-Identifier: MIT */
/*
 * pack.h - data for another process of the same program, which is a fork() of this one or the
 * other way round: as it is in memory, and strings behind their length.
 *
 * Layer: base. May include: nothing.
 */
#ifndef BASE_PACK_H
#define BASE_PACK_H

#include <stdbool.h>

#include "base/text.h"

/* What is left to be read. */
struct unpack {
	const char *at, *end;
};

void pack_bytes(struct text *to, const void *bytes, size_t size);
/* @string: may be NULL, which is not "" */
void pack_string(struct text *to, const char *string);
void pack_text(struct text *to, const struct text *text);

/* From the beginning of @packed, which stays while it is read. */
void unpack_init(struct unpack *from, const struct text *packed);

/* Each: Return: false if not so much is left; what was asked for is then left alone. */
bool unpack_bytes(struct unpack *from, void *bytes, size_t size);
/* @string: gets a malloc'ed copy, or NULL */
bool unpack_string(struct unpack *from, char **string);
/* Append it to @text. */
bool unpack_text(struct unpack *from, struct text *text);

#endif
