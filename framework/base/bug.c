/* SPDX-License-Identifier: MIT */
#include "base/bug.h"

#include <stdio.h>
#include <stdlib.h>

static void (*listens)(const char *what);

void bug_listen(void (*listener)(const char *what))
{
	listens = listener;
}

void bug(const char *file, int line, const char *condition)
{
	void (*listener)(const char *) = listens;
	char what[300];

	(void)snprintf(what, sizeof(what), "%s:%d: %s", file, line, condition);
	listens = NULL; /* one more, in there, is told as it is */
	if (listener)
		listener(what);
	else
		(void)fprintf(stderr,
			      "BUG: %s\nThis is a mistake of baton, not of the code under test.\n",
			      what);
	_Exit(BUG_EXIT_CODE);
}
