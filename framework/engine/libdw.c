/* SPDX-License-Identifier: MIT */
#include "engine/libdw.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "base/give_up.h"
#include "base/vec.h"

static const int signals[] = { SIGSEGV, SIGBUS, SIGABRT };

/* What libdw_end() puts back. */
static struct sigaction before[ARRAY_SIZE(signals)];
static bool caught[ARRAY_SIZE(signals)];

static void end(int signal)
{
	(void)signal;
	out_of_memory();
}

/*
 * That there is no such file, or that it knows nothing, is an answer. This is none, and may be
 * gone the next time.
 */
static bool is_trouble(int error)
{
	return error == ENOMEM || error == EIO || error == EMFILE || error == ENFILE;
}

void libdw_check(void)
{
	char why[120];

	if (errno == ENOMEM)
		out_of_memory();
	if (!is_trouble(errno))
		return;
	(void)snprintf(why, sizeof(why), "places of the source cannot be read: %s",
		       strerror(errno));
	give_up(why);
}

void libdw_begin(void)
{
	const struct sigaction action = { .sa_handler = end };

	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		caught[i] = !sigaction(signals[i], &action, &before[i]);
	errno = 0;
}

/* A handler that stayed would take what the code under test does for a lack of memory. */
void libdw_end(void)
{
	libdw_check();
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		BUG_ON(caught[i] && sigaction(signals[i], &before[i], NULL) &&
		       sigaction(signals[i], &before[i], NULL));
}
