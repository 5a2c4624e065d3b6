/* SPDX-License-Identifier: MIT */
#include "check/tree.h"

#include <ftw.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/vec.h"

static const char *walk_root;
static VEC(char *) walk_paths;

static const char *const left_out[] = { ".git", ".cache", "build", "compile_commands.json" };

static int visit(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	for (size_t i = 0; place->level == 1 && i < ARRAY_SIZE(left_out); i++)
		if (!strcmp(path + place->base, left_out[i]))
			return FTW_SKIP_SUBTREE;
	if (type == FTW_F)
		vec_push(&walk_paths, xstrdup(path + strlen(walk_root) + 1));
	return type == FTW_DNR || type == FTW_NS ? FTW_STOP : FTW_CONTINUE;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char *tree_read(const char *path, size_t *length)
{
	struct text name = TEXT_INIT, bytes = TEXT_INIT;
	int error;

	text_addf(&name, "%s/%s", walk_root, path);
	error = file_read(name.bytes, SIZE_MAX, &bytes);
	text_release(&name);
	if (error) {
		text_release(&bytes);
		return NULL;
	}
	*length = bytes.length;
	return text_detach(&bytes);
}

/* End of the comment or literal that begins at @at; a literal ends with its line at the latest. */
static size_t token_end(const char *bytes, size_t at, size_t length)
{
	char quote = bytes[at];

	if (quote == '/' && bytes[at + 1] == '/') {
		while (at < length && bytes[at] != '\n')
			at++;
		return at;
	}
	if (quote == '/') {
		for (at += 2; at < length; at++)
			if (bytes[at] == '*' && bytes[at + 1] == '/')
				return at + 2;
		return length;
	}
	for (at++; at < length && bytes[at] != '\n'; at++) {
		if (bytes[at] == '\\' && bytes[at + 1] != '\n' && at + 1 < length)
			at++;
		else if (bytes[at] == quote)
			return at + 1;
	}
	return at;
}

static void blank(char *bytes, size_t from, size_t to)
{
	for (; from < to; from++)
		if (bytes[from] != '\n')
			bytes[from] = ' ';
}

/* Divide what is read into code and literals; comments are in neither. */
static void divide(struct file *file)
{
	size_t at = 0, end;

	file->code = memcpy(xcalloc(1, file->length + 1), file->bytes, file->length);
	file->literals = memcpy(xcalloc(1, file->length + 1), file->bytes, file->length);
	while (at < file->length) {
		const char *c = file->bytes + at;

		if (*c == '"' || *c == '\'') {
			end = token_end(file->bytes, at, file->length);
			if (end > at + 2)
				blank(file->code, at + 1, end - 1);
		} else if (*c == '/' && (c[1] == '/' || c[1] == '*')) {
			end = token_end(file->bytes, at, file->length);
			blank(file->code, at, end);
			blank(file->literals, at, end);
		} else {
			end = at + 1;
			blank(file->literals, at, end);
		}
		at = end;
	}
}

static int look_at(const char *path, void (*look)(const struct file *file))
{
	struct file file = { .path = path };

	file.bytes = tree_read(path, &file.length);
	if (!file.bytes)
		return -1;
	divide(&file);
	look(&file);
	free(file.bytes);
	free(file.code);
	free(file.literals);
	return 0;
}

int tree_walk(const char *root, void (*look)(const struct file *file))
{
	int result = 0;

	walk_root = root;
	if (nftw(root, visit, 16, FTW_PHYS | FTW_ACTIONRETVAL))
		return -1;
	if (walk_paths.count)
		qsort(walk_paths.items, walk_paths.count, sizeof(*walk_paths.items), compare);
	for (size_t i = 0; i < walk_paths.count; i++) {
		if (!result)
			result = look_at(walk_paths.items[i], look);
		free(walk_paths.items[i]);
	}
	if (!result)
		result = (int)walk_paths.count;
	vec_release(&walk_paths);
	return result;
}
