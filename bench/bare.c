/* SPDX-License-Identifier: MIT */
#include "bench/bare.h"

#include "bench/rate.h"

struct fixed {
	struct strategy strategy;
	const struct schedule_entry *next;
};

static uint32_t pick(struct strategy *strategy, const struct choice *choice)
{
	(void)choice;
	return ((struct fixed *)strategy)->next++->value;
}

struct loop {
	struct fixed fixed;
	const struct schedule *schedule;
};

static uint64_t run_once(void *arg)
{
	struct loop *loop = arg;

	loop->fixed.next = loop->schedule->entries.items;
	sim_execute(&loop->fixed.strategy, SIM_STEPS_MAX_DEFAULT, NULL);
	return 1;
}

double bare_rate(const struct schedule *schedule, double seconds)
{
	struct loop loop = { .fixed = { .strategy = { .pick = pick } }, .schedule = schedule };

	return rate_best(run_once, &loop, rate_cpu_seconds, seconds);
}
