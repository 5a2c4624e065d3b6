/* SPDX-License-Identifier: MIT */
/*
 * json_tree.h - JSON documents that are built as a tree first: the short ones.
 *
 * What is put into something belongs to that. That there is no memory, or that @value is NULL, is
 * a BUG. Long documents are written step by step: json_out.h.
 *
 * Layer: reports. May include: base.
 */
#ifndef REPORTS_JSON_TREE_H
#define REPORTS_JSON_TREE_H

#include <jansson.h>
#include <stdint.h>

#include "base/bug.h"
#include "base/text.h"

static inline void json_tree_set(json_t *object, const char *key, json_t *value)
{
	BUG_ON(json_object_set_new(object, key, value));
}

static inline void json_tree_append(json_t *array, json_t *value)
{
	BUG_ON(json_array_append_new(array, value));
}

/* @bytes: whatever a file had; what is not UTF-8 is repaired; NULL: null */
json_t *json_tree_string(const char *bytes);

json_t *json_tree_number(uint64_t number);

/* Append the document and a line end, and release it. */
void json_tree_put(json_t *document, struct text *out);

#endif
