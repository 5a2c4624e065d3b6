/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/vec.h"
#include "cli/code.h"

TestSuite(code, .timeout = 10);

/* From the worst to the best. */
static const enum code order[] = {
	CODE_BUG, CODE_DIVERGED, CODE_FAIL, CODE_ERROR, CODE_INCONCLUSIVE, CODE_NONE, CODE_OK,
};

Test(code, worst_wins)
{
	for (size_t i = 0; i < ARRAY_SIZE(order); i++)
		for (size_t j = i; j < ARRAY_SIZE(order); j++) {
			cr_expect_eq(code_worse(order[i], order[j]), order[i]);
			cr_expect_eq(code_worse(order[j], order[i]), order[i]);
		}
}

Test(code, git_bisect_sees_only_verdicts)
{
	static const int expected[] = { 0, 1, 125, 125, 125, 125, 255, 255 };

	for (int i = 0; i < (int)ARRAY_SIZE(expected); i++)
		cr_expect_eq(code_for_git_bisect(W_EXITCODE(i, 0)), expected[i], "exit code %d", i);
	cr_expect_eq(code_for_git_bisect(W_EXITCODE(0, SIGSEGV)), 255);
	cr_expect_eq(code_for_git_bisect(W_EXITCODE(0, SIGKILL)), 255);
}
