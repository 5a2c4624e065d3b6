/* SPDX-License-Identifier: MIT */
/*
 * hash_table.c - open addressing without locks, and a slot that is used again.
 *
 * A slot is claimed by its key, and then has a value. Two words cannot be read at once: between
 * them the slot may get another key:
 *
 *	t1 looks up 1                   t2 removes 1, inserts 2
 *	1  slot 0 has the key 1
 *	                                2  slot 0 has no key
 *	                                3  claims slot 0 for the key 2
 *	                                4  its value is 20
 *	5  reads the value: 20
 *
 * The fix: a key, once there, stays. Removing takes away the value only, and the next one who
 * inserts that key finds its slot. Slots come back when the table is copied to a larger one.
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "baton/pthread.h"
#include "baton/report.h"

#define SLOTS 2u
#define EMPTY 0
#define ABSENT 0

static struct {
	atomic_int key, value;
} slots[SLOTS];

/* Return: the slot of @key, claimed for it; SLOTS if the table is full. */
static unsigned int claim(int key)
{
	for (unsigned int i = 0; i < SLOTS; i++) {
		int old = EMPTY;

		if (atomic_compare_exchange_strong(&slots[i].key, &old, key) || old == key)
			return i;
	}
	return SLOTS;
}

static void insert(int key, int value)
{
	unsigned int i = claim(key);

	assert(i < SLOTS);
	atomic_store(&slots[i].value, value);
}

static int look_up(int key)
{
	for (unsigned int i = 0; i < SLOTS; i++)
		if (atomic_load(&slots[i].key) == key)
			return atomic_load(&slots[i].value);
	return ABSENT;
}

static void remove_key(int key)
{
	for (unsigned int i = 0; i < SLOTS; i++) {
		if (atomic_load(&slots[i].key) != key)
			continue;
		atomic_store(&slots[i].value, ABSENT);
#ifdef BUG
		atomic_store(&slots[i].key, EMPTY);
#endif
	}
}

static void *reader(void *arg)
{
	int value = look_up(1);

	assert(value == ABSENT || value == 10);
	return arg;
}

static void *writer(void *arg)
{
	remove_key(1);
	insert(2, 20);
	assert(look_up(2) == 20);
	return arg;
}

static void run(void *arg)
{
	pthread_t threads[2];

	(void)arg;
	for (unsigned int i = 0; i < SLOTS; i++) {
		atomic_store(&slots[i].key, EMPTY);
		atomic_store(&slots[i].value, ABSENT);
	}
	insert(1, 10);
	pthread_create(&threads[0], NULL, reader, NULL);
	pthread_create(&threads[1], NULL, writer, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

int main(void)
{
	static struct baton_threads threads;

	return baton_main(baton_threads_init(&threads, "hash_table", run, NULL, 2), NULL);
}
