/* SPDX-License-Identifier: MIT */
#include "reports/json_tree.h"

#include <stdlib.h>

#include "reports/utf8.h"

json_t *json_tree_string(const char *bytes)
{
	struct text text = TEXT_INIT;
	json_t *value;

	if (!bytes)
		return json_null();
	utf8_repair(bytes, &text);
	value = json_string(text.bytes);
	text_release(&text);
	return value;
}

json_t *json_tree_number(uint64_t number)
{
	return json_integer((json_int_t)number);
}

void json_tree_put(json_t *document, struct text *out)
{
	char *dump = json_dumps(document, JSON_INDENT(2));

	BUG_ON(!dump);
	text_addf(out, "%s\n", dump);
	free(dump);
	json_decref(document);
}
