/* SPDX-License-Identifier: MIT */
#include "bench/bare.h"

#include "bench/measure.h"

struct fixed {
	struct strategy strategy;
	const struct schedule_entry *next;
};

static uint32_t pick(struct strategy *strategy, const struct choice *choice)
{
	(void)choice;
	return ((struct fixed *)strategy)->next++->value;
}

double bare_rate(const struct schedule *schedule, double seconds)
{
	struct fixed fixed = { .strategy = { .pick = pick } };
	double begin = measure_clock(), spent = 0;
	uint64_t executions = 0;

	for (uint64_t times = 1; spent <= seconds; times *= 2) {
		for (uint64_t i = 0; i < times; i++) {
			fixed.next = schedule->entries.items;
			sim_execute(&fixed.strategy, SIM_STEPS_MAX_DEFAULT, NULL);
		}
		executions += times;
		spent = measure_clock() - begin;
	}
	return (double)executions / spent;
}
