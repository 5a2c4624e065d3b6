/* SPDX-License-Identifier: MIT */
#include "scenarios/examples/judged/programs.h"

#include <pthread.h>
#include <stdatomic.h>

#include "baton/pthread.h"

static atomic_int balance;

static void *deposit(void *arg)
{
	int was = atomic_load(&balance);

	atomic_store(&balance, was + 1);
	return arg;
}

static void *deposit_at_once(void *arg)
{
	atomic_fetch_add(&balance, 1);
	return arg;
}

static void run_two(void *(*start)(void *arg))
{
	pthread_t threads[2];

	atomic_store(&balance, 0);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, start, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	BATON_ASSERT(atomic_load(&balance) == 2);
}

static void bank(void *arg)
{
	(void)arg;
	run_two(deposit);
}

static void safe_bank(void *arg)
{
	(void)arg;
	run_two(deposit_at_once);
}

static void stuck(void *arg)
{
	static pthread_mutex_t mutex;

	(void)arg;
	pthread_mutex_init(&mutex, NULL);
	pthread_mutex_lock(&mutex);
	pthread_mutex_lock(&mutex);
}

const struct baton_program *bank_program(void)
{
	static struct baton_threads threads;

	return baton_threads_init(&threads, "bank", bank, NULL, 2);
}

const struct baton_program *safe_bank_program(void)
{
	static struct baton_threads threads;

	return baton_threads_init(&threads, "safe_bank", safe_bank, NULL, 2);
}

const struct baton_program *stuck_program(void)
{
	static struct baton_threads threads;

	return baton_threads_init(&threads, "stuck", stuck, NULL, 1);
}
