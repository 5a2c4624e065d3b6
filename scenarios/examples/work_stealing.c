/* SPDX-License-Identifier: MIT */
/*
 * work_stealing.c - the deque of Chase and Lev, and the last task, which is done twice.
 *
 * The owner takes tasks from the bottom, thieves take them from the top. As long as there are two
 * they do not meet. For the last one they do:
 *
 *	owner                           thief
 *	                                1  top is 0, bottom is 1: there is one
 *	                                2  takes the task at 0
 *	3  bottom becomes 0
 *	4  top is 0: it is the last one
 *	5  takes the task at 0
 *	                                6  top is still 0: becomes 1
 *	7  top becomes 1
 *
 * The fix moves the top as a thief does, by compare-and-exchange: only one of the two can.
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "baton/pthread.h"
#include "baton/report.h"

#define TASKS 2
#define NOTHING (-1)

static atomic_int top, bottom;
static atomic_int tasks[TASKS];
static int done[TASKS + 1][TASKS]; /* by each thread */

static void push(int task)
{
	int at = atomic_load(&bottom);

	atomic_store(&tasks[at % TASKS], task);
	atomic_store(&bottom, at + 1);
}

static int pop(void)
{
	int at = atomic_load(&bottom) - 1, first, task = NOTHING;

	atomic_store(&bottom, at);
	first = atomic_load(&top);
	if (first <= at)
		task = atomic_load(&tasks[at % TASKS]);
	if (first < at)
		return task;
#ifdef BUG
	if (first == at)
		atomic_store(&top, first + 1);
#else
	if (first == at && !atomic_compare_exchange_strong(&top, &first, first + 1))
		task = NOTHING;
#endif
	atomic_store(&bottom, at + 1);
	return task;
}

static int steal(void)
{
	int first = atomic_load(&top), task;

	if (first >= atomic_load(&bottom))
		return NOTHING;
	task = atomic_load(&tasks[first % TASKS]);
	return atomic_compare_exchange_strong(&top, &first, first + 1) ? task : NOTHING;
}

static void *thief(void *arg)
{
	int *mine = arg, task = steal();

	if (task != NOTHING)
		mine[task]++;
	return arg;
}

static void run(void *arg)
{
	pthread_t threads[TASKS];

	(void)arg;
	atomic_store(&top, 0);
	atomic_store(&bottom, 0);
	for (int i = 0; i < TASKS; i++) {
		for (int j = 0; j <= TASKS; j++)
			done[j][i] = 0;
		push(i);
	}
	for (int i = 0; i < TASKS; i++)
		pthread_create(&threads[i], NULL, thief, done[i]);
	for (int task = pop(); task != NOTHING; task = pop())
		done[TASKS][task]++;
	for (int i = 0; i < TASKS; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < TASKS; i++)
		assert(done[0][i] + done[1][i] + done[2][i] == 1);
}

int main(void)
{
	static struct baton_threads threads;

	return baton_main(baton_threads_init(&threads, "work_stealing", run, NULL, TASKS), NULL);
}
