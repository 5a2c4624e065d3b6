/* SPDX-License-Identifier: MIT */
/*
 * live_swap.c - a swap area of one's own: a zram device that is added for it, a file in the
 * folder, or a loop device over that file.
 *
 * A RAM disk (brd) cannot be added to a running kernel: those that exist are somebody else's.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/vec.h"
#include "conform/live_made.h"

#define SWAP_PAGES 4096 /* 16 MiB; scripts use a few dozen pages */
/* Preferred over all areas that the machine has. */
#define SWAP_FLAGS (SWAP_FLAG_PREFER | SWAP_FLAG_PRIO_MASK)

#define ZRAM_CONTROL "/sys/class/zram-control"

const char *const live_swap_names[] = { "any", "zram", "file", "loop", "none", NULL };

/* Return: -1, with what could not be done and why added. */
static int fail(struct text *reason, const char *what, const char *name)
{
	text_addf(reason, "%scannot %s '%s': %s", reason->length ? "; " : "", what, name,
		  strerror(errno));
	return -1;
}

static int write_string(const char *path, const char *string)
{
	int file = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t written;
	int error;

	if (file < 0)
		return -1;
	written = write(file, string, strlen(string));
	error = errno;
	close(file);
	errno = error;
	return written < 0 ? -1 : 0;
}

/*
 * The header of a swap area, version 1: at byte 1024 the version, the last page and the number
 * of bad pages; at the end of the first page a word that says so.
 */
static void make_header(char *page)
{
	static const char magic[] = { 'S', 'W', 'A', 'P', 'S', 'P', 'A', 'C', 'E', '2' };
	const uint32_t info[] = { 1, SWAP_PAGES - 1, 0 };

	memset(page, 0, LIVE_PAGE_SIZE);
	memcpy(page + 1024, info, sizeof(info));
	memcpy(page + LIVE_PAGE_SIZE - sizeof(magic), magic, sizeof(magic));
}

static int write_header(int file)
{
	char page[LIVE_PAGE_SIZE];

	make_header(page);
	if (pwrite(file, page, sizeof(page), 0) != (ssize_t)sizeof(page))
		return -1;
	return fsync(file);
}

/* Not the C library's functions: the model has one of the same name, swapoff(), in this program. */
static int turn(long on_or_off, const char *path, int flags)
{
	return (int)syscall(on_or_off, path, flags);
}

/* The header on what is at the path, and swapon(). */
static int turn_on(struct live_made *made, const char *path, enum live_swap kind,
		   struct text *reason)
{
	int file = open(path, O_RDWR | O_CLOEXEC), failed;

	if (file < 0)
		return fail(reason, "open", path);
	failed = write_header(file);
	close(file);
	if (failed)
		return fail(reason, "write", path);
	made->kind = kind;
	(void)snprintf(made->swap, sizeof(made->swap), "%s", path);
	if (turn(SYS_swapon, path, SWAP_FLAGS) == 0)
		return 0;
	made->swap[0] = 0;
	return fail(reason, "swapon", path);
}

/* Reading hot_add adds a device and says its number. */
static int add_zram(struct live_made *made, struct text *reason)
{
	int control = open(ZRAM_CONTROL "/hot_add", O_RDONLY | O_CLOEXEC);
	char number[16] = { 0 };
	ssize_t length;

	if (control < 0)
		return fail(reason, "add a zram device with", ZRAM_CONTROL "/hot_add");
	length = read(control, number, sizeof(number) - 1);
	if (length > 0)
		made->zram = (int)strtol(number, NULL, 10);
	close(control);
	return length > 0 ? 0 : fail(reason, "add a zram device with", ZRAM_CONTROL "/hot_add");
}

static int make_zram(struct live_made *made, struct text *reason)
{
	char path[LIVE_PATH_SIZE], size[16];

	if (add_zram(made, reason))
		return -1;
	(void)snprintf(path, sizeof(path), "/sys/block/zram%d/disksize", made->zram);
	(void)snprintf(size, sizeof(size), "%lu", SWAP_PAGES * LIVE_PAGE_SIZE);
	if (write_string(path, size))
		return fail(reason, "write", path);
	(void)snprintf(path, sizeof(path), "/dev/zram%d", made->zram);
	return turn_on(made, path, LIVE_SWAP_ZRAM, reason);
}

static void file_path(const struct live_made *made, char *path, size_t size)
{
	(void)snprintf(path, size, "%s/swap", made->folder);
}

