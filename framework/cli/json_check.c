/* SPDX-License-Identifier: MIT */
/*
 * json_check.c - is the standard input one JSON object, of a version that is known?
 *
 * For tests of "baton ... --json". Prints the names of the object's members.
 */
#include <jansson.h>
#include <stdio.h>

int main(void)
{
	json_error_t error;
	json_t *document = json_loadf(stdin, JSON_REJECT_DUPLICATES, &error);
	json_t *value;
	const char *key;

	if (!json_is_object(document)) {
		fprintf(stderr, "line %d: %s\n", error.line, error.text);
		return 1;
	}
	json_object_foreach(document, key, value) puts(key);
	if (json_integer_value(json_object_get(document, "schema_version")) != 1)
		return 1;
	json_decref(document);
	return 0;
}
