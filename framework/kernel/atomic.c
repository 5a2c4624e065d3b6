/* SPDX-License-Identifier: MIT */
/*
 * atomic.c - atomic_t: each operation is one announced access.
 *
 * Layer: kernel. May include: engine.
 */
#include "baton/kernel.h"

int atomic_read_at(const struct baton_point *here, const atomic_t *v)
{
	baton_access(here, v, BATON_READ);
	return v->counter;
}

void atomic_set_at(const struct baton_point *here, atomic_t *v, int i)
{
	baton_access(here, v, BATON_WRITE);
	v->counter = i;
}

void atomic_add_at(const struct baton_point *here, int i, atomic_t *v)
{
	baton_access(here, v, BATON_ADD);
	v->counter += i;
}

int atomic_add_return_at(const struct baton_point *here, int i, atomic_t *v)
{
	baton_access(here, v, BATON_RMW);
	v->counter += i;
	return v->counter;
}

/* The CPU has lost its claim to the cache line, for no reason that the program knows. */
static bool store_conditional_fails(void)
{
	if (!baton_fault("kernel/cmpxchg_weak"))
		return false;
	baton_note("the conditional store fails");
	return true;
}

bool atomic_add_unless_at(const struct baton_point *here, atomic_t *v, int i, int unless)
{
	do {
		baton_access(here, v, BATON_RMW);
		if (v->counter == unless)
			return false;
	} while (store_conditional_fails());
	v->counter += i;
	return true;
}

bool atomic_cmpxchg_weak_at(const struct baton_point *here, atomic_t *v, int old, int value)
{
	baton_access(here, v, BATON_RMW);
	if (v->counter != old || store_conditional_fails())
		return false;
	v->counter = value;
	return true;
}

int atomic_cmpxchg_at(const struct baton_point *here, atomic_t *v, int old, int value)
{
	int was;

	baton_access(here, v, BATON_RMW);
	was = v->counter;
	if (was == old)
		v->counter = value;
	return was;
}
