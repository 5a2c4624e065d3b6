/* SPDX-License-Identifier: MIT */
/*
 * live_caller.h - a process that makes one system call in A's memory, and is held in it.
 *
 * It must not be left behind when A is killed. It is a child of the host, as A is, and stands where
 * C does: who kills the processes of a script kills it, and it dies with the host. What A holds it
 * by is closed in it first: the end of A alone must let go of it.
 *
 * Layer: conform. May include: conform, base.
 */
#ifndef CONFORM_LIVE_CALLER_H
#define CONFORM_LIVE_CALLER_H

#include "conform/live_worker.h"

#define LIVE_CALLER_MS 10000 /* a call that neither waits nor ends is an error */

struct live_caller {
	long (*call)(void *arg); /* what the system call returned, or -errno */
	void *arg;
	int held_by; /* a descriptor; -1: none */
	int end;     /* of a pipe: its other end is closed when the caller has ended */
	volatile long result;
};

/* @caller: must not be given up before the process has ended. Return: 0 or -errno. */
long live_caller_start(struct live_caller *caller, const struct live_worker *worker);

/* Wait. Return: 0 or -ETIMEDOUT. */
long live_caller_await(const struct live_caller *caller);

/* Forget its end; -1 is forgotten already. */
void live_caller_release(struct live_caller *caller);

#endif
