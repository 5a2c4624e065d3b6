/* SPDX-License-Identifier: MIT */
/*
 * live_probe.c - what this machine lets a script do. Each need is tried the way a script
 * would use it: a limit of a container shows as an answer here, and not as a difference.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/vec.h"
#include "conform/live_fuse.h"
#include "conform/live_made.h"

#ifndef XFS_SUPER_MAGIC
#define XFS_SUPER_MAGIC 0x58465342
#endif

struct prober {
	struct live_worker worker;
	struct text reason;
};

static long run(struct prober *prober, enum conform_what what, uint8_t a, uint8_t b)
{
	const struct conform_op op = { .what = (uint8_t)what, .arg = { a, b } };

	return live_kinds[what].run(&prober->worker, &op);
}

/* The reason, if the operation did not answer what it should. */
static bool answers(struct prober *prober, const char *name, long answer, long right)
{
	if (answer == right)
		return true;
	text_addf(&prober->reason, "%s: ", name);
	if (answer < 0 && answer > LIVE_MIXED)
		text_add(&prober->reason, strerror((int)-answer));
	else
		text_addf(&prober->reason, "answers %ld, not %ld", answer, right);
	return false;
}

static void probe_swap(struct prober *prober)
{
	if (!answers(prober, "mmap", run(prober, CONFORM_MAP, CONFORM_ANON_PRIVATE, 0), 0) ||
	    !answers(prober, "store", run(prober, CONFORM_W, 1, 0), 0) ||
	    !answers(prober, "MADV_PAGEOUT", run(prober, CONFORM_PAGEOUT, 0, 0), 0))
		return;
	if (!live_is_swapped(live_page(0)))
		text_add(&prober->reason, "MADV_PAGEOUT swaps nothing out: does a control group "
					  "forbid it?");
	else
		answers(prober, "swapping in", run(prober, CONFORM_R, 0, 0), 1);
}

/* Elsewhere, pages of files are not written back, and pins of them are not refused. */
static void probe_file(struct prober *prober)
{
	static const long types[] = { EXT4_SUPER_MAGIC, XFS_SUPER_MAGIC, BTRFS_SUPER_MAGIC };
	struct statfs fs;

	if (fstatfs(prober->worker.files->data, &fs)) {
		text_addf(&prober->reason, "fstatfs: %s", strerror(errno));
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		if (fs.f_type == types[i])
			return;
	text_addf(&prober->reason,
		  "files are on a file system of type %#lx, not ext4, xfs or btrfs: choose another "
		  "folder by --folder or TMPDIR",
		  (unsigned long)fs.f_type);
}

static void probe_direct(struct prober *prober)
{
	if (prober->worker.files->disk < 0)
		text_add(&prober->reason, "a file cannot be opened with O_DIRECT");
	else if (answers(prober, "mmap", run(prober, CONFORM_MAP, CONFORM_ANON_PRIVATE, 0), 0) &&
		 answers(prober, "O_DIRECT read", run(prober, CONFORM_ODR, 3, 0), 0) &&
		 answers(prober, "O_DIRECT read", run(prober, CONFORM_R, 0, 0),
			 CONFORM_BLOCK_VALUE(3)))
		answers(prober, "O_DIRECT write", run(prober, CONFORM_ODW, 3, 0), 0);
}

static void probe_ring(struct prober *prober)
{
	int error = live_ring_open(&prober->worker.ring);

	if (error) {
		text_addf(&prober->reason, "io_uring_setup: %s (sysctl kernel.io_uring_disabled?)",
			  strerror(-error));
		return;
	}
	if (answers(prober, "mmap", run(prober, CONFORM_MAP, CONFORM_ANON_PRIVATE, 0), 0) &&
	    answers(prober, "IORING_REGISTER_BUFFERS", run(prober, CONFORM_REG, 0, 0), 0) &&
	    answers(prober, "IORING_OP_READ_FIXED", run(prober, CONFORM_RFIX, 7, 0), 0))
		answers(prober, "IORING_OP_WRITE_FIXED", run(prober, CONFORM_WFIX, 0, 0), 7);
	live_ring_close(&prober->worker.ring);
}

static void probe_peer(struct prober *prober)
{
	char from = 5, to = 0;
	struct iovec here = { &to, 1 }, there = { &from, 1 };

	if (process_vm_readv(prober->worker.shared->host, &here, 1, &there, 1, 0) != 1)
		text_addf(&prober->reason, "process_vm_readv: %s", strerror(errno));
}

static void probe_force(struct prober *prober)
{
	if (answers(prober, "mmap", run(prober, CONFORM_MAP, CONFORM_ANON_PRIVATE, 0), 0) &&
	    answers(prober, "mprotect", run(prober, CONFORM_RO, 0, 0), 0))
		answers(prober, "write to /proc/self/mem of what is read-only",
			run(prober, CONFORM_MEM, 5, 0), 0);
}

static void probe_splice(struct prober *prober)
{
	struct live_files *files = &(struct live_files){ .data = -1, .disk = -1, .device = -1 };
	const struct live_files *real = prober->worker.files;

	if (pipe2(files->pipe[0], O_CLOEXEC)) {
		text_addf(&prober->reason, "pipe: %s", strerror(errno));
		return;
	}
	prober->worker.files = files;
	if (answers(prober, "mmap", run(prober, CONFORM_MAP, CONFORM_ANON_PRIVATE, 0), 0))
		answers(prober, "vmsplice", run(prober, CONFORM_SPLICE, 0, 0), 0);
	prober->worker.files = real;
	close(files->pipe[0][0]);
	close(files->pipe[0][1]);
}

static void probe_faults(struct prober *prober)
{
	int faults;

	if (!answers(prober, "mmap", run(prober, CONFORM_MAP, CONFORM_ANON_PRIVATE, 0), 0))
		return;
	faults = live_faults_open();
	if (faults >= 0)
		close(faults);
	else
		text_addf(&prober->reason,
			  "%s (root can; or sysctl "
			  "vm.unprivileged_userfaultfd=1)",
			  strerror(-faults));
}

static void probe_fuse(struct prober *prober)
{
	struct live_fuse fuse = LIVE_FUSE_INIT;
	long error = live_fuse_open(&fuse);

	live_fuse_close(&fuse);
	if (error)
		text_addf(&prober->reason, "%s: %s",
			  access("/dev/fuse", F_OK) ? "/dev/fuse" : "to mount it",
			  strerror((int)-error));
}

void live_probe(struct live_shared *shared, const struct live_files *files)
{
	static void (*const probes[LIVE_NEEDS])(struct prober *) = {
		probe_swap,  probe_file,   probe_direct, probe_ring, probe_peer,
		probe_force, probe_splice, probe_faults, probe_fuse,
	};
	struct prober prober = { .worker = { .files = files, .shared = shared } };

	prober.worker.ring.fd = -1;
	for (size_t i = 0; i < LIVE_NEEDS; i++) {
		text_init(&prober.reason);
		/* A swap area that could not be made has said why. */
		if (!shared->reason[i][0])
			probes[i](&prober);
		if (prober.reason.length)
			(void)snprintf(shared->reason[i], LIVE_REASON_SIZE, "%s",
				       prober.reason.bytes);
		text_release(&prober.reason);
	}
	munmap(live_page(0), CONFORM_PAGES * LIVE_PAGE_SIZE);
}
