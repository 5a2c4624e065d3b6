/* SPDX-License-Identifier: MIT */
/*
 * live_copy.c - calls for which the kernel takes references to the pages: pipes, O_DIRECT,
 * other processes' memory, and a process's own by /proc.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "conform/live_made.h"

long live_splice(struct live_worker *worker, const struct conform_op *op)
{
	struct iovec page = { live_page(op->arg[1]), LIVE_PAGE_SIZE };

	return live_moved(vmsplice(worker->files->pipe[op->arg[0]][1], &page, 1, SPLICE_F_NONBLOCK),
			  NULL);
}

long live_odr(struct live_worker *worker, const struct conform_op *op)
{
	return live_moved(pread(worker->files->disk, live_page(op->arg[1]), LIVE_PAGE_SIZE,
				(off_t)(op->arg[0] * LIVE_PAGE_SIZE)),
			  NULL);
}

long live_odw(struct live_worker *worker, const struct conform_op *op)
{
	worker->shared->disk_written = true;
	return live_moved(pwrite(worker->files->disk, live_page(op->arg[1]), LIVE_PAGE_SIZE,
				 (off_t)(op->arg[0] * LIVE_PAGE_SIZE)),
			  NULL);
}

long live_pvr(struct live_worker *worker, const struct conform_op *op)
{
	char page[LIVE_PAGE_SIZE];
	struct iovec here = { page, sizeof(page) };
	struct iovec there = { live_page(op->arg[1]), LIVE_PAGE_SIZE };

	return live_moved(process_vm_readv(worker->shared->pid[op->arg[0]], &here, 1, &there, 1, 0),
			  page);
}

long live_pvw(struct live_worker *worker, const struct conform_op *op)
{
	char page[LIVE_PAGE_SIZE];
	struct iovec here = { page, sizeof(page) }, there = { live_page(0), LIVE_PAGE_SIZE };

	memset(page, op->arg[1], sizeof(page));
	return live_moved(
		process_vm_writev(worker->shared->pid[op->arg[0]], &here, 1, &there, 1, 0), NULL);
}

long live_mem(struct live_worker *worker, const struct conform_op *op)
{
	char page[LIVE_PAGE_SIZE];
	int memory = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
	long result;

	(void)worker;
	if (memory < 0)
		return -errno;
	memset(page, op->arg[0], sizeof(page));
	result = live_moved(
		pwrite(memory, page, sizeof(page), (off_t)(uintptr_t)live_page(op->arg[1])), NULL);
	close(memory);
	return result;
}
