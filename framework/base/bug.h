/* SPDX-License-Identifier: MIT */
/*
 * bug.h - mistakes of baton itself: say where, and stop with exit code 6.
 *
 * Layer: base. May include: nothing.
 */
#ifndef BASE_BUG_H
#define BASE_BUG_H

/* Exit code of a BUG: the framework broke its own rules. */
#define BUG_EXIT_CODE 6

/**
 * bug() - report a broken invariant of baton on stderr and exit with BUG_EXIT_CODE.
 */
_Noreturn void bug(const char *file, int line, const char *condition);

/*
 * In a process of baton's whose end is told by another one: have @listener called instead of
 * writing to stderr, with "file:line: condition". It may find that there is no BUG of baton's.
 */
void bug_listen(void (*listener)(const char *what));

#define BUG_ON(condition)                                    \
	do {                                                 \
		if (condition)                               \
			bug(__FILE__, __LINE__, #condition); \
	} while (0)

#endif
