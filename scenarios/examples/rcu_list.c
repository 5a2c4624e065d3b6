/* SPDX-License-Identifier: MIT */
/*
 * rcu_list.c - readers without a lock, and an element that is freed too early.
 *
 * Who takes an element out of the list waits until no reader is there that may have found it, and
 * frees it then. If the wait comes before the removal, new readers come:
 *
 *	reader                          updater
 *	                                1  nobody reads
 *	2  reads
 *	3  finds A
 *	                                4  A is out of the list
 *	                                5  frees A
 *	6  reads the value of A
 *
 * Explicit: written with the kernel's primitives of <baton/kernel.h>, and steps have names.
 */
#include <stddef.h>

#include "baton/alloc.h"
#include "baton/kernel.h"
#include "baton/report.h"

#define READERS 2

struct element {
	int value;
};

static struct element *list;
static int reading[READERS];

/* Wait until all have left that were reading when it was called. */
static void wait_for_readers(void)
{
	for (int i = 0; i < READERS; i++)
		while ((void)POINT("updater/look"), READ_ONCE(reading[i]))
			cpu_relax();
}

static void reader(void *arg)
{
	int *mine = arg;
	struct element *element;

	POINT("reader/enter");
	WRITE_ONCE(*mine, 1);
	POINT("reader/find");
	element = READ_ONCE(list);
	POINT("reader/use");
	BATON_ASSERT(READ_ONCE(element->value) > 0);
	POINT("reader/leave");
	WRITE_ONCE(*mine, 0);
}

static void updater(void *arg)
{
	struct element *old = list, *replacement = baton_malloc(sizeof(*replacement));

	(void)arg;
	replacement->value = 2;
#ifdef BUG
	wait_for_readers();
#endif
	POINT("updater/replace");
	WRITE_ONCE(list, replacement);
#ifndef BUG
	wait_for_readers();
#endif
	baton_free(old);
}

static void setup(void *arg)
{
	(void)arg;
	list = baton_malloc(sizeof(*list));
	list->value = 1;
	for (int i = 0; i < READERS; i++)
		reading[i] = 0;
}

static void finally(void *arg)
{
	(void)arg;
	baton_free(list);
}

int main(void)
{
	static const struct baton_cpu_program cpus[] = {
		{ "reader", reader, &reading[0], -1 },
		{ "other", reader, &reading[1], -1 },
		{ "updater", updater, NULL, -1 },
	};
	static const struct baton_program program = { .name = "rcu_list",
						      .cpus = cpus,
						      .cpu_count = READERS + 1,
						      .setup = setup,
						      .finally = finally };

	return baton_main(&program, NULL);
}
