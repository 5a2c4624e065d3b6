/* SPDX-License-Identifier: MIT */
/*
 * live_stall.c - a system call that is held in its middle.
 *
 *     A                                    the caller, in A's memory
 *     userfaultfd gets the second page
 *                                          the call: has the first page,
 *                                          faults in the second one, and waits
 *     reads that it waits
 *     does the other operations
 *     gives the second page a value
 *                                          goes on; ends
 *     looks
 *
 * The caller does not die with A (live_caller.h), and that A's end closes the userfaultfd is not
 * enough: an A that is killed while the caller has the ring's lock waits for that lock before it
 * closes anything.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "conform/live_caller.h"

#define PAGES 2 /* of the call; the second one is held */
#define SIZE (PAGES * LIVE_PAGE_SIZE)
#define FILL 1         /* of both, before */
#define STORED_AFTER 3 /* into a fixed buffer, when it is registered */
#define BLOCK 1        /* what O_DIRECT reads; the second page gets the next one */
#define PIPE 0

struct stalled {
	struct live_worker *worker;
	enum conform_what call;
	int faults; /* userfaultfd */
	struct live_caller caller;
	struct text *text; /* the outcome */
};

/* ---- The page that is kept. */

static int keep(int faults)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register area = {
		.range = { (uintptr_t)live_page(PAGES - 1), LIVE_PAGE_SIZE },
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};

	if (ioctl(faults, UFFDIO_API, &api) || ioctl(faults, UFFDIO_REGISTER, &area))
		return -errno;
	return 0;
}

int live_faults_open(void)
{
	int faults = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK), error;

	if (faults < 0)
		return -errno;
	error = keep(faults);
	if (!error)
		return faults;
	close(faults);
	return error;
}

static long give_page(const struct stalled *stalled)
{
	char page[LIVE_PAGE_SIZE];
	struct uffdio_copy copy = {
		.dst = (uintptr_t)live_page(PAGES - 1),
		.src = (uintptr_t)page,
		.len = LIVE_PAGE_SIZE,
	};

	memset(page, FILL, sizeof(page));
	return live_result(ioctl(stalled->faults, UFFDIO_COPY, &copy));
}

/* ---- The caller. */

static long moved(ssize_t result)
{
	return result < 0 ? -errno : result;
}

static long do_call(void *arg)
{
	const struct stalled *stalled = arg;
	const struct live_files *files = stalled->worker->files;
	struct iovec pages = { live_page(0), SIZE };

	if (stalled->call == CONFORM_SPLICE)
		return moved(vmsplice(files->pipe[PIPE][1], &pages, 1, SPLICE_F_NONBLOCK));
	if (stalled->call == CONFORM_ODR)
		return moved(
			pread(files->disk, live_page(0), SIZE, (off_t)(BLOCK * LIVE_PAGE_SIZE)));
	return moved(syscall(SYS_io_uring_register, stalled->worker->ring.fd,
			     IORING_REGISTER_BUFFERS, &pages, 1));
}

/* Return: the page where it waits; 0: it has ended instead; or -errno. */
static long await_fault(const struct stalled *stalled)
{
	struct pollfd pollers[] = { { .fd = stalled->faults, .events = POLLIN },
				    { .fd = stalled->caller.end } };
	struct uffd_msg message;

	if (poll(pollers, 2, LIVE_CALLER_MS) <= 0)
		return -ETIMEDOUT;
	if (!(pollers[0].revents & POLLIN))
		return 0;
	if (read(stalled->faults, &message, sizeof(message)) != (ssize_t)sizeof(message))
		return -errno;
	return (long)(message.arg.pagefault.address - (uintptr_t)live_page(0));
}

/* ---- What runs meanwhile, and what is seen. */

static long do_meanwhile(struct stalled *stalled, const struct stall_meanwhile *meanwhile,
			 int passed)
{
	char flags[LIVE_TEXT_SIZE];
	long error = 0;

	for (unsigned int i = 0; i < meanwhile->count && !error; i++)
		error = live_do(stalled->worker, &meanwhile->ops[i], passed);
	if (error || meanwhile->ops[0].what != CONFORM_PAGEOUT)
		return error;
	live_flags(0, flags);
	text_addf(stalled->text, " after-pageout{%s}", flags);
	return 0;
}

static void look(struct stalled *stalled)
{
	struct live_worker *worker = stalled->worker;
	const struct conform_op none = { .what = CONFORM_WFIX };
	char page[LIVE_PAGE_SIZE];

	text_addf(stalled->text, " ret=%ld", stalled->caller.result);
	if (stalled->call == CONFORM_SPLICE)
		text_addf(stalled->text, " pipe sees %ld",
			  live_moved(read(worker->files->pipe[PIPE][0], page, sizeof(page)), page));
	if (stalled->call == CONFORM_REG) {
		(void)live_store(live_page(0), STORED_AFTER, LIVE_PAGE_SIZE);
		text_addf(stalled->text, " after B=%ld", live_load(live_page(0)));
		worker->ring.page = 0;
		text_addf(stalled->text, " pin sees %ld", live_wfix(worker, &none));
	}
	text_addf(stalled->text, " parent B=%ld", live_load(live_page(0)));
}

static long prepare(struct stalled *stalled)
{
	const struct conform_op map = { .what = CONFORM_MAP };
	long error = live_map(stalled->worker, &map);

	if (!error)
		error = live_store(live_page(0), FILL, LIVE_PAGE_SIZE);
	if (!error && stalled->call == CONFORM_REG)
		error = live_ring_open(&stalled->worker->ring);
	if (error)
		return error;
	stalled->faults = live_faults_open();
	return stalled->faults < 0 ? stalled->faults : 0;
}

/* The call waits: the rest. Return: 0, or what went wrong. */
static long go_on(struct stalled *stalled, const struct live_call *call, int passed)
{
	long error = do_meanwhile(stalled, &stall_meanwhiles[call->meanwhile], passed);

	if (!error)
		error = give_page(stalled);
	if (!error)
		error = live_caller_await(&stalled->caller);
	if (!error)
		look(stalled);
	return error;
}

long live_stall(struct live_worker *worker, const struct live_call *call, int passed, char *text)
{
	struct text outcome = TEXT_INIT;
	static struct stalled stalled; /* the caller goes on when this has failed, too */
	long error, at = 0;

	stalled = (struct stalled){ .worker = worker,
				    .call = call->op.what,
				    .faults = -1,
				    .text = &outcome };
	error = prepare(&stalled);
	stalled.caller = (struct live_caller){ .call = do_call,
					       .arg = &stalled,
					       .held_by = stalled.faults,
					       .end = -1 };
	if (!error)
		error = live_caller_start(&stalled.caller, worker);
	if (!error)
		at = await_fault(&stalled);
	if (at > 0) {
		text_addf(&outcome, "stalled@B+0x%lx", at);
		error = go_on(&stalled, call, passed);
	} else if (!error && at == 0) {
		text_addf(&outcome, "did not stall, syscall ret %ld", stalled.caller.result);
	}
	(void)snprintf(text, LIVE_TEXT_SIZE, "%s", outcome.length ? outcome.bytes : "");
	text_release(&outcome);
	if (stalled.faults >= 0)
		close(stalled.faults);
	live_caller_release(&stalled.caller);
	return error ? error : at < 0 ? at : 0;
}
