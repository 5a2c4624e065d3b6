/* SPDX-License-Identifier: MIT */
/* Two CPUs add to one balance: each reads it, then writes it. */
#include <baton/kernel.h>
#include <baton/report.h>

#include <assert.h>

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
	assert(balance == 2);
}

int main(void)
{
	const struct baton_cpu_program cpus[] = { { "a", deposit, NULL, -1 },
						  { "b", deposit, NULL, -1 } };
	const struct baton_program program = { .size = sizeof(program),
					       .name = "bank",
					       .cpus = cpus,
					       .cpu_count = 2,
					       .setup = open_account,
					       .finally = check };

	return baton_main(&program, NULL);
}
