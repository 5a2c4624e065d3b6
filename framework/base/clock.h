/* SPDX-License-Identifier: MIT */
/*
 * clock.h - time that has passed, for what may depend on it: when to stop a search, what to
 * show somebody who watches. No execution and no finding does.
 *
 * Layer: base. May include: nothing.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>
#include <sys/types.h>

/**
 * clock_ms() - milliseconds since some moment; never goes back.
 *
 * Cheap enough to be asked after each execution; it ticks every few milliseconds.
 */
uint64_t clock_ms(void);

/* Milliseconds of processor time that @process has used; 0 if it is no more. */
uint64_t clock_used_ms(pid_t process);

#endif
