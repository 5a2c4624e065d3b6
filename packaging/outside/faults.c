/* SPDX-License-Identifier: MIT */
/* A number of items; one that cannot be opened takes what others took with it. */
#include <errno.h>
#include <fiu.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include <baton/report.h>

static atomic_int used, held;

static int open_item(void)
{
	fiu_return_on("pool/open", (int)(intptr_t)fiu_failinfo());
	return 0;
}

static int pool_get(void)
{
	int before = atomic_fetch_add(&used, 1);
	int error = open_item();

	if (error)
		atomic_store(&used, before); /* what others took meanwhile is lost */
	return error;
}

static void *user(void *arg)
{
	if (pool_get() == 0)
		atomic_fetch_add(&held, 1);
	return arg;
}

static void run(void *arg)
{
	pthread_t threads[2];

	(void)arg;
	atomic_store(&used, 0);
	atomic_store(&held, 0);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, user, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	BATON_ASSERT(atomic_load(&used) == atomic_load(&held));
}

int main(void)
{
	static struct baton_threads threads;
	const struct baton_fault_rule rule = { .point = "pool/*", .error = ENOMEM, .cpu = -1 };
	struct baton_search search = baton_search_all();

	search.faults = &rule;
	search.fault_count = 1;
	return baton_main(baton_threads_init(&threads, "pool", run, NULL, 2), &search);
}
