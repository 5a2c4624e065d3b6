/* SPDX-License-Identifier: MIT */
/*
 * stuck.h - does a process that makes executions come no further, and its own watchdog not see it?
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_STUCK_H
#define EXPLORE_STUCK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct journal;

/* What was seen of a process at work. All zero: nothing. */
struct stuck {
	uint64_t ticks, used_ms;      /* when its ticks had changed last */
	uint64_t slept_ms, looked_ms; /* since when it has slept, and was last looked at */
	uint64_t slept_used_ms;       /* processor time that it had used then */
	uint64_t asked_ms;            /* when it was asked where; 0: it was not */
	const char *why;              /* it is to be ended; NULL: it is not */
};

/**
 * stuck_look() - look at @process, and make up @stuck->why.
 * @journal: its own
 *
 * It runs, but no signal reaches it; or it sleeps in a system call, in the midst of an execution:
 * then it is asked to give up and say where (crash_ask()), and is stuck if it does not.
 *
 * Return: is it to be ended?
 */
bool stuck_look(struct stuck *stuck, struct journal *journal, pid_t process);

#endif
