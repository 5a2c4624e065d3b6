/* SPDX-License-Identifier: MIT */
#include "cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A longer line would wrap, and only its last part be erased. */
#define PROGRESS_WIDTH 79

static bool active;

void progress_init(bool quiet)
{
	const char *terminal = getenv("TERM"), *ci = getenv("CI");

	active = !quiet && isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb") != 0 &&
		 !(ci && *ci);
}

void progress_show(const char *scenario, const char *variant, const char *cell)
{
	char line[PROGRESS_WIDTH + 1];

	if (!active)
		return;
	fflush(stdout);
	snprintf(line, sizeof(line), "exploring %s %s %s", scenario, variant, cell);
	fprintf(stderr, "\r\033[K%s", line);
}

void progress_erase(void)
{
	if (active)
		fputs("\r\033[K", stderr);
}
