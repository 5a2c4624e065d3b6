/* SPDX-License-Identifier: MIT */
/*
 * ms_queue.c - the queue of Michael and Scott, and a value that is read too late.
 *
 * The first node of the queue is a dummy: who takes it away makes the next one the dummy, and has
 * the value of that. As soon as that is done, somebody else may take this one away, too, and use
 * it again:
 *
 *	t1 dequeues                     t2 dequeues, and enqueues 3 in the node that it got
 *	1  head is N0, behind it N1 (1)
 *	2  head becomes N1
 *	                                3  head becomes N2, its value is 2
 *	                                4  N1 is free: its value becomes 3
 *	                                5  N1 comes behind N2
 *	6  reads the value of N1: 3
 *
 * 1 is lost, and 3 will be there twice. The fix reads the value before step 2: if the head is
 * then still the same, the value was the right one.
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "baton/pthread.h"
#include "baton/report.h"

struct node {
	_Atomic int value;
	_Atomic(struct node *) next;
};

static struct node nodes[3];
static _Atomic(struct node *) head, tail;
static int taken[2]; /* values that the threads have got */

/* @node: is the queue's from now on */
static void enqueue(struct node *node, int value)
{
	struct node *last, *behind;

	atomic_store(&node->value, value);
	atomic_store(&node->next, NULL);
	for (;;) {
		last = atomic_load(&tail);
		behind = NULL;
		if (atomic_compare_exchange_strong(&last->next, &behind, node))
			break;
		/* Somebody else's node is there: help, and try again. */
		atomic_compare_exchange_strong(&tail, &last, behind);
	}
	atomic_compare_exchange_strong(&tail, &last, node);
}

/* @behind becomes the first one, in place of @first. Return: did it? */
static bool move_head(struct node *first, struct node *behind, int *value)
{
#ifdef BUG
	if (!atomic_compare_exchange_strong(&head, &first, behind))
		return false;
	*value = atomic_load(&behind->value);
	return true;
#else
	*value = atomic_load(&behind->value);
	return atomic_compare_exchange_strong(&head, &first, behind);
#endif
}

/* Return: a node that is free now; NULL if the queue is empty. */
static struct node *dequeue(int *value)
{
	for (;;) {
		struct node *first = atomic_load(&head), *last = atomic_load(&tail);
		struct node *behind = atomic_load(&first->next);

		if (first != atomic_load(&head))
			continue;
		if (!behind)
			return NULL;
		if (first == last)
			atomic_compare_exchange_strong(&tail, &last, behind);
		else if (move_head(first, behind, value))
			return first;
	}
}

static void *take(void *arg)
{
	dequeue(&taken[0]);
	return arg;
}

static void *take_and_give(void *arg)
{
	struct node *node = dequeue(&taken[1]);

	enqueue(node, 3);
	return arg;
}

static void run(void *arg)
{
	pthread_t threads[2];
	int left = 0;

	(void)arg;
	atomic_store(&nodes[0].next, NULL);
	atomic_store(&head, &nodes[0]);
	atomic_store(&tail, &nodes[0]);
	enqueue(&nodes[1], 1);
	enqueue(&nodes[2], 2);
	pthread_create(&threads[0], NULL, take, NULL);
	pthread_create(&threads[1], NULL, take_and_give, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	dequeue(&left);
	assert(left == 3);
	assert(taken[0] + taken[1] == 1 + 2);
}

int main(void)
{
	static struct baton_threads threads;

	return baton_main(baton_threads_init(&threads, "ms_queue", run, NULL, 2), NULL);
}
