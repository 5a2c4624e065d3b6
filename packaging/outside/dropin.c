/* SPDX-License-Identifier: MIT */
/* Two threads add to one balance: each loads it, then stores it. */
#include <pthread.h>
#include <stdatomic.h>

#include <baton/report.h>

static atomic_int balance;

static void *deposit(void *arg)
{
	int was = atomic_load(&balance);

	atomic_store(&balance, was + 1);
	return arg;
}

static void run(void *arg)
{
	pthread_t threads[2];

	(void)arg;
	atomic_store(&balance, 0);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, deposit, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	BATON_ASSERT(atomic_load(&balance) == 2);
}

int main(void)
{
	static struct baton_threads threads;

	return baton_main(baton_threads_init(&threads, "bank", run, NULL, 2), NULL);
}
