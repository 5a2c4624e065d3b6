/* SPDX-License-Identifier: MIT */
/*
 * pool.c - two mistakes on error paths, which no run without failures shows.
 */
#include "scenarios/programs/pool.h"

#include <errno.h>
#include <fiu.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static int open_item(void)
{
	fiu_return_on("pool/open", (int)(intptr_t)fiu_failinfo());
	return 0;
}

int pool_get(struct pool *pool)
{
	unsigned int before;
	int error;

	pool->lock(pool->arg);
	before = pool->used;
	if (before < pool->size)
		pool->used = before + 1;
	pool->unlock(pool->arg);
	if (before == pool->size)
		return ENOSPC;
	error = open_item();
	if (!error)
		return 0;
	pool->lock(pool->arg);
	pool->used = before; /* wrong: what others took and gave back meanwhile is lost */
	pool->unlock(pool->arg);
	return error;
}

int pool_put(struct pool *pool)
{
	bool closed = true;
	int error = 0;

	pool->lock(pool->arg);
	fiu_do_on("pool/close", closed = false);
	if (!closed && fiu_fail("pool/abort")) {
		error = (int)(intptr_t)fiu_failinfo();
		pool->unlock(pool->arg); /* wrong: it is unlocked below */
	} else {
		pool->used--;
	}
	pool->unlock(pool->arg);
	return error;
}
