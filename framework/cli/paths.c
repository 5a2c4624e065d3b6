/* SPDX-License-Identifier: MIT */
#include "cli/paths.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

void paths_release(struct paths *paths)
{
	for (size_t i = 0; i < paths->list.count; i++)
		free(paths->list.items[i]);
	vec_release(&paths->list);
}

static bool is_scenario(const char *name)
{
	size_t length = strlen(name);

	return length > 4 && !strcmp(name + length - 4, ".scn");
}

static char *join(const char *directory, const char *name)
{
	struct text path = TEXT_INIT;
	size_t length = strlen(directory);

	text_addf(&path, "%s%s%s", directory, length && directory[length - 1] == '/' ? "" : "/",
		  name);
	return text_detach(&path);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int read_names(const char *directory, struct paths *entries, struct err *err)
{
	DIR *stream = opendir(directory);
	const struct dirent *entry;
	int status = 0;

	if (!stream)
		return err_add(err, "cannot read '%s': %s", directory, strerror(errno));
	errno = 0;
	while ((entry = readdir(stream))) {
		if (entry->d_name[0] != '.')
			vec_push(&entries->list, join(directory, entry->d_name));
		errno = 0;
	}
	if (errno)
		status = err_add(err, "cannot read '%s': %s", directory, strerror(errno));
	closedir(stream);
	return status;
}

static int expand_directory(struct paths *paths, const char *directory, struct err *err);

/* What is in a directory is asked for by nobody: only scenarios count. */
static int expand_entry(struct paths *paths, const char *path, struct err *err)
{
	struct stat entry;

	if (lstat(path, &entry))
		return err_add(err, "cannot read '%s': %s", path, strerror(errno));
	if (S_ISDIR(entry.st_mode))
		return expand_directory(paths, path, err);
	/* A pipe of such a name would be waited for. */
	if (is_scenario(path) && (S_ISREG(entry.st_mode) || S_ISLNK(entry.st_mode)))
		vec_push(&paths->list, xstrdup(path));
	return 0;
}

/* The whole tree is in the order of the paths: the caller sorts. */
static int expand_directory(struct paths *paths, const char *directory, struct err *err)
{
	struct paths entries = { 0 };
	int status = read_names(directory, &entries, err);

	for (size_t i = 0; i < entries.list.count; i++)
		if (expand_entry(paths, entries.list.items[i], err))
			status = -1;
	paths_release(&entries);
	return status;
}

static enum code expand(struct paths *paths, const char *path, struct err *err)
{
	size_t before = paths->list.count;
	bool is_stdin = !strcmp(path, "-");
	struct stat entry = { .st_mode = S_IFREG };

	if (!is_stdin && stat(path, &entry)) {
		err_add(err, "cannot read '%s': %s", path, strerror(errno));
		return CODE_ERROR;
	}
	if (!S_ISDIR(entry.st_mode)) {
		vec_push(&paths->list, xstrdup(path));
		return CODE_OK;
	}
	if (expand_directory(paths, path, err))
		return CODE_ERROR;
	if (paths->list.count == before) {
		err_add(err, "no scenario (*.scn) below '%s'", path);
		return CODE_NONE;
	}
	qsort(paths->list.items + before, paths->list.count - before, sizeof(*paths->list.items),
	      compare);
	return CODE_OK;
}

enum code paths_expand(struct paths *paths, const struct option_paths *arguments, struct err *err)
{
	enum code code = CODE_OK;

	for (size_t i = 0; i < arguments->list.count; i++)
		code = code_worse(code, expand(paths, arguments->list.items[i], err));
	return code;
}
