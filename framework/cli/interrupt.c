/* SPDX-License-Identifier: MIT */
#include "cli/interrupt.h"

#include <string.h>

static volatile sig_atomic_t seen;

static void note(int number)
{
	seen = number;
}

const volatile sig_atomic_t *interrupt_catch(void)
{
	/* Small stacks run: it must not need one of them. */
	struct sigaction action = { .sa_handler = note, .sa_flags = SA_ONSTACK | SA_RESTART };

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	return &seen;
}

void interrupt_pass_on(void)
{
	if (!seen)
		return;
	signal((int)seen, SIG_DFL);
	raise((int)seen);
}
