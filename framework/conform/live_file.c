/* SPDX-License-Identifier: MIT */
/* live_file.c - the file that all processes have open, and mappings of it. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "conform/live_worker.h"

long live_msync(struct live_worker *worker, const struct conform_op *op)
{
	(void)worker;
	return live_result(msync(live_page(op->arg[0]), LIVE_PAGE_SIZE, MS_SYNC));
}

long live_fsync(struct live_worker *worker, const struct conform_op *op)
{
	(void)op;
	return live_result(fsync(worker->files->data));
}

/* The C library's wrapper is deprecated, as the call is. */
long live_rfp(struct live_worker *worker, const struct conform_op *op)
{
	(void)worker;
	return live_result(syscall(SYS_remap_file_pages, live_page(op->arg[0]), LIVE_PAGE_SIZE, 0UL,
				   (unsigned long)op->arg[1], 0UL) != 0);
}

long live_fr(struct live_worker *worker, const struct conform_op *op)
{
	char page[LIVE_PAGE_SIZE];

	return live_moved(pread(worker->files->data, page, sizeof(page),
				(off_t)(op->arg[0] * LIVE_PAGE_SIZE)),
			  page);
}

long live_fw(struct live_worker *worker, const struct conform_op *op)
{
	char page[LIVE_PAGE_SIZE];

	memset(page, op->arg[0], sizeof(page));
	return live_moved(pwrite(worker->files->data, page, sizeof(page),
				 (off_t)(op->arg[1] * LIVE_PAGE_SIZE)),
			  NULL);
}
