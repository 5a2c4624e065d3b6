/* SPDX-License-Identifier: MIT */
/*
 * pool.h - a library that knows nothing of baton: a number of items, and error paths.
 *
 * It stands for any library with fault points of libfiu. Its users say how it takes its lock.
 */
#ifndef SCENARIOS_POOL_H
#define SCENARIOS_POOL_H

struct pool {
	unsigned int used, size; /* under the lock */
	void (*lock)(void *arg);
	void (*unlock)(void *arg);
	void *arg;
};

/* Take an item. Return: 0, ENOSPC if all are used, or why it cannot be opened. */
int pool_get(struct pool *pool);

/* Give an item back. Return: 0, or why it could be neither closed nor aborted: it is kept. */
int pool_put(struct pool *pool);

#endif
