/* SPDX-License-Identifier: MIT */
/* pin_test.c - a race as a Criterion test suite: an example to copy. */
#include "baton/criterion.h"
#include "scenarios/programs/programs.h"

TestSuite(pin, .timeout = 60);

Test(pin, never_freed_while_pinned)
{
	baton_assert_never(pin_program(2), NULL);
}

Test(pin, needs_the_second_look)
{
	baton_assert_sometimes(pinbug_program(2), NULL, "freed_in_use");
}
