/* SPDX-License-Identifier: MIT */
#include "injectors/fiu.h"

#include <fiu-control.h>
#include <fiu.h>
#include <stdint.h>

#include "base/bug.h"
#include "baton/sim.h"
#include "engine/fault.h"
#include "engine/fault_site.h"

int __real_fiu_fail(const char *name);
void *__real_fiu_failinfo(void);

/* The decision about the point that is being asked about now; 0 between two points. */
static int decision;
static bool started;

/* What the last failure of each CPU left. libfiu has one value per thread, and all are one. */
static struct {
	void *info;
	unsigned long execution; /* that it is of */
} failures[BATON_CPUS_MAX];

static void keep_info(void)
{
	failures[baton_cpu()].info = __real_fiu_failinfo();
	failures[baton_cpu()].execution = fault_execution();
}

/* Nobody need have called inject_fiu_init(): code with plain macros explores without it. */
static void start(void)
{
	struct err err = ERR_INIT;
	int status = inject_fiu_init(&err);

	BUG_ON(status);
}

static int ask(const char *point)
{
	int failed;

	start();
	decision = fault_decide(point);
	failed = __real_fiu_fail(point);
	decision = 0;
	if (failed)
		keep_info();
	return failed;
}

int __wrap_fiu_fail(const char *name)
{
	if (baton_cpu() < 0)
		return __real_fiu_fail(name);
	fault_site_pass(name, __builtin_return_address(0));
	return ask(name);
}

void *__wrap_fiu_failinfo(void)
{
	int cpu = baton_cpu();

	if (cpu < 0)
		return __real_fiu_failinfo();
	return failures[cpu].execution == fault_execution() ? failures[cpu].info : NULL;
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
	return ask(point) != 0;
}

int inject_fiu_init(struct err *err)
{
	if (started)
		return 0;
	if (fiu_init(0))
		return err_add(err, "cannot start libfiu");
	if (fiu_enable_external("*", 1, NULL, 0, read_decision))
		return err_add(err, "cannot enable libfiu's fault points");
	fault_set_source(fails);
	started = true;
	return 0;
}
