/* SPDX-License-Identifier: MIT */
#include "engine/libdw.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/vec.h"

static const int signals[] = { SIGSEGV, SIGBUS, SIGABRT };

/* What libdw_end() puts back. */
static struct sigaction before[ARRAY_SIZE(signals)];

/* Nothing of the C library: its state is what libdw has left it in. */
static void give_up(int signal)
{
	static const char message[] = "baton: out of memory: libdw, which finds the lines of the "
				      "source, has crashed\n";

	(void)signal;
	(void)!write(STDERR_FILENO, message, sizeof(message) - 1);
	_Exit(2);
}

/* A signal that goes on to end up here would be taken for what the code under test did. */
static void set(int signal, const struct sigaction *action, struct sigaction *old)
{
	if (!sigaction(signal, action, old))
		return;
	perror("baton: error: cannot catch signals");
	_Exit(2);
}

void libdw_begin(void)
{
	const struct sigaction action = { .sa_handler = give_up };

	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		set(signals[i], &action, &before[i]);
}

void libdw_end(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		set(signals[i], &before[i], NULL);
}
