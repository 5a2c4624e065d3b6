/* SPDX-License-Identifier: MIT */
/*
 * json_set.h - members of JSON objects, from strings that may be no UTF-8.
 *
 * Layer: reports. May include: base.
 */
#ifndef REPORTS_JSON_SET_H
#define REPORTS_JSON_SET_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* What reports print as schema_version: raised where a reader could break. */
#define JSON_SCHEMA_VERSION 1

/* @string: NULL makes the member null. */
void json_set_string(json_t *object, const char *key, const char *string);
/* @number: at most INT64_MAX */
void json_set_number(json_t *object, const char *key, uint64_t number);
void json_set_bool(json_t *object, const char *key, bool value);
/* @value: belongs to @object from now on */
void json_set_new(json_t *object, const char *key, json_t *value);
void json_append_string(json_t *array, const char *string);

#endif
