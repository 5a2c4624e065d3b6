/* SPDX-License-Identifier: MIT */
/*
 * values_test.c - what a table says of values: each atomic operation of C11 tells what it saw, and
 * of pointers to what. Compiled once with <baton/stdatomic.h> and once with -fsanitize=thread
 * (VALUES_TSAN), which knows no types and says which object it was.
 */
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "baton/alloc.h"
#include "baton/pthread.h"
#include "baton/report.h"

static _Atomic(int *) pointer;
static atomic_int number;
static int array[4];
static void *nowhere[2]; /* of the C library's malloc() */

/* Stores one after the other, and fails. */
static void store_pointers(void *arg)
{
	int local = 0;
	int *first = baton_malloc(sizeof(*first)), *second = baton_malloc(2 * sizeof(*second));

	(void)arg;
	atomic_store(&pointer, NULL);
	atomic_store(&pointer, array);
	atomic_store(&pointer, &array[2]);
	atomic_store(&pointer, &local);
	atomic_store(&pointer, first);
	atomic_store(&pointer, second + 1);
	baton_free(second);
	atomic_store(&pointer, second);
	atomic_store(&pointer, nowhere[1]);
	atomic_store(&pointer, nowhere[0]);
	atomic_store(&pointer, nowhere[1]);
	BATON_ASSERT(!first);
}

static void exchange(void *arg)
{
	int *expected = array;

	(void)arg;
	atomic_store(&number, -1);
	(void)atomic_load(&number);
	(void)atomic_fetch_add(&number, 3);
	atomic_store(&pointer, array);
	(void)atomic_exchange(&pointer, array + 1);
	(void)atomic_compare_exchange_strong(&pointer, &expected, NULL);
	(void)atomic_compare_exchange_strong(&pointer, &expected, array);
	BATON_ASSERT(!expected);
}

static void expect_lines(void (*run)(void *arg), const char *const *lines)
{
	static struct baton_threads threads;
	const char *at;
	char *report;

	cr_assert_eq(baton_report(baton_threads_init(&threads, "values", run, NULL, 1), NULL,
				  &report),
		     1);
	for (at = report; *lines; lines++) {
		const char *next = strstr(at, *lines);

		cr_assert(next, "no '%s' in:\n%s", *lines, at);
		at = next;
	}
	free(report);
}

#ifdef VALUES_TSAN
#define STORE(value) "pointer = " value "\n"
#else
#define STORE(value) ": " value "\n"
#endif

static void allocate(void)
{
	for (int i = 0; i < 2; i++)
		nowhere[i] = malloc(100);
}

static void release(void)
{
	for (int i = 0; i < 2; i++)
		free(nowhere[i]);
}

Test(values, pointers, .init = allocate, .fini = release)
{
	static const char *const lines[] = {
#ifdef VALUES_TSAN
		STORE("0"), /* it may be a number */
#else
		STORE("NULL"),
#endif
		STORE("array[0]"),
		STORE("array[2]"),
		STORE("stack of main"),
		STORE("main's object 1"),
		STORE("main's object 2+4"),
		STORE("main's object 2 (freed)"),
		STORE("pointer 1"),
		STORE("pointer 2"),
		STORE("pointer 1"),
		NULL,
	};

	expect_lines(store_pointers, lines);
}

Test(values, operations)
{
	static const char *const lines[] = {
#ifdef VALUES_TSAN
		": number = -1\n",
		": number = -1\n",
		": number was -1\n",
		": pointer = array[0]\n",
		": pointer was array[0]\n",
		": pointer fails: is array[1]\n",
		": pointer becomes array[0]\n",
#else
		": -1\n",
		": -1\n",
		": was -1\n",
		": array[0]\n",
		": was array[0]\n",
		": fails: is array[1]\n",
		": becomes array[0]\n",
#endif
		NULL,
	};

	expect_lines(exchange, lines);
}

/* ---- Locks and conditions ----------------------------------------------------------------- */

static pthread_mutex_t locks[2], lock;
static pthread_cond_t cond;
static int second;

