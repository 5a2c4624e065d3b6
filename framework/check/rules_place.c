/* SPDX-License-Identifier: MIT */
#include "check/rules.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Does one word of a CMakeLists.txt name the file? A variable in it may stand for anything. */
static bool word_names(const char *word, size_t length, const char *name)
{
	struct text pattern = TEXT_INIT;
	bool match;

	for (size_t i = 0; i < length; i++) {
		text_add_char(&pattern, word[i] == '$' ? '*' : word[i]);
		if (word[i] == '$')
			i += strcspn(word + i, "}");
	}
	match = pattern.length > 1 && !fnmatch(pattern.bytes, name, 0);
	text_release(&pattern);
	return match;
}

/* Is the file @name, relative to the folder of this CMakeLists.txt, named in it? */
static bool is_named(const char *list, const char *name)
{
	while (*list) {
		size_t length = strcspn(list, " \t\n()#");

		if (length && word_names(list, length, name))
			return true;
		list += length;
		if (*list == '#')
			list += strcspn(list, "\n");
		else
			list += *list != 0;
	}
	return false;
}

/* The nearest CMakeLists.txt, in the folder of the file or above it, must name the file. */
static void check_built(const struct file *file)
{
	size_t folder = strlen(file->path), length;
	struct text path = TEXT_INIT;
	char *list = NULL;

	while (!list && folder > 0) {
		while (folder > 0 && file->path[folder - 1] != '/')
			folder--;
		text_clear(&path);
		text_add_bytes(&path, file->path, folder);
		text_add(&path, "CMakeLists.txt");
		list = tree_read(path.bytes, &length);
		if (!list && folder > 0)
			folder--;
	}
	if (!list || !is_named(list, file->path + folder))
		found(file, 0, "not named in %s", list ? path.bytes : "any CMakeLists.txt");
	free(list);
	text_release(&path);
}

/* Does a comment end right above the line of @at? */
static bool has_comment(const struct file *file, size_t at)
{
	while (at > 0 && file->bytes[at - 1] != '\n')
		at--;
	return at >= 3 && !strncmp(file->bytes + at - 3, "*/\n", 3);
}

static bool is_prototype(const struct file *file, size_t from, size_t to)
{
	return file->code[from] != '#' && memchr(file->code + from, '(', to - from) &&
	       !begins(file->code + from, "typedef") && !begins(file->code + from, "extern");
}

/* Offset behind the preprocessor line at @at, with its continuations. */
static size_t directive_end(const struct file *file, size_t at)
{
	while (at < file->length && (file->code[at] != '\n' || file->code[at - 1] == '\\'))
		at++;
	return at;
}

/* Of the preprocessor, or a macro that stands for one: decl.h. */
static bool is_directive(const struct file *file, size_t at)
{
	return file->code[at] == '#' || is_word_at(file->code, at, "BATON_BEGIN") ||
	       is_word_at(file->code, at, "BATON_END");
}

/* In a public header, a comment stands above each prototype, or above a group of them. */
static void check_contracts(const struct file *file)
{
	size_t from = 0;
	bool group = false;
	int depth = 0;

	for (size_t at = 0; at < file->length; at++) {
		char c = file->code[at];

		if (depth == 0 && is_directive(file, at))
			from = at = directive_end(file, at);
		depth += (c == '{') - (c == '}');
		if (depth || (c != ';' && c != '}'))
			continue;
		group = group && begins(file->code + from, "\n") && is_word(file->code[from + 1]);
		from += strspn(file->code + from, " \t\n");
		group = group || has_comment(file, from);
		if (c == ';' && is_prototype(file, from, at) && !group)
			found(file, from, "no comment above a public function");
		from = at + 1;
	}
}

void rules_place(const struct file *file)
{
	if (!ends(file->path, ".h"))
		check_built(file);
	else if (begins(file->path, "framework/include/"))
		check_contracts(file);
}
