/* SPDX-License-Identifier: MIT */
/*
 * refcount.h - counts of references that notice when they are wrong.
 *
 * Where the kernel warns and the count stays saturated, it is a finding here: `refcount`.
 *
 * Layer: public. May include: baton/kernel.h.
 */
#ifndef BATON_REFCOUNT_H
#define BATON_REFCOUNT_H

#include <limits.h>

#include "baton/kernel.h"

BATON_BEGIN

typedef struct refcount_struct {
	atomic_t refs;
} refcount_t;

#define REFCOUNT_INIT(n)       \
	{                      \
		ATOMIC_INIT(n) \
	}
/* What a count is after it was wrong once. */
#define REFCOUNT_SATURATED (INT_MIN / 2)

/*
 * What the macros below expand to. @here: BATON_HERE(). Each is one RMW, also where nothing
 * changes. Context: anywhere; on a CPU they switch. Finding: refcount.
 */
/* Return: was it above 0? Then it is one more. */
bool refcount_inc_not_zero_at(const struct baton_point *here, refcount_t *r);
/* One more; it must be above 0. */
void refcount_inc_at(const struct baton_point *here, refcount_t *r);
/* One less; it must be above 0. Return: is it 0 now? */
bool refcount_dec_and_test_at(const struct baton_point *here, refcount_t *r);
/* One less; it must be above 1. */
void refcount_dec_at(const struct baton_point *here, refcount_t *r);

#define refcount_set(r, n) atomic_set_at(BATON_HERE("refcount_set(" #r ")"), &(r)->refs, n)
#define refcount_read(r) \
	((unsigned int)atomic_read_at(BATON_HERE("refcount_read(" #r ")"), &(r)->refs))
#define refcount_inc_not_zero(r) \
	refcount_inc_not_zero_at(BATON_HERE("refcount_inc_not_zero(" #r ")"), r)
#define refcount_inc(r) refcount_inc_at(BATON_HERE("refcount_inc(" #r ")"), r)
#define refcount_dec_and_test(r) \
	refcount_dec_and_test_at(BATON_HERE("refcount_dec_and_test(" #r ")"), r)
#define refcount_dec(r) refcount_dec_at(BATON_HERE("refcount_dec(" #r ")"), r)

BATON_END

#endif
