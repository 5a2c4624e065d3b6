/* SPDX-License-Identifier: MIT */
/*
 * json_tree.h - JSON documents that are built as a tree first: the short ones.
 *
 * Both calls take over @value. That there is no memory, or that @value is NULL, is a BUG. Long
 * documents are written step by step: json_out.h.
 *
 * Layer: reports. May include: base.
 */
#ifndef REPORTS_JSON_TREE_H
#define REPORTS_JSON_TREE_H

#include <jansson.h>

#include "base/bug.h"

static inline void json_tree_set(json_t *object, const char *key, json_t *value)
{
	BUG_ON(json_object_set_new(object, key, value));
}

static inline void json_tree_append(json_t *array, json_t *value)
{
	BUG_ON(json_array_append_new(array, value));
}

#endif
