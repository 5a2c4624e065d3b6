/* SPDX-License-Identifier: MIT */
#include "scenario/names.h"

#include <ctype.h>
#include <string.h>

/* Up to so many are all listed where none is near. */
#define LISTED_MAX 8

void names_add(struct names *names, const char *name)
{
	vec_push(&names->list, name);
}

void names_release(struct names *names)
{
	vec_release(&names->list);
}

static const char *row_name(const void *rows, size_t row_size, size_t index)
{
	const char *row = rows;
	const char *name;

	memcpy(&name, row + index * row_size, sizeof(name));
	return name;
}

const void *table_find(const void *rows, size_t row_size, const char *name)
{
	const char *candidate;

	for (size_t i = 0; rows && (candidate = row_name(rows, row_size, i)); i++)
		if (!strcmp(candidate, name))
			return (const char *)rows + i * row_size;
	return NULL;
}

void names_add_table(struct names *names, const void *rows, size_t row_size)
{
	const char *name;

	for (size_t i = 0; rows && (name = row_name(rows, row_size, i)); i++)
		names_add(names, name);
}

/* "pte_read" where only "gup_fast/pte_read" ends like that. */
static const char *by_last_part(const struct names *names, const char *word)
{
	const char *only = NULL;

	for (size_t i = 0; i < names->list.count; i++) {
		const char *slash = strrchr(names->list.items[i], '/');

		if (!slash || strcmp(slash + 1, word) != 0)
			continue;
		if (only)
			return NULL;
		only = names->list.items[i];
	}
	return only;
}

static void add_list(struct text *text, const struct names *names)
{
	for (size_t i = 0; i < names->list.count; i++)
		text_addf(text, "%s%s", i ? i + 1 == names->list.count ? " and " : ", " : "",
			  names->list.items[i]);
}

void names_unknown(struct diagnostics *diagnostics, const char *what, struct name name,
		   struct names *names)
{
	const char *nearest = NULL;
	struct text text = TEXT_INIT;

	/* Every letter is near every other letter. */
	if (name.text[0] && name.text[1])
		nearest = err_nearest(name.text, names->list.items, names->list.count);
	if (!nearest)
		nearest = by_last_part(names, name.text);
	text_addf(&text, "unknown %s '%s'", what, name.text);
	if (nearest) {
		text_addf(&text, "; did you mean '%s'?", nearest);
	} else if (names->list.count == 0) {
		text_add(&text, "; there is none");
	} else if (names->list.count <= LISTED_MAX) {
		text_add(&text, names->list.count == 1 ? "; there is only " : "; there are ");
		add_list(&text, names);
	}
	diagnostics_error(diagnostics, name.at, "%s", text.bytes);
	text_release(&text);
	names_release(names);
}

const char *type_name(enum model_type type)
{
	static const char *const names[] = {
		[MODEL_VOID] = "nothing", [MODEL_INT] = "a number",
		[MODEL_FLAG] = "a flag",  [MODEL_ADDRESS] = "an address",
		[MODEL_PAGE] = "a page",  [MODEL_PROCESS] = "a process",
		[MODEL_FILE] = "a file",
	};

	return names[type];
}

bool name_is_identifier(const char *name)
{
	if (!isalpha((unsigned char)name[0]) && name[0] != '_')
		return false;
	for (size_t i = 1; name[i]; i++)
		if (!isalnum((unsigned char)name[i]) && name[i] != '_')
			return false;
	return true;
}
