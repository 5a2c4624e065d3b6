/* SPDX-License-Identifier: MIT */
/*
 * plain_assert.c - a test without any framework: assert(), main(), and an exit code.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "baton/report.h"
#include "scenarios/examples/judged/programs.h"

/* Print what is not as it should be. Return: is all well? */
static bool never(const struct baton_program *program)
{
	char *why = baton_judge(program, NULL, BATON_NEVER, NULL, "");
	bool well = !why;

	if (why)
		fputs(why, stderr);
	free(why);
	return well;
}

int main(void)
{
	assert(never(safe_bank_program()));
	assert(never(bank_program()));
	return 0;
}
