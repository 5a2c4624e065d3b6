/* SPDX-License-Identifier: MIT */
#include "posix/posix.h"

static struct posix_waiter waiters[BATON_CPUS_MAX];

static bool woken(const void *object)
{
	const struct posix_waiter *waiter = object;

	return waiter->woken;
}

static const struct baton_wait waiter_wait = { woken, NULL, NULL };

bool posix_times_out(const void *caller)
{
	return baton_fault_at("pthread/timeout", caller);
}

void posix_waiter_begin(void)
{
	waiters[baton_cpu()].woken = false;
}

void posix_waiter_wait(baton_place here)
{
	baton_block(here, &waiters[baton_cpu()], BATON_WAIT, &waiter_wait);
}

void posix_waiter_wake(baton_place here, unsigned int cpu)
{
	baton_access(here, &waiters[cpu], BATON_WRITE);
	waiters[cpu].woken = true;
}
