/* SPDX-License-Identifier: MIT */
/*
 * mcs_lock.c - a queue of waiters that spin on their own node, and one that nobody wakes.
 *
 * Who takes the lock first puts its node at the tail, and then tells the node before it. Between
 * the two it is in the queue, and its predecessor does not know it:
 *
 *	t1 has the lock, and gives it up        t2 takes it
 *	                                        1  the tail is its node; before it is t1's
 *	2  nobody is behind its node
 *	3  so the tail is nobody
 *	                                        4  it is behind t1's node
 *	                                        5  waits until t1 tells it to go on
 *
 * The fix empties the tail only if it still is t1's node, and else waits for step 4.
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "baton/pthread.h"
#include "baton/report.h"

struct node {
	_Atomic(struct node *) next;
	atomic_bool waits;
};

static _Atomic(struct node *) tail;
static atomic_int inside;

static void lock(struct node *node)
{
	struct node *before;

	atomic_store(&node->next, NULL);
	atomic_store(&node->waits, true);
	before = atomic_exchange(&tail, node);
	if (!before)
		return;
	atomic_store(&before->next, node);
	while (atomic_load(&node->waits))
		;
}

static void unlock(struct node *node)
{
	if (!atomic_load(&node->next)) {
#ifdef BUG
		atomic_store(&tail, NULL);
		return;
#else
		struct node *last = node;

		if (atomic_compare_exchange_strong(&tail, &last, NULL))
			return;
		while (!atomic_load(&node->next))
			;
#endif
	}
	atomic_store(&atomic_load(&node->next)->waits, false);
}

static void *take(void *arg)
{
	struct node *node = arg;

	lock(node);
	assert(atomic_fetch_add(&inside, 1) == 0);
	atomic_fetch_sub(&inside, 1);
	unlock(node);
	return arg;
}

static void run(void *arg)
{
	static struct node nodes[2];
	pthread_t threads[2];

	(void)arg;
	atomic_store(&tail, NULL);
	atomic_store(&inside, 0);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, take, &nodes[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
}

int main(void)
{
	static struct baton_threads threads;

	return baton_main(baton_threads_init(&threads, "mcs_lock", run, NULL, 2), NULL);
}
