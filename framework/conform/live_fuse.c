/* SPDX-License-Identifier: MIT */
/* live_fuse.c - the server: as much of the protocol of /dev/fuse as one file needs. */
#include "conform/live_fuse.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <linux/mount.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "conform/live_worker.h"

#define NAME "held"
#define NODE 2
#define ROOT_MODE "40000"  /* a directory, in octal digits */
#define VALID_SECONDS 3600 /* as long as nobody should ask again */
#define REQUEST_SIZE 16384 /* more than the least that the kernel takes, and a page */

/* ---- The file system: a mount without a place. */

static int set(int context, const char *key, unsigned int number)
{
	char value[16];

	(void)snprintf(value, sizeof(value), "%u", number);
	return (int)syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, key, value, 0);
}

static int configure(int context, int device)
{
	if (set(context, "fd", (unsigned int)device) || set(context, "user_id", geteuid()) ||
	    set(context, "group_id", getegid()) ||
	    syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, "rootmode", ROOT_MODE, 0))
		return -1;
	return (int)syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
}

long live_fuse_open(struct live_fuse *fuse)
{
	int context, error = 0;

	*fuse = (struct live_fuse)LIVE_FUSE_INIT;
	fuse->device = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	if (fuse->device < 0)
		return -errno;
	context = (int)syscall(SYS_fsopen, "fuse", FSOPEN_CLOEXEC);
	if (context < 0)
		return -errno;
	if (configure(context, fuse->device) == 0)
		fuse->mount = (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, 0);
	if (fuse->mount < 0)
		error = errno;
	close(context);
	return -error;
}

void live_fuse_close(struct live_fuse *fuse)
{
	if (fuse->mount >= 0)
		close(fuse->mount);
	if (fuse->device >= 0)
		close(fuse->device);
	*fuse = (struct live_fuse)LIVE_FUSE_INIT;
}

int live_fuse_file(const struct live_fuse *fuse)
{
	int file = openat(fuse->mount, NAME, O_RDONLY | O_CLOEXEC);

	return file < 0 ? -errno : file;
}

/* ---- The server. */

/* @error: -errno, and no data. Return: 0 or -errno. */
static long reply(const struct live_fuse *fuse, uint64_t request, const void *data, size_t size,
		  int error)
{
	struct fuse_out_header head = { .len = (uint32_t)(sizeof(head) + size),
					.error = error,
					.unique = request };
	struct iovec parts[] = { { &head, sizeof(head) }, { (void *)(uintptr_t)data, size } };

	return writev(fuse->device, parts, 2) < 0 ? -errno : 0;
}

static long reply_init(const struct live_fuse *fuse, uint64_t request, const void *data)
{
	const struct fuse_init_in *in = data;
	struct fuse_init_out out = { .major = FUSE_KERNEL_VERSION,
				     .minor = in->minor < FUSE_KERNEL_MINOR_VERSION ?
						      in->minor :
						      FUSE_KERNEL_MINOR_VERSION,
				     .max_write = (uint32_t)LIVE_PAGE_SIZE };

	return reply(fuse, request, &out, sizeof(out), 0);
}

static struct fuse_attr attributes(uint64_t node)
{
	struct fuse_attr attr = { .ino = node, .nlink = 1, .blksize = (uint32_t)LIVE_PAGE_SIZE };

	attr.uid = geteuid();
	attr.gid = getegid();
	attr.mode = node == NODE ? S_IFREG | 0600 : S_IFDIR | 0700;
	attr.size = node == NODE ? LIVE_PAGE_SIZE : 0;
	return attr;
}

static long reply_lookup(const struct live_fuse *fuse, uint64_t request, const char *name)
{
	struct fuse_entry_out out = { .nodeid = NODE,
				      .entry_valid = VALID_SECONDS,
				      .attr_valid = VALID_SECONDS,
				      .attr = attributes(NODE) };

	if (strcmp(name, NAME) != 0)
		return reply(fuse, request, NULL, 0, -ENOENT);
	return reply(fuse, request, &out, sizeof(out), 0);
}

static long reply_getattr(const struct live_fuse *fuse, uint64_t request, uint64_t node)
{
	struct fuse_attr_out out = { .attr_valid = VALID_SECONDS, .attr = attributes(node) };

	return reply(fuse, request, &out, sizeof(out), 0);
}

static long reply_open(const struct live_fuse *fuse, uint64_t request)
{
	const struct fuse_open_out out = { .open_flags = FOPEN_DIRECT_IO };

	return reply(fuse, request, &out, sizeof(out), 0);
}

static long serve(struct live_fuse *fuse, const struct fuse_in_header *head, const void *data)
{
	switch (head->opcode) {
	case FUSE_INIT:
		return reply_init(fuse, head->unique, data);
	case FUSE_LOOKUP:
		return reply_lookup(fuse, head->unique, data);
	case FUSE_GETATTR:
		return reply_getattr(fuse, head->unique, head->nodeid);
	case FUSE_OPEN:
		return reply_open(fuse, head->unique);
	case FUSE_READ:
		fuse->reading = true;
		fuse->read = head->unique;
		return 0;
	case FUSE_RELEASE:
		return reply(fuse, head->unique, NULL, 0, 0);
	case FUSE_FORGET: /* these have no answer */
	case FUSE_BATCH_FORGET:
	case FUSE_INTERRUPT:
		return 0;
	default:
		return reply(fuse, head->unique, NULL, 0, -ENOSYS);
	}
}

long live_fuse_serve(struct live_fuse *fuse)
{
	static union {
		struct fuse_in_header head;
		char bytes[REQUEST_SIZE];
	} request;
	ssize_t got;

	do
		got = read(fuse->device, request.bytes, sizeof(request.bytes) - 1);
	while (got < 0 && (errno == EINTR || errno == ENOENT)); /* ENOENT: it was given up */
	if (got < (ssize_t)sizeof(request.head))
		return got < 0 ? -errno : -EPROTO;
	request.bytes[got] = 0;
	return serve(fuse, &request.head, request.bytes + sizeof(request.head));
}

long live_fuse_answer(struct live_fuse *fuse, int value)
{
	char page[LIVE_PAGE_SIZE];

	memset(page, value, sizeof(page));
	fuse->reading = false;
	return reply(fuse, fuse->read, page, sizeof(page), 0);
}
