/* SPDX-License-Identifier: MIT */
/*
 * spsc_ring.c - a ring for one producer and one consumer, and an index that promises nothing.
 *
 *	producer                        consumer
 *	1  writes slot 0
 *	2  tail becomes 1
 *	                                3  tail is 1: there is an item
 *	                                4  reads slot 0
 *
 * The slots are plain memory. If 2 is a relaxed store, it says nothing of 1: on a processor that
 * lets 2 be seen before 1, the consumer reads what was in the slot before. baton runs steps one
 * after the other and has no such processor, but knows what memory orders promise: 1 and 4 are a
 * data race. The fix is a release, and the same for the head, which gives slots back.
 *
 * Automatic: compiled with -fsanitize=thread, which shows baton the plain accesses.
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "baton/pthread.h"
#include "baton/report.h"

#define SLOTS 1u

#ifdef BUG
#define PUBLISH memory_order_relaxed
#else
#define PUBLISH memory_order_release
#endif

static int slots[SLOTS];
static atomic_uint head, tail; /* of what the consumer takes, and the producer puts */

static bool put(int value)
{
	unsigned int at = atomic_load_explicit(&tail, memory_order_relaxed);

	if (at - atomic_load_explicit(&head, memory_order_acquire) == SLOTS)
		return false;
	slots[at % SLOTS] = value;
	atomic_store_explicit(&tail, at + 1, PUBLISH);
	return true;
}

static bool take(int *value)
{
	unsigned int at = atomic_load_explicit(&head, memory_order_relaxed);

	if (at == atomic_load_explicit(&tail, memory_order_acquire))
		return false;
	*value = slots[at % SLOTS];
	atomic_store_explicit(&head, at + 1, PUBLISH);
	return true;
}

static void *producer(void *arg)
{
	if (put(1))
		put(2);
	return arg;
}

static void *consumer(void *arg)
{
	int value;

	for (int expected = 1; take(&value); expected++)
		assert(value == expected);
	return arg;
}

static void run(void *arg)
{
	pthread_t threads[2];

	(void)arg;
	atomic_store(&head, 0);
	atomic_store(&tail, 0);
	pthread_create(&threads[0], NULL, producer, NULL);
	pthread_create(&threads[1], NULL, consumer, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

int main(void)
{
	static struct baton_threads threads;

	return baton_main(baton_threads_init(&threads, "spsc_ring", run, NULL, 2), NULL);
}
