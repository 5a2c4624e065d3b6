/* SPDX-License-Identifier: MIT */
#include "injectors/fiu.h"

#include <fiu-control.h>
#include <fiu.h>
#include <stdint.h>

#include "baton/injector.h"

#ifndef FIU_ENABLE
#error "without FIU_ENABLE, fiu_init() is nothing: link the target baton_fiu"
#endif

int __real_fiu_fail(const char *name);
void *__real_fiu_failinfo(void);

/* The errno of the point that is being asked about now; 0 between two points. */
static int decision;
static bool started;

/*
 * What the last failure of each CPU left, setup and finally being one more. libfiu has one value
 * per thread, and all are one.
 */
static struct {
	void *info;
	unsigned long execution; /* that it is of */
} failures[BATON_CPUS_MAX + 1];

static void keep_info(void)
{
	failures[baton_cpu()].info = __real_fiu_failinfo();
	failures[baton_cpu()].execution = baton_execution();
}

/* Nobody need have called inject_fiu_start(): code with plain macros explores without it. */
static void start(void)
{
	const char *trouble = inject_fiu_start();

	if (trouble)
		baton_fail("libfiu", "%s", trouble);
}

/* Have libfiu say what was decided. */
static bool answer(const char *point, int error)
{
	int failed;

	start();
	decision = error;
	failed = __real_fiu_fail(point);
	decision = 0;
	if (failed)
		keep_info();
	return failed != 0;
}

int __wrap_fiu_fail(const char *name)
{
	if (baton_cpu() < 0)
		return __real_fiu_fail(name);
	return answer(name, baton_fault_decide(name, __builtin_return_address(0)));
}

void *__wrap_fiu_failinfo(void)
{
	int cpu = baton_cpu();

	if (cpu < 0)
		return __real_fiu_failinfo();
	return failures[cpu].execution == baton_execution() ? failures[cpu].info : NULL;
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

const char *inject_fiu_start(void)
{
	if (started)
		return NULL;
	if (fiu_init(0))
		return "cannot start libfiu";
	if (fiu_enable_external("*", 1, NULL, 0, read_decision))
		return "cannot enable libfiu's fault points";
	baton_fault_route(answer);
	started = true;
	return NULL;
}
