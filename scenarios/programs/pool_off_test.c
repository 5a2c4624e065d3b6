/* SPDX-License-Identifier: MIT */
/* pool_off_test.c - the library of pool_test.c, compiled without FIU_ENABLE: nobody can fail. */
#include <criterion/criterion.h>
#include <errno.h>

#include "baton/explore.h"
#include "scenarios/programs/pool.h"

TestSuite(pool_off, .timeout = 60);

static struct pool pool;

static void nothing(void *arg)
{
	(void)arg;
}

static void setup(void *arg)
{
	(void)arg;
	pool = (struct pool){ .size = 1, .lock = nothing, .unlock = nothing };
}

static void get(void *arg)
{
	(void)arg;
	pool_get(&pool);
}

static const struct baton_cpu_program cpus[] = { { "a", get, NULL, -1 } };
static const struct baton_program program = { .name = "off",
					      .cpus = cpus,
					      .cpu_count = 1,
					      .setup = setup };

Test(pool_off, is_reported)
{
	const struct baton_fault_rule rule = { .point = "pool/*", .error = ENOMEM, .cpu = -1 };
	const struct baton_search search = { .preemptions_max = -1,
					     .faults = &rule,
					     .fault_count = 1 };
	struct baton_result result;

	cr_expect_eq(baton_explore(&program, &search, &result), -1);
	cr_expect_str_eq(result.finding,
			 "error: faults[0], 'pool/*': no such point was passed; was the code "
			 "compiled with -DFIU_ENABLE, and the program linked with baton-fiu?\n");
	cr_expect_null(result.fault_points);
	baton_result_release(&result);
}
