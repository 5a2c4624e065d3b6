/* SPDX-License-Identifier: MIT */
/*
 * json_out.h - JSON, written as it is told: a long execution is never in memory as a tree.
 *
 * Whoever writes opens and closes objects and arrays in the right order, and gives each
 * member of an object a name of its own. Equal calls give equal bytes.
 *
 * Layer: reports. May include: base.
 */
#ifndef REPORTS_JSON_OUT_H
#define REPORTS_JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* What reports print as schema_version: raised where a reader could break. */
#define JSON_SCHEMA_VERSION 1

struct json_out {
	struct text *text;
	unsigned int indent; /* blanks per level; 0: all on one line */
	unsigned int depth;
	bool filled; /* the innermost object or array has a member */
};

/**
 * json_out_begin() - open an object or an array.
 * @key: in the object that is open; NULL: in an array, or all there is
 * @bracket: '{' or '['
 */
void json_out_begin(struct json_out *out, const char *key, char bracket);

/* Close it: '}' or ']'. */
void json_out_end(struct json_out *out, char bracket);

/* @key: as above. @string: NULL is null; what is no UTF-8 becomes U+FFFD */
void json_out_string(struct json_out *out, const char *key, const char *string);
void json_out_number(struct json_out *out, const char *key, uint64_t number);
void json_out_integer(struct json_out *out, const char *key, long number);
void json_out_bool(struct json_out *out, const char *key, bool value);
void json_out_null(struct json_out *out, const char *key);

/* Members that each document, and the first line of a stream, begins with: who wrote it. */
void json_begin(struct json_out *out);

#endif
