/* SPDX-License-Identifier: MIT */
#include "reports/json_set.h"

#include "base/bug.h"
#include "reports/utf8.h"

void json_set_string(json_t *object, const char *key, const char *string)
{
	struct text text = TEXT_INIT;

	if (string)
		utf8_repair(string, &text);
	BUG_ON(json_object_set_new(object, key, string ? json_string(text.bytes) : json_null()));
	text_release(&text);
}

void json_set_number(json_t *object, const char *key, uint64_t number)
{
	BUG_ON(number > INT64_MAX);
	BUG_ON(json_object_set_new(object, key, json_integer((json_int_t)number)));
}

void json_set_bool(json_t *object, const char *key, bool value)
{
	BUG_ON(json_object_set_new(object, key, json_boolean(value)));
}

void json_set_new(json_t *object, const char *key, json_t *value)
{
	BUG_ON(json_object_set_new(object, key, value));
}

void json_append_string(json_t *array, const char *string)
{
	struct text text = TEXT_INIT;

	utf8_repair(string, &text);
	BUG_ON(json_array_append_new(array, json_string(text.bytes)));
	text_release(&text);
}
