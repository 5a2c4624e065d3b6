/* SPDX-License-Identifier: MIT */
/*
 * treiber_stack.c - a stack without locks, and the node that comes back (ABA).
 *
 * pop() reads the top node and its successor, and then swaps the top for the successor if the top
 * is still the same. That it is the same does not mean that nothing has happened:
 *
 *	t1 pops                         t2 pops two, and pushes the first one again
 *	1  top is A
 *	2  behind A comes B
 *	                                3  pops A, top is B
 *	                                4  pops B, the stack is empty
 *	                                5  pushes A, top is A
 *	6  top is A: it becomes B
 *
 * Now B is on the stack, and t2 has it. The fix numbers the tops: each swap adds one, so A as it
 * comes back is another top.
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "baton/pthread.h"
#include "baton/report.h"

#define NODES 2u
#define NONE 0xffffu

struct top {
	uint16_t node;  /* index in next[], or NONE */
	uint16_t count; /* of swaps */
};

static _Atomic(struct top) top;
static _Atomic uint16_t next[NODES];
static unsigned int owned[NODES]; /* by threads that have popped it; each looks at its own */

static struct top top_after(struct top old, uint16_t node)
{
#ifdef BUG
	return (struct top){ node, old.count };
#else
	return (struct top){ node, (uint16_t)(old.count + 1) };
#endif
}

static void push(uint16_t node)
{
	struct top old = atomic_load(&top);

	do
		atomic_store(&next[node], old.node);
	while (!atomic_compare_exchange_weak(&top, &old, top_after(old, node)));
}

/* Return: the node that was on top; NONE if there is none. */
static uint16_t pop(void)
{
	struct top old = atomic_load(&top);
	uint16_t behind;

	do {
		if (old.node == NONE)
			return NONE;
		behind = atomic_load(&next[old.node]);
	} while (!atomic_compare_exchange_weak(&top, &old, top_after(old, behind)));
	return old.node;
}

static void *pop_one(void *arg)
{
	uint16_t node = pop();

	if (node != NONE)
		owned[node]++;
	return arg;
}

static void *pop_two_push_one(void *arg)
{
	uint16_t first = pop(), second = pop();

	if (second != NONE)
		owned[second]++;
	if (first != NONE)
		push(first);
	return arg;
}

/* Each node is on the stack, or has one owner. */
static void run(void *arg)
{
	pthread_t threads[2];

	(void)arg;
	atomic_store(&top, ((struct top){ NONE, 0 }));
	for (uint16_t node = 0; node < NODES; node++) {
		owned[node] = 0;
		push(node);
	}
	pthread_create(&threads[0], NULL, pop_one, NULL);
	pthread_create(&threads[1], NULL, pop_two_push_one, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	for (uint16_t node = pop(); node != NONE; node = pop())
		owned[node]++;
	for (uint16_t node = 0; node < NODES; node++)
		assert(owned[node] == 1);
}

int main(void)
{
	static struct baton_threads threads;

	return baton_main(baton_threads_init(&threads, "treiber_stack", run, NULL, 2), NULL);
}
