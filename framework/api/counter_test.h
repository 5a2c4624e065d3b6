/* SPDX-License-Identifier: MIT */
/*
 * counter_test.h - a counter, to which each CPU of a program adds 1: a read, then a write.
 *
 * Layer: api. May include: public headers.
 */
#ifndef API_COUNTER_TEST_H
#define API_COUNTER_TEST_H

#include "baton/explore.h"

static int counter;

static inline void counter_add(void *arg)
{
	int seen;

	(void)arg;
	POINT("test/read");
	baton_access(BATON_HERE("read"), &counter, BATON_READ);
	seen = counter;
	POINT("test/write");
	baton_access(BATON_HERE("write"), &counter, BATON_WRITE);
	counter = seen + 1;
}

static inline void counter_clear(void *arg)
{
	(void)arg;
	counter = 0;
}

/* Have both of two additions been made? */
static inline void counter_check(void *arg)
{
	(void)arg;
	if (counter != 2)
		baton_fail("lost", "the counter is %d", counter);
}

#endif
