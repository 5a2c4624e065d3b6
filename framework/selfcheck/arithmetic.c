/* SPDX-License-Identifier: MIT */
/*
 * arithmetic.c - numbers that are looked at while they change.
 */
#include <assert.h>
#include <stdlib.h>

#include "selfcheck/state.h"

#define CAPITAL 100

/* Wrong: what it divides by is not what it has looked at. */
long share(const struct model_call *call)
{
	int shares;

	(void)call;
	POINT("selfcheck/has_shares");
	shares = READ_ONCE(state.shares);
	if (!shares)
		return 0;
	POINT("selfcheck/divide");
	if (!state.right)
		shares = READ_ONCE(state.shares);
	return CAPITAL / shares;
}

long close_shares(const struct model_call *call)
{
	(void)call;
	POINT("selfcheck/close");
	WRITE_ONCE(state.shares, 0);
	return 0;
}

static void move_one(void)
{
	POINT("selfcheck/take");
	WRITE_ONCE(state.account.from, state.account.from - 1);
	POINT("selfcheck/give");
	WRITE_ONCE(state.account.to, state.account.to + 1);
}

long transfer(const struct model_call *call)
{
	(void)call;
	take(&state.lock);
	move_one();
	spin_unlock(&state.lock);
	return 0;
}

static int add_up(void)
{
	int sum;

	POINT("selfcheck/sum");
	sum = READ_ONCE(state.account.from);
	POINT("selfcheck/sum");
	return sum + READ_ONCE(state.account.to);
}

/* Wrong: without the lock, one of them may be on its way. */
static int capital(void)
{
	int sum;

	if (!state.right)
		return add_up();
	take(&state.lock);
	sum = add_up();
	spin_unlock(&state.lock);
	return sum;
}

long audit(const struct model_call *call)
{
	int sum = capital();

	(void)call;
	assert(sum == 1);
	return sum;
}

long audit_or_abort(const struct model_call *call)
{
	int sum = capital();

	(void)call;
	if (sum != 1)
		abort();
	return sum;
}