static void *wait_for_it(void *arg)
{
	pthread_mutex_lock(&lock);
	pthread_cond_wait(&cond, &lock);
	pthread_mutex_unlock(&lock);
	return arg;
}

/* The thread waits, and is woken; the last wait is for a lock that this CPU has. */
static void lock_and_wake(void *arg)
{
	pthread_t thread;

	(void)arg;
	pthread_mutex_init(&lock, NULL);
	pthread_mutex_init(&locks[1], NULL);
	pthread_cond_init(&cond, NULL);
	second = 1;
	pthread_cond_signal(&cond);
	pthread_create(&thread, NULL, wait_for_it, NULL);
	pthread_mutex_lock(&lock);
	pthread_cond_signal(&cond);
	pthread_mutex_unlock(&lock);
	pthread_mutex_lock(&locks[second]);
	pthread_mutex_lock(&locks[second]);
}

/* The smallest execution: the signal is for nobody. */
Test(values, locks)
{
	static const char *const lines[] = {
		"main waits for locks[1] held by main, at pthread_mutex_lock(&locks[second])",
		": nobody waits\n",
		": is t1\n",
		": starts t1\n",
		": nobody waits\n",
		": locks[1]\n",
		"waits for locks[1] held by main\n",
		": waits\n",
		": lock; unlocks\n",
		NULL,
	};

	expect_lines(lock_and_wake, lines);
}

/* ---- Parts of variables ------------------------------------------------------------------- */

typedef struct {
	long key;
	struct {
		char text[3];
		_Atomic(void *) grid[2][3];
	} in;
	union {
		long number;
		_Atomic(void *) link;
	} choice;
} part;

static part parts[2][2];
static _Atomic(void *) whole;

/* The first of each pair is stored at by its name, the second is what is stored. */
static void store_parts(void *arg)
{
	static part own[3];

	(void)arg;
	atomic_store(&whole, &parts[1][0]);
	atomic_store(&whole, &parts[1][0].in);
	atomic_store(&whole, &parts[1][1].in.grid[1][2]);
	atomic_store(&parts[0][1].in.grid[1][0], &own[2]);
	atomic_store(&own[1].choice.link, &own[2].choice);
	atomic_store(&whole, &parts[1][1].in.text[2]);
	atomic_store(&whole, (char *)&parts[0][0].key + 3);
	atomic_store(&whole, (void *)(uintptr_t)store_parts);
	BATON_ASSERT(!arg && !own[0].key && false);
}

#ifdef VALUES_TSAN
#define AT(object, value) ": " object " = " value "\n"
#else
#define AT(object, value) ": " value "\n"
#endif

Test(values, parts)
{
	static const char *const lines[] = {
		AT("whole", "parts[1][0]"),
		AT("whole", "parts[1][0].in"),
		AT("whole", "parts[1][1].in.grid[1][2]"),
		AT("parts[0][1].in.grid[1][0]", "own[2]"),
#ifdef VALUES_TSAN
		/* A part of a union that is as large as another. */
		AT("own[1].choice.number", "own[2].choice"),
#else
		AT("", "own[2].choice"),
#endif
		AT("whole", "parts[1][1].in.text[2]"),
		AT("whole", "parts[0][0].key+3"),
		AT("whole", "store_parts"),
		NULL,
	};

	expect_lines(store_parts, lines);
}

#ifndef VALUES_TSAN

struct small {
	unsigned short node, tag;
};

struct large {
	int *pointer;
	unsigned long tag;
};

static _Atomic(struct small) small;
static struct large large; /* of 16 bytes: C11 would call libatomic */
static _Atomic double real;
static _Atomic char byte;

static void store_others(void *arg)
{
	struct small one = { 2, 1 };
	struct large two = { &array[1], 3 };

	(void)arg;
	atomic_store(&small, one);
	atomic_store(&large, two);
	atomic_store(&real, 1.5);
	atomic_store(&byte, 'A');
	BATON_ASSERT(false);
}

Test(values, types)
{
	static const char *const lines[] = {
		": {0x00010002}\n", ": {array[1], 0x3}\n", ": 1.5\n", ": 65\n", NULL,
	};

	expect_lines(store_others, lines);
}

#endif
