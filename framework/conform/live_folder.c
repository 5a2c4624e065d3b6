/* SPDX-License-Identifier: MIT */
/*
 * live_folder.c - a folder, and the files that scripts use.
 *
 * Files lose their names as soon as they are open: the kernel frees them with the last process
 * that has them open, however that ends.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "conform/live_made.h"

void live_made_init(struct live_made *made)
{
	*made = (struct live_made){ .zram = -1 };
}

static int fail(struct text *reason, const char *what, const char *name)
{
	text_addf(reason, "cannot %s '%s': %s", what, name, strerror(errno));
	return -1;
}

/* A name that nobody else has: 64 bits of it are random. */
static int make_folder(struct live_made *made, const char *parent, struct text *reason)
{
	uint64_t random;
	int length;

	if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return fail(reason, "make a folder in", parent);
	length = snprintf(made->folder, sizeof(made->folder), "%s/baton-%016llx", parent,
			  (unsigned long long)random);
	if (length >= 0 && (size_t)length < sizeof(made->folder)) {
		if (mkdir(made->folder, 0700) == 0)
			return 0;
	} else {
		errno = ENAMETOOLONG;
	}
	made->folder[0] = 0;
	return fail(reason, "make a folder in", parent);
}

/* Opened with the flags, and without its name. Return: the descriptor, or -1. */
static int make_file(const char *path, size_t pages, int first, int flags)
{
	char page[LIVE_PAGE_SIZE];
	int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600), opened = -1;
	int error = 0;

	if (file < 0)
		return -1;
	for (size_t i = 0; i < pages && !error; i++) {
		memset(page, first + (int)i, sizeof(page));
		if (pwrite(file, page, sizeof(page), (off_t)(i * sizeof(page))) < 0)
			error = errno;
	}
	if (!error && fsync(file))
		error = errno;
	if (!error) {
		opened = open(path, O_RDWR | O_CLOEXEC | flags);
		error = errno;
	}
	close(file);
	unlink(path);
	errno = error;
	return opened;
}

int live_folder_make(struct live_made *made, const char *parent, struct live_files *files,
		     struct text *reason)
{
	char path[LIVE_PATH_SIZE + 8];

	if (make_folder(made, parent, reason))
		return -1;
	(void)snprintf(path, sizeof(path), "%s/data", made->folder);
	files->data = make_file(path, CONFORM_PAGES, CONFORM_FILE_VALUE(0), 0);
	if (files->data < 0)
		return fail(reason, "make", path);
	(void)snprintf(path, sizeof(path), "%s/disk", made->folder);
	files->disk = make_file(path, CONFORM_BLOCKS, CONFORM_BLOCK_VALUE(0), O_DIRECT);
	files->device = memfd_create("baton-device", MFD_CLOEXEC);
	if (files->device < 0 || ftruncate(files->device, (off_t)LIVE_PAGE_SIZE))
		return fail(reason, "make", "memfd");
	return 0;
}

static int reset(int file, char *page, size_t pages, int first)
{
	for (size_t i = 0; i < pages; i++) {
		memset(page, first + (int)i, LIVE_PAGE_SIZE);
		if (pwrite(file, page, LIVE_PAGE_SIZE, (off_t)(i * LIVE_PAGE_SIZE)) < 0)
			return -errno;
	}
	return 0;
}

int live_files_reset(const struct live_files *files, struct live_shared *shared)
{
	static _Alignas(LIVE_PAGE_SIZE) char page[LIVE_PAGE_SIZE];
	int error = reset(files->data, page, CONFORM_PAGES, CONFORM_FILE_VALUE(0));

	if (!error && shared->disk_written)
		error = reset(files->disk, page, CONFORM_BLOCKS, CONFORM_BLOCK_VALUE(0));
	shared->disk_written = false;
	return error;
}

/* The files have names only for as long as it takes to make them. */
static void remove_files(const struct live_made *made)
{
	static const char *const names[] = { "data", "disk", "swap" };
	char path[LIVE_PATH_SIZE + 8];

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", made->folder, names[i]);
		(void)unlink(path);
	}
}

int live_undo(struct live_made *made, struct text *trouble)
{
	/* The swap file is in the folder. */
	if (live_swap_undo(made, trouble))
		return -1;
	if (!made->folder[0])
		return 0;
	remove_files(made);
	if (rmdir(made->folder) && errno != ENOENT)
		return fail(trouble, "remove", made->folder);
	made->folder[0] = 0;
	return 0;
}
