/* SPDX-License-Identifier: MIT */
/* The race of explicit.c as tests of Criterion: the second one fails, and says how. */
#include <criterion/criterion.h>

#include <baton/criterion.h>
#include <baton/kernel.h>

TestSuite(bank, .timeout = 60);

static int balance;

static void deposit(void *arg)
{
	int was = READ_ONCE(balance);

	(void)arg;
	WRITE_ONCE(balance, was + 1);
}

static void open_account(void *arg)
{
	(void)arg;
	balance = 0;
}

static void check(void *arg)
{
	(void)arg;
	cr_assert_eq(balance, 2);
}

static const struct baton_cpu_program cpus[] = { { "a", deposit, NULL, -1 },
						 { "b", deposit, NULL, -1 } };
static const struct baton_program program = { .size = sizeof(program),
					      .name = "bank",
					      .cpus = cpus,
					      .cpu_count = 2,
					      .setup = open_account,
					      .finally = check };

Test(bank, one_may_be_lost)
{
	baton_assert_sometimes(&program, NULL, "balance");
}

Test(bank, none_is_lost)
{
	baton_assert_never(&program, NULL);
}