/* Without holes: swapon() refuses them. */
static int make_swap_file(struct live_made *made, struct text *reason)
{
	char path[LIVE_PATH_SIZE + 8], page[LIVE_PAGE_SIZE] = { 0 };
	bool failed = false;
	int file;

	file_path(made, path, sizeof(path));
	file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file < 0)
		return fail(reason, "make", path);
	for (size_t i = 0; i < SWAP_PAGES && !failed; i++)
		failed = write(file, page, sizeof(page)) != (ssize_t)sizeof(page);
	failed |= fsync(file) != 0;
	close(file);
	return failed ? fail(reason, "write", path) : 0;
}

static int make_file(struct live_made *made, struct text *reason)
{
	char path[LIVE_PATH_SIZE + 8];

	if (!made->folder[0]) {
		text_add(reason, reason->length ? "; no folder for a swap file" : "no folder");
		return -1;
	}
	file_path(made, path, sizeof(path));
	return make_swap_file(made, reason) || turn_on(made, path, LIVE_SWAP_FILE, reason) ? -1 : 0;
}

/* Somebody else may take the device between the question and the answer: then it is his. */
static int add_loop(struct live_made *made, int backing, struct text *reason)
{
	struct loop_config config = { .fd = (uint32_t)backing,
				      .info = { .lo_flags = LO_FLAGS_AUTOCLEAR } };
	int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC), number, device, failed;
	char path[LIVE_PATH_SIZE];

	if (control < 0)
		return fail(reason, "open", "/dev/loop-control");
	number = ioctl(control, LOOP_CTL_GET_FREE);
	close(control);
	if (number < 0)
		return fail(reason, "get a device from", "/dev/loop-control");
	(void)snprintf(path, sizeof(path), "/dev/loop%d", number);
	device = open(path, O_RDWR | O_CLOEXEC);
	if (device < 0)
		return fail(reason, "open", path);
	failed = ioctl(device, LOOP_CONFIGURE, &config);
	if (failed)
		(void)fail(reason, "set up", path);
	/* The kernel frees the device with the swap area, or with the last who has it open. */
	failed = failed || turn_on(made, path, LIVE_SWAP_LOOP, reason);
	close(device);
	return failed ? -1 : 0;
}

static int make_loop(struct live_made *made, struct text *reason)
{
	char path[LIVE_PATH_SIZE + 8];
	int file, failed;

	if (!made->folder[0] || make_swap_file(made, reason))
		return -1;
	file_path(made, path, sizeof(path));
	file = open(path, O_RDWR | O_CLOEXEC);
	if (file < 0)
		return fail(reason, "open", path);
	failed = add_loop(made, file, reason);
	close(file);
	return failed;
}

int live_swap_make(struct live_made *made, enum live_swap kind, struct text *reason)
{
	static int (*const make[])(struct live_made *, struct text *) = {
		[LIVE_SWAP_ZRAM] = make_zram,
		[LIVE_SWAP_FILE] = make_file,
		[LIVE_SWAP_LOOP] = make_loop,
	};

	for (unsigned int i = LIVE_SWAP_ZRAM; i < ARRAY_SIZE(make); i++) {
		if (kind != LIVE_SWAP_ANY && kind != i)
			continue;
		if (make[i](made, reason) == 0)
			return 0;
		if (live_swap_undo(made, reason))
			return -1;
	}
	if (kind == LIVE_SWAP_NONE)
		text_add(reason, "no swap area is wanted");
	return -1;
}

/* The device may be held for a moment by who looks at new devices. */
static int remove_zram(int number)
{
	char path[LIVE_PATH_SIZE], text[16];

	(void)snprintf(text, sizeof(text), "%d", number);
	for (int i = 0; i < 100; i++) {
		(void)snprintf(path, sizeof(path), "/sys/block/zram%d", number);
		if (write_string(ZRAM_CONTROL "/hot_remove", text) == 0 || access(path, F_OK))
			return 0;
		usleep(20000);
	}
	errno = EBUSY;
	return -1;
}

int live_swap_undo(struct live_made *made, struct text *trouble)
{
	char path[LIVE_PATH_SIZE + 8];

	/* EINVAL: it is none, as swapon() had not come that far. */
	if (made->swap[0] && turn(SYS_swapoff, made->swap, 0) && errno != EINVAL && errno != ENOENT)
		return fail(trouble, "swapoff", made->swap);
	made->swap[0] = 0;
	if (made->zram >= 0 && remove_zram(made->zram))
		return fail(trouble, "remove", "zram");
	made->zram = -1;
	if (!made->folder[0])
		return 0;
	file_path(made, path, sizeof(path));
	if (unlink(path) && errno != ENOENT)
		return fail(trouble, "remove", path);
	return 0;
}
