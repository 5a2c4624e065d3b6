/* SPDX-License-Identifier: MIT */
/*
 * once.c - pthread_once_t, of which PTHREAD_ONCE_INIT is 0.
 *
 * Layer: posix. May include: engine.
 */
#include "posix/posix.h"

_Static_assert(PTHREAD_ONCE_INIT == 0, "the state of a new one");

#define DONE (-1)

/* Nobody runs the routine: it has been run, or will be by who asks. */
static bool ready(const void *object)
{
	const pthread_once_t *once = object;

	return *once <= 0;
}

static int holder(const void *object)
{
	const pthread_once_t *once = object;

	return *once - 1;
}

static const struct baton_wait once_wait = { ready, holder, NULL };

int baton_thread_once(baton_place here, pthread_once_t *once, void (*routine)(void))
{
	if (posix_outside())
		return (pthread_once)(once, routine);
	baton_block(here, once, BATON_LOCK, &once_wait);
	if (*once == DONE)
		return 0;
	*once = posix_self();
	routine();
	baton_access(here, once, BATON_UNLOCK);
	*once = DONE;
	return 0;
}
