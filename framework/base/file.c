/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"

/* ---- Reading ------------------------------------------------------------------------------ */

int file_read_from(int from, size_t bytes_max, struct text *bytes)
{
	char block[65536];
	size_t total = 0;
	ssize_t length;

	while ((length = read(from, block, sizeof(block))) != 0) {
		if (length < 0 && errno == EINTR)
			continue;
		if (length < 0)
			return errno;
		total += (size_t)length;
		if (total > bytes_max)
			return EFBIG;
		text_add_bytes(bytes, block, (size_t)length);
	}
	return 0;
}

int file_read(const char *path, size_t bytes_max, struct text *bytes)
{
	int from = open(path, O_RDONLY | O_CLOEXEC), error;

	if (from < 0)
		return errno;
	error = file_read_from(from, bytes_max, bytes);
	close(from);
	return error;
}

/* ---- Replacing ---------------------------------------------------------------------------- */

static int write_all(int to, const struct text *text)
{
	size_t at = 0;

	while (at < text->length) {
		ssize_t written = write(to, text->bytes + at, text->length - at);

		if (written < 0 && errno != EINTR)
			return errno;
		at += written > 0 ? (size_t)written : 0;
	}
	return fsync(to) ? errno : 0;
}

/* So that the new name outlives a loss of power, too. Best effort: not all systems can. */
static void sync_folder(const char *path)
{
	char *folder = xstrdup(path), *slash = strrchr(folder, '/');
	int opened;

	if (slash)
		slash[slash == folder] = '\0';
	opened = open(slash ? folder : ".", O_RDONLY | O_CLOEXEC);
	if (opened >= 0) {
		(void)fsync(opened);
		close(opened);
	}
	free(folder);
}

static bool is_same(int opened, const char *path)
{
	struct stat here, there;

	return !fstat(opened, &here) && !stat(path, &there) && here.st_dev == there.st_dev &&
	       here.st_ino == there.st_ino;
}

/*
 * Open @path for nobody else. Whoever had it before may have given it its name meanwhile:
 * then it is the file itself, and a new one is needed.
 *
 * Return: it, empty; -1 with errno.
 */
static int open_alone(const char *path)
{
	for (;;) {
		int opened = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);

		if (opened < 0)
			return -1;
		/* Where files cannot be locked, there is nobody to wait for. */
		while (flock(opened, LOCK_EX) && errno == EINTR)
			;
		if (is_same(opened, path)) {
			if (!ftruncate(opened, 0))
				return opened;
			close(opened);
			return -1;
		}
		close(opened);
	}
}

/* Return: 0, or the errno of what failed. @old: what is to be replaced; NULL: nothing is. */
static int replace(const char *path, const char *new_path, const struct stat *old,
		   const struct text *text)
{
	int to = open_alone(new_path), error;

	if (to < 0)
		return errno;
	error = write_all(to, text);
	if (!error && old && fchmod(to, old->st_mode & 07777))
		error = errno;
	if (!error && rename(new_path, path))
		error = errno;
	if (error)
		(void)unlink(new_path);
	/* It was on the disk, whatever this says. */
	(void)close(to);
	if (!error)
		sync_folder(path);
	return error;
}

/* A device is written to where it is, and would not be one any more. */
static int replace_regular(const char *path, const struct text *text)
{
	struct text new_path = TEXT_INIT;
	struct stat old;
	bool exists = !stat(path, &old);
	int error;

	if (!exists && errno != ENOENT)
		return errno;
	if (exists && S_ISDIR(old.st_mode))
		return EISDIR;
	if (exists && !S_ISREG(old.st_mode))
		return EINVAL;
	text_addf(&new_path, "%s.new", path);
	error = replace(path, new_path.bytes, exists ? &old : NULL, text);
	text_release(&new_path);
	return error;
}

int file_replace(const char *path, const struct text *text, struct err *err)
{
	/* Without a link, or without a file, the path is as good. */
	char *followed = realpath(path, NULL);
	int error = replace_regular(followed ? followed : path, text);

	free(followed);
	if (error == EINVAL)
		return err_add(err, "cannot write '%s': it is no regular file", path);
	return error ? err_add(err, "cannot write '%s': %s", path, strerror(error)) : 0;
}

int file_make_folders(const char *path, struct err *err)
{
	char *copy = xstrdup(path);
	int status = 0;

	for (char *slash = strchr(copy + 1, '/'); slash && !status;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(copy, 0777) && errno != EEXIST)
			status = err_add(err, "cannot make '%s': %s", copy, strerror(errno));
		*slash = '/';
	}
	free(copy);
	return status;
}
