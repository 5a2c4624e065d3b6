/* SPDX-License-Identifier: MIT */
/*
 * assert.c - assert() of the code under test.
 *
 * This definition wins over the C library's: in a fiber, a failing assert() becomes a
 * finding with its text, and nothing is printed.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "baton/sim.h"
#include "engine/crash.h"

/* gcc passes the name, clang the whole declaration: "void f(int)". */
static const char *bare_name(const char *function, int *length)
{
	size_t end = strcspn(function, "(");
	size_t start = end;

	while (start && function[start - 1] != ' ' && function[start - 1] != '*')
		start--;
	*length = (int)(end - start);
	return function + start;
}

/* Seen from outside of the library, too: baton/decl.h. */
BATON_BEGIN
void __assert_fail(const char *assertion, const char *file, unsigned int line, const char *function)
{
	int length;
	const char *name = bare_name(function, &length);

	if (crash_in_fiber())
		baton_fail("assert", "%s:%u: %.*s: assertion '%s' failed", file, line, length, name,
			   assertion);
	fprintf(stderr, "%s:%u: %.*s: Assertion `%s' failed.\n", file, line, length, name,
		assertion);
	abort();
}
BATON_END
