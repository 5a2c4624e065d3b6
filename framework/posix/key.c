/* SPDX-License-Identifier: MIT */
/*
 * key.c - thread-specific values. They are those of one execution, as its CPUs are.
 *
 * Layer: posix. May include: engine.
 */
#include <limits.h>
#include <string.h>

#include "baton/injector.h"
#include "posix/posix.h"

#define KEYS_MAX 64

/* Key 0 is not given out: who forgets to create one is told. */
static struct {
	unsigned long execution;
	unsigned int count;
	bool used[KEYS_MAX];
	void (*destructors[KEYS_MAX])(void *value);
	const void *values[KEYS_MAX][BATON_CPUS_MAX];
} keys;

static void begin(void)
{
	if (keys.execution == baton_execution())
		return;
	memset(&keys, 0, sizeof(keys));
	keys.execution = baton_execution();
	keys.count = 1;
}

static bool is_key(pthread_key_t key)
{
	begin();
	return key < keys.count && keys.used[key];
}

int baton_key_create(pthread_key_t *key, void (*destructor)(void *value))
{
	if (posix_outside())
		return (pthread_key_create)(key, destructor);
	begin();
	if (keys.count == KEYS_MAX)
		return EAGAIN;
	*key = keys.count++;
	keys.used[*key] = true;
	keys.destructors[*key] = destructor;
	return 0;
}

int baton_key_delete(pthread_key_t key)
{
	if (posix_outside())
		return (pthread_key_delete)(key);
	if (!is_key(key))
		return EINVAL;
	keys.used[key] = false;
	return 0;
}

void *baton_key_get(pthread_key_t key)
{
	if (posix_outside())
		return (pthread_getspecific)(key);
	return is_key(key) ? (void *)(uintptr_t)keys.values[key][baton_cpu()] : NULL;
}

int baton_key_set(pthread_key_t key, const void *value)
{
	if (posix_outside())
		return (pthread_setspecific)(key, value);
	if (!is_key(key))
		return EINVAL;
	keys.values[key][baton_cpu()] = value;
	return 0;
}

/* Run the destructors once. Return: was there one to run? */
static bool destroy_values(void)
{
	bool any = false;

	for (unsigned int key = 1; key < keys.count; key++) {
		const void *value = keys.values[key][baton_cpu()];

		if (!keys.used[key] || !keys.destructors[key] || !value)
			continue;
		keys.values[key][baton_cpu()] = NULL;
		keys.destructors[key]((void *)(uintptr_t)value);
		any = true;
	}
	return any;
}

/* A destructor may set values again. */
void posix_keys_end(void)
{
	begin();
	for (int round = 0; round < PTHREAD_DESTRUCTOR_ITERATIONS; round++)
		if (!destroy_values())
			return;
}
