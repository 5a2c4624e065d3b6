/* SPDX-License-Identifier: MIT */
/*
 * asleep.h - does another process wait for something in the kernel?
 *
 * Layer: base. May include: nothing.
 */
#ifndef BASE_ASLEEP_H
#define BASE_ASLEEP_H

#include <sys/types.h>

/**
 * asleep_in() - ask the system what @process does just now.
 *
 * Return: the system call in which it sleeps: "futex", "" for one without a name here; NULL: it
 *	   runs, or could, or is no more; and where it writes: what it prints waits for its reader.
 *	   Static storage.
 */
const char *asleep_in(pid_t process);

#endif
