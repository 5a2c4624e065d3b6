/* SPDX-License-Identifier: MIT */
/*
 * refcount.c - counts of references, with the kernel's rules of what is wrong.
 *
 * Layer: kernel. May include: engine.
 */
#include "baton/refcount.h"

static _Noreturn void saturate(refcount_t *r, const char *what)
{
	r->refs.counter = REFCOUNT_SATURATED;
	baton_fail("refcount", "%s", what);
}

static void check_add(refcount_t *r, int old)
{
	if (!old)
		saturate(r, "addition on 0: the object is free, or will be");
	if (old < 0 || old == INT_MAX)
		saturate(r, "saturated: the count was wrong before, or has no room left");
}

bool refcount_inc_not_zero_at(const struct baton_point *here, refcount_t *r)
{
	int old;

	baton_access(here, &r->refs, BATON_RMW);
	old = r->refs.counter;
	if (!old)
		return false;
	check_add(r, old);
	r->refs.counter = old + 1;
	return true;
}

void refcount_inc_at(const struct baton_point *here, refcount_t *r)
{
	baton_access(here, &r->refs, BATON_RMW);
	check_add(r, r->refs.counter);
	r->refs.counter++;
}

bool refcount_dec_and_test_at(const struct baton_point *here, refcount_t *r)
{
	baton_access(here, &r->refs, BATON_RMW);
	if (r->refs.counter <= 0)
		saturate(r, "underflow: a reference is given back that nobody has");
	return --r->refs.counter == 0;
}

void refcount_dec_at(const struct baton_point *here, refcount_t *r)
{
	baton_access(here, &r->refs, BATON_RMW);
	if (r->refs.counter <= 1)
		saturate(r, "decrement hit 0: the last reference leaks");
	r->refs.counter--;
}
