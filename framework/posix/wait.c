/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/text.h"
#include "engine/address.h"
#include "engine/moment.h"
#include "engine/sim.h"
#include "posix/posix.h"

const char *posix_name(const void *object)
{
	static struct text name = TEXT_INIT;

	text_clear(&name);
	return address_name(object, false, &name) ? name.bytes : NULL;
}

/* Is the call's argument "&@name"? */
static bool says(const char *call, const char *name)
{
	const char *argument = strstr(call, "(&");
	size_t length = strlen(name);

	return argument && !strncmp(argument + 2, name, length) &&
	       (argument[2 + length] == ')' || argument[2 + length] == ',');
}

void posix_note(baton_place here, const void *object)
{
	const char *name = sim_is_recorded() ? posix_name(object) : NULL;

	if (name && !says(here->name, name))
		baton_note("%s", name);
}

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
	baton_note("is woken");
}

void posix_waiter_wake(baton_place here, unsigned int cpu)
{
	baton_access(here, &waiters[cpu], BATON_WRITE);
	waiters[cpu].woken = true;
	baton_note("wakes %s", baton_cpu_name((int)cpu));
}
