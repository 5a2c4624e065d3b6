/* SPDX-License-Identifier: MIT */
/* stop.c - a BUG, in place of base/bug.c: a fuzzer sees a signal, but no exit code. */
#include <stdio.h>
#include <stdlib.h>

#include "base/bug.h"

void bug(const char *file, int line, const char *condition)
{
	fprintf(stderr, "BUG: %s:%d: %s\n", file, line, condition);
	abort();
}

void bug_listen(void (*listener)(const char *what))
{
	(void)listener;
}
