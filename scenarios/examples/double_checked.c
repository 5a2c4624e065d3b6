/* SPDX-License-Identifier: MIT */
/*
 * double_checked.c - something is made at its first use, and the look without the lock.
 *
 *	t1                              t2
 *	1  there is none: takes the lock
 *	2  value = 42
 *	3  it is there
 *	                                4  it is there: no lock
 *	                                5  reads the value
 *
 * Nothing orders 2 before 5: t2 has not taken the lock. So a compiler or a processor may let t2 see
 * 3 and not 2. baton runs steps one after the other, so the value will be 42 here; what it
 * reports is that 3 and 4 are a data race, whichever comes first. The fix stores the pointer with
 * release and loads it with acquire.
 *
 * Automatic: compiled with -fsanitize=thread, which shows baton the plain accesses.
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#include "baton/pthread.h"
#include "baton/report.h"

struct settings {
	int value;
};

static pthread_mutex_t mutex;
static struct settings storage;

#ifdef BUG
static struct settings *settings;
#define load(pointer) (*(pointer))
#define store(pointer, value) (*(pointer) = (value))
#else
static _Atomic(struct settings *) settings;
#define load(pointer) atomic_load_explicit(pointer, memory_order_acquire)
#define store(pointer, value) atomic_store_explicit(pointer, value, memory_order_release)
#endif

static struct settings *get_settings(void)
{
	struct settings *made = load(&settings);

	if (made)
		return made;
	pthread_mutex_lock(&mutex);
	made = load(&settings);
	if (!made) {
		made = &storage;
		made->value = 42;
		store(&settings, made);
	}
	pthread_mutex_unlock(&mutex);
	return made;
}

static void *use(void *arg)
{
	int value = get_settings()->value;

	assert(value == 42);
	return arg;
}

static void run(void *arg)
{
	pthread_t threads[2];

	(void)arg;
	pthread_mutex_init(&mutex, NULL);
	storage.value = 0;
	store(&settings, NULL);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, use, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
}

int main(void)
{
	static struct baton_threads threads;

	return baton_main(baton_threads_init(&threads, "double_checked", run, NULL, 2), NULL);
}
