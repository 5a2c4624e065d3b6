/* SPDX-License-Identifier: MIT */
#include "injectors/fiu.h"

#include <fiu-control.h>
#include <fiu.h>
#include <stdint.h>

#include "baton/sim.h"
#include "engine/fault.h"

int __real_fiu_fail(const char *name);

/* The decision about the point that is being asked about now; 0 between two points. */
static int decision;

int __wrap_fiu_fail(const char *name)
{
	int failed;

	if (baton_cpu() < 0)
		return __real_fiu_fail(name);
	decision = fault_decide(name);
	failed = __real_fiu_fail(name);
	decision = 0;
	return failed;
}

/* Called with libfiu's lock held: must not reach a point. */
static int read_decision(const char *name, int *failnum, void **failinfo, unsigned int *flags)
{
	(void)name;
	(void)flags;
	*failnum = decision != 0;
	*failinfo = (void *)(intptr_t)decision;
	return decision != 0;
}

static bool fails(const char *point)
{
	return fiu_fail(point) != 0;
}

int inject_fiu_init(struct err *err)
{
	if (fiu_init(0))
		return err_add(err, "cannot start libfiu");
	if (fiu_enable_external("*", 1, NULL, 0, read_decision))
		return err_add(err, "cannot enable libfiu's fault points");
	fault_set_source(fails);
	return 0;
}
