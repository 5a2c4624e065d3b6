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

#include "baton/sim.h"
#include "engine/crash.h"

void __assert_fail(const char *assertion, const char *file, unsigned int line, const char *function)
{
	if (crash_in_fiber())
		baton_fail("assert", "%s:%u: %s: assertion '%s' failed", file, line, function,
			   assertion);
	fprintf(stderr, "%s:%u: %s: Assertion `%s' failed.\n", file, line, function, assertion);
	abort();
}
