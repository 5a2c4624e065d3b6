/* SPDX-License-Identifier: MIT */
/*
 * philosophers.c - three philosophers, three forks, and nobody eats.
 *
 *	t1                      t2                      t3
 *	1  takes fork 0
 *	                        2  takes fork 1
 *	                                                3  takes fork 2
 *	4  waits for fork 1
 *	                        5  waits for fork 2
 *	                                                6  waits for fork 0
 *
 * The fix: everybody takes the fork with the smaller number first. Who has the one with the
 * largest number then waits for nobody.
 */
#include <assert.h>
#include <pthread.h>

#include "baton/pthread.h"
#include "baton/report.h"

#define SEATS 3

static pthread_mutex_t forks[SEATS];
static int users[SEATS]; /* of the fork */

static void eat(int left, int right)
{
	users[left]++;
	users[right]++;
	assert(users[left] == 1 && users[right] == 1);
	users[left]--;
	users[right]--;
}

static void *dine(void *arg)
{
	int left = *(const int *)arg, right = (left + 1) % SEATS;
	int first = left, second = right;

#ifndef BUG
	if (first > second) {
		first = right;
		second = left;
	}
#endif
	pthread_mutex_lock(&forks[first]);
	pthread_mutex_lock(&forks[second]);
	eat(left, right);
	pthread_mutex_unlock(&forks[second]);
	pthread_mutex_unlock(&forks[first]);
	return arg;
}

static void run(void *arg)
{
	static int seats[SEATS];
	pthread_t threads[SEATS];

	(void)arg;
	for (int i = 0; i < SEATS; i++) {
		seats[i] = i;
		users[i] = 0;
		pthread_mutex_init(&forks[i], NULL);
	}
	for (int i = 0; i < SEATS; i++)
		pthread_create(&threads[i], NULL, dine, &seats[i]);
	for (int i = 0; i < SEATS; i++)
		pthread_join(threads[i], NULL);
}

int main(void)
{
	static struct baton_threads threads;

	return baton_main(baton_threads_init(&threads, "philosophers", run, NULL, SEATS), NULL);
}
