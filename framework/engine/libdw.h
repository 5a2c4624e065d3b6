/* SPDX-License-Identifier: MIT */
/*
 * libdw.h - libdw, which does not survive every lack of memory, or says nothing of it.
 *
 * Some of its functions use what malloc() did not give them, others fail an assertion, and most
 * say that what is asked for is not known: a place without its line, which looks like a result.
 * Between libdw_begin() and libdw_end() all of that ends the process like any other lack of
 * memory: with a message and exit code 2. So does a file that cannot be read now.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_LIBDW_H
#define ENGINE_LIBDW_H

/* Before calls of libdw: not nested. Context: not on a CPU. Does not switch. */
void libdw_begin(void);

/*
 * Behind a call whose failure would look like an answer, and whose errno might be lost before
 * libdw_end(), which looks at it too. May not return.
 */
void libdw_check(void);

/* Behind them: signals do what they did before. May not return. */
void libdw_end(void);

#endif
