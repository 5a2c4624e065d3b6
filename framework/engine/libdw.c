/* SPDX-License-Identifier: MIT */
#include "engine/libdw.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/bug.h"
#include "base/vec.h"

static const int signals[] = { SIGSEGV, SIGBUS, SIGABRT };

/* What libdw_end() puts back. */
static struct sigaction before[ARRAY_SIZE(signals)];
static bool caught[ARRAY_SIZE(signals)];

static void give_up(int signal)
{
	(void)signal;
	out_of_memory();
}

void libdw_begin(void)
{
	const struct sigaction action = { .sa_handler = give_up };

	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		caught[i] = !sigaction(signals[i], &action, &before[i]);
}

/* A handler that stayed would take what the code under test does for a lack of memory. */
void libdw_end(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		BUG_ON(caught[i] && sigaction(signals[i], &before[i], NULL) &&
		       sigaction(signals[i], &before[i], NULL));
}
