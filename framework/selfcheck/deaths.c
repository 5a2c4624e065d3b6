/* SPDX-License-Identifier: MIT */
/*
 * deaths.c - code that ends the process it runs in, or spoils it for whoever runs it.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/bug.h"
#include "engine/sim.h"
#include "selfcheck/state.h"

/* Descriptors that a process has at most, here. */
#define DESCRIPTORS 64

static jmp_buf far_away;

static void kill_process(void)
{
	(void)raise(SIGKILL);
}

static void call_exit(void)
{
	exit(3);
}

static void call_exit_at_once(void)
{
	_exit(3);
}

static void call_fork(void)
{
	(void)fork();
}

/* The C library's heap, in which the explorer has its memory. */
static void overrun_heap(void)
{
	static char *volatile bytes;

	bytes = malloc(24);
	if (bytes)
		memset(bytes, 0x41, 16384);
}

static void overwrite_explorer(void)
{
	void *schedule;

	memcpy(&schedule, &sim_schedule()->entries.items, sizeof(schedule));
	memset((char *)schedule - 64, 0x41, 4096);
}

enum {
	STACK_BYTES = 256 << 10
};

/* The environment is above main()'s frame; all frames of the explorer are below, in these bytes. */
static void overwrite_stack(void)
{
	char *top = (char *)environ;

	memset(top - STACK_BYTES, 0x41, STACK_BYTES);
}

static void jump_away(void)
{
	longjmp(far_away, 1);
}

static void close_all(void)
{
	for (int i = 0; i < DESCRIPTORS; i++)
		close(i);
}

static void block_signals(void)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
}

static void block_and_loop(void)
{
	static volatile int for_ever = 1;

	block_signals();
	while (for_ever)
		;
}

static void ignore_signals(void)
{
	(void)signal(SIGSEGV, SIG_IGN);
}

static void stop_watchdog(void)
{
	const struct itimerval none = { { 0, 0 }, { 0, 0 } };

	(void)setitimer(ITIMER_VIRTUAL, &none, NULL);
}

/* Of a process that may have 64 MiB. Who asks for more gets nothing. A compiler may leave out
 * memory that nobody uses. */
static void exhaust_memory(void)
{
	static void *volatile bytes;
	const struct rlimit limit = { (rlim_t)64 << 20, (rlim_t)64 << 20 };
	size_t size = (size_t)1 << 20;

	(void)setrlimit(RLIMIT_DATA, &limit);
	for (; size >= 16; size /= 2)
		do
			bytes = malloc(size);
		while (bytes);
}

/* An invariant of baton's is broken. */
static void break_invariant(void)
{
	BUG_ON(state.gate.ready);
}

static void (*const ways[])(void) = {
	[DEATH_KILL] = kill_process,
	[DEATH_EXIT] = call_exit,
	[DEATH_EXIT_AT_ONCE] = call_exit_at_once,
	[DEATH_FORK] = call_fork,
	[DEATH_HEAP] = overrun_heap,
	[DEATH_EXPLORER] = overwrite_explorer,
	[DEATH_STACK] = overwrite_stack,
	[DEATH_JUMP] = jump_away,
	[DEATH_CLOSE] = close_all,
	[DEATH_MASK] = block_signals,
	[DEATH_STUCK] = block_and_loop,
	[DEATH_HANDLER] = ignore_signals,
	[DEATH_TIMER] = stop_watchdog,
	[DEATH_MEMORY] = exhaust_memory,
	[DEATH_BUG] = break_invariant,
};

/* hand_over(), and meanwhile jump_away() goes here: to the stack of the CPU that calls this. */
long remember(const struct model_call *call)
{
	return setjmp(far_away) ? 0 : hand_over(call);
}

/* Wrong: as in pointers.c, it is ready before it is. */
long fall(const struct model_call *call)
{
	bool ready;

	POINT("selfcheck/is_ready");
	ready = READ_ONCE(state.gate.ready);
	POINT("selfcheck/use");
	if (ready && !READ_ONCE(state.gate.filled))
		ways[call->args[0]]();
	POINT("selfcheck/go_on");
	return READ_ONCE(state.gate.ready);
}
