/* SPDX-License-Identifier: MIT */
#include "cli/code.h"

#include <sys/wait.h>

#define GIT_BISECT_SKIP 125
#define GIT_BISECT_STOP 255

static int badness(enum code code)
{
	static const int order[] = {
		[CODE_OK] = 0,   [CODE_NONE] = 1,     [CODE_INCONCLUSIVE] = 2, [CODE_ERROR] = 3,
		[CODE_FAIL] = 4, [CODE_DIVERGED] = 5, [CODE_BUG] = 6,
	};

	return order[code];
}

enum code code_worse(enum code a, enum code b)
{
	return badness(a) > badness(b) ? a : b;
}

int code_for_git_bisect(int status)
{
	if (!WIFEXITED(status) || WEXITSTATUS(status) >= CODE_BUG)
		return GIT_BISECT_STOP;
	if (WEXITSTATUS(status) == CODE_OK || WEXITSTATUS(status) == CODE_FAIL)
		return WEXITSTATUS(status);
	return GIT_BISECT_SKIP;
}
