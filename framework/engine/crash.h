/* SPDX-License-Identifier: MIT */
/*
 * crash.h - a crash of the code under test is data, not the end of the process.
 *
 * While a fiber runs, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT and SIGTRAP, and a
 * watchdog that looks for endless loops, fill a report and resume the scheduler's
 * fiber, as though the one that crashed had switched to it. That one is abandoned
 * where it stands: preparing it again starts it afresh. While no fiber runs, the
 * same signals do what they did before crash_init(): a crash of baton itself is
 * not hidden.
 *
 * The watchdog looks at a counter of steps; it costs nothing per step. It runs on
 * the processor time of this process, so that a busy machine raises no alarm; that
 * a fiber blocks in a system call is noticed by another process, if one waits.
 *
 * Policy: abandoned code may have left the C library in any state: malloc or stdio
 * in the middle of a change, locks held. The code under test must bring its own
 * state in order in its setup, and takes the C library's as it is. Where that is
 * not good enough, a process for each exploration that has seen a crash is.
 *
 * Builds with the address sanitizer work, too: a handler that is installed after
 * its own wins, unless ASAN_OPTIONS has handle_segv=2 or the like.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_CRASH_H
#define ENGINE_CRASH_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"
#include "engine/fiber.h"

struct crash_report {
	int signal;    /* 0: no crash */
	int code;      /* si_code: what kind, within the signal */
	void *address; /* si_addr; never shown */
	bool overflow; /* the address lies in the guard of the fiber that ran */
	bool loop;     /* stopped by the watchdog */
	bool blocked;  /* who waits for the process has asked: see crash_ask() */
	bool jump;     /* a call through a wild pointer: the registers are the caller's */
	const struct fiber *fiber; /* that crashed */
	struct fiber_registers registers;
};

/* Where the handlers look; all of it must outlive crash_release(). */
struct crash_target {
	struct fiber **running; /* the fiber that runs; NULL while the scheduler does. Set to
				 * NULL when a crash has resumed the scheduler. */
	struct fiber *scheduler;
	const volatile unsigned long *progress; /* changes with every step */
	struct crash_report *report;
};

/**
 * crash_init() - catch crashes from now on.
 * @target: static storage
 * @err: what could not be set up
 *
 * A fork() takes all of it over but the watchdog: see crash_forked().
 *
 * Context: the scheduler's fiber; not twice without crash_release().
 * Return: 0, or -1.
 */
int crash_init(const struct crash_target *target, struct err *err);

/* Set the watchdog of crash_init() in the child of a fork(), too. */
void crash_forked(void);

/* Have @process, which crash_init() was called in, report that its fiber is blocked. */
void crash_ask(pid_t process);

/**
 * crash_changed() - are signals as crash_init() has set them?
 *
 * Return: what somebody has changed: "changed the signal mask"; NULL: nothing.
 */
const char *crash_changed(void);

/* Put back what was there before crash_init(). Does nothing if that was not called. */
void crash_release(void);

/**
 * crash_try() - run what may read memory that is not there.
 * @work: called once, with @arg; changes nothing that must be whole while it may fault
 *
 * Context: the scheduler's fiber, between crash_init() and crash_release(): elsewhere a fault is
 * one of baton's. Not within @work.
 * Return: did @work return? Else SIGSEGV or SIGBUS has ended it where it stood.
 */
bool crash_try(void (*work)(void *arg), void *arg);

/* Does a fiber of crash_init()'s target run? */
bool crash_in_fiber(void);

/**
 * crash_describe() - append what happened: one sentence without a full stop.
 * @report: of a crash
 *
 * No addresses: the same crash reads the same in every run.
 */
void crash_describe(const struct crash_report *report, struct text *text);

#endif
