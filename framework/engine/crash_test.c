/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <setjmp.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/crash_test.h"

TestSuite(crash, .timeout = 60);

WRONG static void write_null(void *arg)
{
	(void)arg;
	*(volatile int *)(wild + 8) = 1;
}

Test(crash, null_write, .init = init)
{
	expect_crashes(write_null, 1000, SIGSEGV, "SIGSEGV: read or write through a null pointer");
	cr_expect_eq((uintptr_t)report.address, 8);
	cr_expect_not(report.overflow);
}

WRONG static void write_wild(void *arg)
{
	(void)arg;
	*(volatile int *)(wild + 0x123456789000) = 1;
}

Test(crash, wild_write, .init = init)
{
	expect_crashes(write_wild, 1000, SIGSEGV, "SIGSEGV: read or write through a wild pointer");
}

static int recurse(int depth)
{
	volatile char bytes[200];

	bytes[0] = (char)depth;
	return zero ? bytes[0] : recurse(depth + 1) + bytes[0];
}

static void overflow(void *arg)
{
	(void)arg;
	zero = recurse(0);
}

Test(crash, stack_overflow, .init = init)
{
	expect_crashes(overflow, 1000, SIGSEGV, "stack overflow: a CPU has 64 KiB");
	cr_expect(report.overflow);
}

static void call_abort(void *arg)
{
	(void)arg;
	abort();
}

Test(crash, aborted, .init = init)
{
	expect_crashes(call_abort, 1000, SIGABRT, "SIGABRT: abort() was called");
}

/* Elsewhere the upper bits may be ignored, and a division by zero gives 0. */
#if defined(__x86_64__)

WRONG static void write_non_canonical(void *arg)
{
	(void)arg;
	*(volatile int *)(wild + 0x5a5a5a5a5a5a5a5a) = 1;
}

Test(crash, non_canonical_write, .init = init)
{
	expect_crashes(write_non_canonical, 1000, SIGSEGV,
		       "SIGSEGV: read or write through a wild pointer");
}

WRONG static void divide(void *arg)
{
	(void)arg;
	zero = 7 / zero;
}

Test(crash, division_by_zero, .init = init)
{
	expect_crashes(divide, 1000, SIGFPE, "SIGFPE: integer division by zero");
}

#endif

static void trap(void *arg)
{
	(void)arg;
	__builtin_trap();
}

Test(crash, trap, .init = init)
{
#if defined(__x86_64__)
	expect_crashes(trap, 1000, SIGILL,
		       "SIGILL: illegal instruction, as __builtin_trap() makes");
#else
	expect_crashes(trap, 1000, SIGTRAP, "SIGTRAP: breakpoint or trap instruction");
#endif
}

static void breakpoint(void *arg)
{
	(void)arg;
	raise(SIGTRAP);
}

Test(crash, breakpoint, .init = init)
{
	expect_crashes(breakpoint, 1000, SIGTRAP, "SIGTRAP: breakpoint or trap instruction");
}

static void loop(void *arg)
{
	volatile unsigned long count = 0;

	(void)arg;
	for (;;)
		count++;
}

Test(crash, endless_loop, .init = init)
{
	expect_crashes(loop, 20, SIGVTALRM, "runs without reaching a point");
	cr_expect(report.loop);
}

static unsigned long spin(unsigned long rounds)
{
	volatile unsigned long count = 0;

	while (count < rounds)
		count++;
	return count;
}

/* Long beyond the watchdog's patience, but with steps. */
static void work(void *arg)
{
	(void)arg;
	for (progress = 0; progress < 1000; progress++)
		spin(1000000);
	leave();
}

Test(crash, watchdog_lets_steps_pass, .init = init)
{
	run(work);
	cr_expect_eq(report.signal, 0);
	cr_expect_eq(progress, 1000);
}

/* A mask that the fiber changed, and the handlers' own, are not left behind. */
static void block_and_crash(void *arg)
{
	sigset_t all;

	sigfillset(&all);
	sigdelset(&all, SIGSEGV);
	sigprocmask(SIG_SETMASK, &all, NULL);
	write_null(arg);
}

Test(crash, keeps_the_signal_mask, .init = init)
{
	sigset_t before, after;

	sigprocmask(SIG_SETMASK, NULL, &before);
	expect_crashes(block_and_crash, 10, SIGSEGV,
		       "SIGSEGV: read or write through a null pointer");
	sigprocmask(SIG_SETMASK, NULL, &after);
	for (int signal = 1; signal < 64; signal++)
		cr_assert_eq(sigismember(&before, signal), sigismember(&after, signal));
}

static void check_assertion(void *arg)
{
	(void)arg;
	cr_expect(crash_in_fiber());
	leave();
}

Test(crash, knows_whether_a_fiber_runs, .init = init)
{
	cr_expect_not(crash_in_fiber());
	run(check_assertion);
	cr_expect_not(crash_in_fiber());
	crash_release();
	cr_expect_not(crash_in_fiber());
}

static volatile sig_atomic_t caught_before;
static sigjmp_buf back;

static void catch_before(int signal)
{
	(void)signal;
	caught_before++;
	siglongjmp(back, 1);
}

static void init_after_another_handler(void)
{
	signal(SIGSEGV, catch_before);
	signal(SIGABRT, catch_before);
	init();
}

Test(crash, outside_a_fiber_is_passed_on, .init = init_after_another_handler)
{
	if (!sigsetjmp(back, 1))
		write_null(NULL);
	cr_expect_eq(caught_before, 1);
	if (!sigsetjmp(back, 1))
		raise(SIGABRT);
	cr_expect_eq(caught_before, 2);
}

static void count_up(void *arg)
{
	++*(int *)arg;
}

/* Also often, and then it is as it was. */
Test(crash, what_is_tried_may_fault, .init = init_after_another_handler)
{
	int count = 0;

	for (int i = 0; i < 1000; i++) {
		cr_assert_not(crash_try(write_null, NULL));
		cr_assert(crash_try(count_up, &count));
	}
	cr_expect_eq(count, 1000);
	cr_expect_null(crash_changed());
	cr_expect_eq(caught_before, 0);
	if (!sigsetjmp(back, 1))
		write_null(NULL);
	cr_expect_eq(caught_before, 1);
}

Test(crash, outside_a_fiber_kills, .init = init)
{
	int status = 0;
	pid_t child;

	signal(SIGABRT, SIG_DFL);
	crash_release();
	init();
	child = fork();
	if (!child) {
		raise(SIGABRT);
		_exit(0);
	}
	cr_assert_eq(waitpid(child, &status, 0), child);
	cr_expect(WIFSIGNALED(status));
	cr_expect_eq(WTERMSIG(status), SIGABRT);
}

Test(crash, release_puts_handlers_back, .init = init_after_another_handler)
{
	struct sigaction action;

	crash_release();
	crash_release();
	sigaction(SIGSEGV, NULL, &action);
	cr_expect_eq(action.sa_handler, catch_before);
	init();
	expect_crashes(write_null, 10, SIGSEGV, "SIGSEGV: read or write through a null pointer");
}
