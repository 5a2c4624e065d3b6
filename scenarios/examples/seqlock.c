/* SPDX-License-Identifier: MIT */
/*
 * seqlock.c - readers that look again if a writer came, and one that was there all the time.
 *
 * The writer makes the sequence odd, writes, and makes it even. A reader that finds the same number
 * before and after has read what belongs together, if the number was even:
 *
 *	reader                          writer
 *	                                1  sequence is 1
 *	                                2  x = 1
 *	3  sequence is 1
 *	4  x is 1
 *	5  y is 0
 *	6  sequence is 1: the same
 *	                                7  y = 1
 *	                                8  sequence is 2
 *
 * The fix waits for an even number before it reads. That each access of x and y is atomic does not
 * help; that it is, is what C11 asks for.
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

#include "baton/pthread.h"
#include "baton/report.h"

static atomic_uint sequence;
static atomic_int x, y;

static void write_both(int value)
{
	atomic_fetch_add(&sequence, 1);
	atomic_store_explicit(&x, value, memory_order_relaxed);
	atomic_store_explicit(&y, value, memory_order_relaxed);
	atomic_fetch_add(&sequence, 1);
}

static unsigned int read_begin(void)
{
	unsigned int begun = atomic_load(&sequence);

#ifndef BUG
	while (begun & 1)
		begun = atomic_load(&sequence);
#endif
	return begun;
}

static void *reader(void *arg)
{
	unsigned int begun;
	int seen_x, seen_y;

	do {
		begun = read_begin();
		seen_x = atomic_load_explicit(&x, memory_order_relaxed);
		seen_y = atomic_load_explicit(&y, memory_order_relaxed);
	} while (atomic_load(&sequence) != begun);
	assert(seen_x == seen_y);
	return arg;
}

static void *writer(void *arg)
{
	write_both(1);
	write_both(2);
	return arg;
}

static void run(void *arg)
{
	pthread_t threads[2];

	(void)arg;
	atomic_store(&sequence, 0);
	atomic_store(&x, 0);
	atomic_store(&y, 0);
	pthread_create(&threads[0], NULL, reader, NULL);
	pthread_create(&threads[1], NULL, writer, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

int main(void)
{
	static struct baton_threads threads;

	return baton_main(baton_threads_init(&threads, "seqlock", run, NULL, 2), NULL);
}
