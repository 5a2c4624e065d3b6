/* SPDX-License-Identifier: MIT */
/* live_memory.c - what a process does with its own memory. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/bug.h"
#include "conform/live_worker.h"

/* Below everything that the C library and the kernel choose, and above what is forbidden. */
#define ADDRESS UINT64_C(0x20000000)

#ifndef MADV_PAGEOUT /* C libraries before 2.31 do not know it */
#define MADV_PAGEOUT 21
#endif
#ifndef MADV_COLD
#define MADV_COLD 20
#endif

static sigjmp_buf fault_return;
static volatile sig_atomic_t fault_expected;

char *live_page(unsigned int page)
{
	return (char *)(uintptr_t)(ADDRESS + page * LIVE_PAGE_SIZE);
}

long live_result(int failed)
{
	return failed ? -errno : 0;
}

long live_value(const char *at)
{
	for (size_t i = 1; i < LIVE_PAGE_SIZE; i++)
		if (at[i] != at[0])
			return LIVE_MIXED;
	return (unsigned char)at[0];
}

long live_moved(ssize_t moved, const char *at)
{
	if (moved < 0)
		return -errno;
	if (moved != (ssize_t)LIVE_PAGE_SIZE)
		return LIVE_SHORT;
	return at ? live_value(at) : 0;
}

/* A fault that no access expects ends the process as it always does. */
static void fault(int number)
{
	if (fault_expected)
		siglongjmp(fault_return, number);
	signal(number, SIG_DFL);
	raise(number);
}

void live_faults_catch(void)
{
	struct sigaction action = { .sa_handler = fault };

	sigemptyset(&action.sa_mask);
	BUG_ON(sigaction(SIGSEGV, &action, NULL));
	BUG_ON(sigaction(SIGBUS, &action, NULL));
}

long live_store(char *at, int value, size_t size)
{
	int number = sigsetjmp(fault_return, 1);

	if (!number) {
		fault_expected = 1;
		memset(at, value, size);
	}
	fault_expected = 0;
	return number ? LIVE_SIGNAL(number) : 0;
}

long live_load(const char *at)
{
	volatile long value = 0;
	int number = sigsetjmp(fault_return, 1);

	if (!number) {
		fault_expected = 1;
		value = live_value(at);
	}
	fault_expected = 0;
	return number ? LIVE_SIGNAL(number) : value;
}

long live_map(struct live_worker *worker, const struct conform_op *op)
{
	static const int flags[] = {
		[CONFORM_ANON_PRIVATE] = MAP_PRIVATE | MAP_ANONYMOUS,
		[CONFORM_ANON_SHARED] = MAP_SHARED | MAP_ANONYMOUS,
		[CONFORM_FILE_PRIVATE] = MAP_PRIVATE,
		[CONFORM_FILE_SHARED] = MAP_SHARED,
	};
	int flag = flags[op->arg[0]];
	void *mapped = mmap(live_page(0), CONFORM_PAGES * LIVE_PAGE_SIZE, PROT_READ | PROT_WRITE,
			    flag | MAP_FIXED, flag & MAP_ANONYMOUS ? -1 : worker->files->data, 0);

	return live_result(mapped == MAP_FAILED);
}

long live_w(struct live_worker *worker, const struct conform_op *op)
{
	(void)worker;
	return live_store(live_page(op->arg[1]), op->arg[0], LIVE_PAGE_SIZE);
}

long live_wb(struct live_worker *worker, const struct conform_op *op)
{
	(void)worker;
	return live_store(live_page(op->arg[1]), op->arg[0], 1);
}

long live_r(struct live_worker *worker, const struct conform_op *op)
{
	(void)worker;
	return live_load(live_page(op->arg[0]));
}

/*
 * live_drain_lru() of all CPUs: the end of writeback puts a page into a list of whichever hears of
 * it. To move no pages at all begins as to move some does (do_pages_move(), since v2.6.18).
 */
static void drain_lru_all(void)
{
	const int node = 0;
	int status;

	(void)syscall(SYS_move_pages, 0, 0UL, NULL, &node, &status, 0);
}

long live_advise(struct live_worker *worker, const struct conform_op *op)
{
	static const int advice[CONFORM_WHATS] = {
		[CONFORM_PAGEOUT] = MADV_PAGEOUT,   [CONFORM_WILLNEED] = MADV_WILLNEED,
		[CONFORM_DONTNEED] = MADV_DONTNEED, [CONFORM_FREE] = MADV_FREE,
		[CONFORM_DONTFORK] = MADV_DONTFORK,
	};

	char *page = live_page(op->arg[0]);
	uint64_t frame = op->what == CONFORM_PAGEOUT ? live_frame(page) : 0;
	long result = live_result(madvise(page, LIVE_PAGE_SIZE, advice[op->what]));

	(void)worker;
	if (live_await_writeback(frame))
		drain_lru_all();
	return result;
}

/*
 * Advice about any page makes the kernel empty the lists first (lru_add_drain() in mm/madvise.c,
 * since v5.4). There is one set of them per CPU, and all processes are on one.
 */
void live_drain_lru(void)
{
	static char page[LIVE_PAGE_SIZE] __attribute__((aligned(LIVE_PAGE_SIZE)));

	(void)madvise(page, sizeof(page), MADV_COLD);
}

long live_unmap(struct live_worker *worker, const struct conform_op *op)
{
	(void)worker;
	return live_result(munmap(live_page(op->arg[0]), LIVE_PAGE_SIZE));
}

long live_ro(struct live_worker *worker, const struct conform_op *op)
{
	(void)worker;
	return live_result(mprotect(live_page(op->arg[0]), LIVE_PAGE_SIZE, PROT_READ));
}

long live_rw(struct live_worker *worker, const struct conform_op *op)
{
	(void)worker;
	return live_result(mprotect(live_page(op->arg[0]), LIVE_PAGE_SIZE, PROT_READ | PROT_WRITE));
}

long live_mlock(struct live_worker *worker, const struct conform_op *op)
{
	(void)worker;
	return live_result(mlock(live_page(op->arg[0]), LIVE_PAGE_SIZE));
}
