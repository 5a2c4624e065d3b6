/* SPDX-License-Identifier: MIT */
#include "base/bug.h"

#include <stdio.h>
#include <stdlib.h>

void bug(const char *file, int line, const char *condition)
{
	fprintf(stderr, "BUG: %s:%d: %s\nThis is a mistake of baton, not of the code under test.\n",
		file, line, condition);
	_Exit(BUG_EXIT_CODE);
}
