/* SPDX-License-Identifier: MIT */
/*
 * live.h - scripts on the kernel that this process runs on.
 *
 * The processes of a script are processes; each operation is the system call that it names.
 * What they need (a folder, a swap area) is made for it and undone at the end, also when this
 * process is interrupted or killed (live_host.h).
 *
 * Layer: conform. May include: conform, base.
 */
#ifndef CONFORM_LIVE_H
#define CONFORM_LIVE_H

#include "conform/live_host.h"

struct live;

struct live_answer {
	long result;               /* as struct conform_op's seen */
	char text[LIVE_TEXT_SIZE]; /* of CONFORM_ST: what /proc says; else "" */
};

/**
 * live_open() - make what scripts need.
 * @options: must live until live_close()
 *
 * What cannot be had is no error: live_missing() tells. Needs no other children of this process.
 *
 * Return: the session, or NULL with an error: not even a folder or a process.
 */
struct live *live_open(const struct live_options *options, struct err *err);

/* Why the operation cannot run here; NULL: it can. */
const char *live_missing(const struct live *live, const struct conform_op *op);

/* What can not run here: "swap", "io_uring" ... and why, a line each; nothing if all can. */
void live_tell_missing(const struct live *live, struct text *text);

/* Which swap area it is: "zram (/dev/zram1)". */
void live_tell_swap(const struct live *live, struct text *text);

/* Is it one whose pages are written before the call returns? Also if there is none. */
bool live_swap_in_memory(const struct live *live);

/**
 * live_run() - run a script whose operations all can run here.
 * @answers: one for each operation
 * @err: a process of the script, or the host, has died or does not answer
 *
 * Return: 0, or -1 with an error.
 */
int live_run(struct live *live, const struct conform_script *script, struct live_answer *answers,
	     struct err *err);

/* What is missing here to have the half-way state, in a few words; NULL: nothing. */
const char *live_stall_missing(const struct live *live, const struct stall *stall);

/**
 * live_stall_run() - hold a call that can be held here, and see what comes of it.
 * @seen: the outcome is added, in the words of struct stall's seen
 * @err: a process has died or does not answer, or a call that should not fail did
 *
 * Return: 0, or -1 with an error.
 */
int live_stall_run(struct live *live, const struct stall *stall, struct text *seen,
		   struct err *err);

/**
 * live_close() - undo everything, and free it.
 * @err: what could not be undone
 *
 * Return: 0 or -1.
 */
int live_close(struct live *live, struct err *err);

#endif
