/* SPDX-License-Identifier: MIT */
/*
 * ticket_lock.c - a lock that is taken in turn, and a trylock() that takes somebody else's turn.
 *
 * Nobody has the lock if the next ticket is the one that is served. But a ticket that is drawn
 * after looking may be another one:
 *
 *	t1 tries                        t2 takes it
 *	1  next is 0
 *	2  serving is 0: it is free
 *	                                3  draws ticket 0
 *	4  draws ticket 1
 *	5  is inside
 *	                                6  serving is 0: is inside, too
 *
 * The fix draws the ticket only if it is still the one that is served.
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "baton/pthread.h"
#include "baton/report.h"

static atomic_uint next, serving;
static atomic_int inside;

static void lock(void)
{
	unsigned int ticket = atomic_fetch_add(&next, 1);

	while (atomic_load(&serving) != ticket)
		;
}

static bool trylock(void)
{
#ifdef BUG
	if (atomic_load(&next) != atomic_load(&serving))
		return false;
	atomic_fetch_add(&next, 1);
	return true;
#else
	unsigned int ticket = atomic_load(&serving);

	return atomic_compare_exchange_strong(&next, &ticket, ticket + 1);
#endif
}

static void unlock(void)
{
	atomic_fetch_add(&serving, 1);
}

static void work(void)
{
	int others = atomic_fetch_add(&inside, 1);

	assert(others == 0);
	atomic_fetch_sub(&inside, 1);
}

static void *try_once(void *arg)
{
	if (trylock()) {
		work();
		unlock();
	}
	return arg;
}

static void *take(void *arg)
{
	lock();
	work();
	unlock();
	return arg;
}

static void run(void *arg)
{
	pthread_t threads[3];

	(void)arg;
	atomic_store(&next, 0);
	atomic_store(&serving, 0);
	atomic_store(&inside, 0);
	pthread_create(&threads[0], NULL, try_once, NULL);
	pthread_create(&threads[1], NULL, take, NULL);
	pthread_create(&threads[2], NULL, take, NULL);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
}

int main(void)
{
	static struct baton_threads threads;

	return baton_main(baton_threads_init(&threads, "ticket_lock", run, NULL, 3), NULL);
}
