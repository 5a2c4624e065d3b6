/* SPDX-License-Identifier: MIT */
/*
 * libdw.h - libdw, which does not survive every lack of memory.
 *
 * Some of its functions use what malloc() did not give them, others fail an assertion. Between
 * libdw_begin() and libdw_end() that ends the process like any other lack of memory: with a
 * message and exit code 2.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_LIBDW_H
#define ENGINE_LIBDW_H

/* Before calls of libdw: not nested. Context: not on a CPU. Does not switch. */
void libdw_begin(void);

/* Behind them: signals do what they did before. */
void libdw_end(void);

#endif
