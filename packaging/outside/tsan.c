/* SPDX-License-Identifier: MIT */
/* Two threads add to one balance without a lock. */
#include <pthread.h>

#include <baton/report.h>

static int balance;

static void *deposit(void *arg)
{
	balance++;
	return arg;
}

static void run(void *arg)
{
	pthread_t threads[2];

	(void)arg;
	balance = 0;
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, deposit, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
}

int main(void)
{
	static struct baton_threads threads;

	return baton_main(baton_threads_init(&threads, "bank", run, NULL, 2), NULL);
}
