/* SPDX-License-Identifier: MIT */
/*
 * bounded_buffer.c - a buffer with room for one item, and a signal that wakes the wrong thread.
 *
 * Producers wait for room and consumers for an item. If both wait for one condition variable, a
 * signal that is meant for the one may wake the other, which looks, and waits again:
 *
 *	t1 takes            t2 takes            main puts two
 *	1  nothing: waits
 *	                    2  nothing: waits
 *	                                        3  puts an item, wakes t1
 *	                                        4  no room: waits
 *	5  takes the item,
 *	   wakes t2
 *	                    6  nothing: waits
 *
 * There is room, but the signal that said so is used up. The fix: a condition variable for room and
 * one for items, so whoever is woken can go on.
 */
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>

#include "baton/pthread.h"
#include "baton/report.h"

static pthread_mutex_t mutex;
static pthread_cond_t has_item, has_room;
static int item; /* 0: there is none */
static int sum;  /* of what was taken */

#ifdef BUG
#define ROOM (&has_item)
#else
#define ROOM (&has_room)
#endif

static void put(int value)
{
	pthread_mutex_lock(&mutex);
	while (item)
		pthread_cond_wait(ROOM, &mutex);
	item = value;
	pthread_cond_signal(&has_item);
	pthread_mutex_unlock(&mutex);
}

static int take(void)
{
	int value;

	pthread_mutex_lock(&mutex);
	while (!item)
		pthread_cond_wait(&has_item, &mutex);
	value = item;
	item = 0;
	sum += value;
	pthread_cond_signal(ROOM);
	pthread_mutex_unlock(&mutex);
	return value;
}

static void *consume(void *arg)
{
	assert(take());
	return arg;
}

static void run(void *arg)
{
	pthread_t threads[2];

	(void)arg;
	pthread_mutex_init(&mutex, NULL);
	pthread_cond_init(&has_item, NULL);
	pthread_cond_init(&has_room, NULL);
	item = sum = 0;
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, consume, NULL);
	put(1);
	put(2);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert(sum == 3);
}

int main(void)
{
	static struct baton_threads threads;

	return baton_main(baton_threads_init(&threads, "bounded_buffer", run, NULL, 2), NULL);
}
