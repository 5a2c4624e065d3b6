/* SPDX-License-Identifier: MIT */
/*
 * cleanup.c - what a thread does when it ends in the midst of something; and what it cannot do
 * here.
 *
 * Layer: posix. May include: engine.
 */
#include "base/bug.h"
#include "posix/posix.h"

static struct baton_cleanup *innermost[BATON_CPUS_MAX];
static unsigned long execution;

/* Of threads that are no CPUs: a thread-local variable would be copied at each switch. */
static pthread_key_t outside;
static pthread_once_t outside_once = PTHREAD_ONCE_INIT;

static void create_outside(void)
{
	BUG_ON((pthread_key_create)(&outside, NULL) != 0);
}

static struct baton_cleanup *get(void)
{
	if (posix_outside()) {
		(pthread_once)(&outside_once, create_outside);
		return (pthread_getspecific)(outside);
	}
	if (execution != baton_execution())
		for (int i = 0; i < BATON_CPUS_MAX; i++)
			innermost[i] = NULL;
	execution = baton_execution();
	return innermost[baton_cpu()];
}

static void set(struct baton_cleanup *cleanup)
{
	if (posix_outside())
		BUG_ON((pthread_setspecific)(outside, cleanup) != 0);
	else
		innermost[baton_cpu()] = cleanup;
}

void baton_cleanup_push(struct baton_cleanup *cleanup)
{
	cleanup->outer = get();
	set(cleanup);
}

void baton_cleanup_pop(int execute)
{
	struct baton_cleanup *cleanup = get();

	set(cleanup->outer);
	if (execute)
		cleanup->routine(cleanup->arg);
}

void posix_cleanup_all(void)
{
	while (get())
		baton_cleanup_pop(1);
}

int baton_thread_unsupported(const char *what, const char *instead)
{
	if (posix_outside())
		return ENOSYS;
	baton_fail("unsupported", "%s is not simulated: %s", what, instead);
}
