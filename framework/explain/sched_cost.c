/* SPDX-License-Identifier: MIT */
#include "explain/sched_cost.h"

#include "engine/sim.h"

struct sched_cost sched_cost_of_execution(void)
{
	const struct schedule *schedule = sim_schedule();
	struct sched_cost cost = {
		.preemptions = sim_preemptions(),
		.switches = (unsigned int)schedule_switches(schedule),
		.steps = sim_steps(),
	};
	uint64_t cpus = 0;

	for (size_t i = 0; i < schedule->entries.count; i++) {
		struct schedule_entry entry = schedule->entries.items[i];

		if (entry.kind == BATON_CHOICE_CPU)
			cpus |= UINT64_C(1) << entry.value;
		cost.faults += entry.kind == BATON_CHOICE_FAULT && entry.value;
	}
	cost.cpus = (unsigned int)__builtin_popcountll(cpus);
	return cost;
}

static int compare(unsigned int a, unsigned int b)
{
	return (a > b) - (a < b);
}

int sched_cost_compare(const struct sched_cost *a, const struct sched_cost *b)
{
	const int order[] = {
		compare(a->faults, b->faults),     compare(a->preemptions, b->preemptions),
		compare(a->switches, b->switches), compare(a->steps, b->steps),
		compare(a->cpus, b->cpus),
	};

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (order[i])
			return order[i];
	return 0;
}

static void add(struct text *text, const char *between, unsigned int count, const char *one,
		const char *many)
{
	text_addf(text, "%s%u %s", between, count, count == 1 ? one : many);
}

void sched_cost_format(const struct sched_cost *cost, struct text *text)
{
	add(text, "", cost->faults, "fault", "faults");
	add(text, ", ", cost->preemptions, "preemption", "preemptions");
	add(text, ", ", cost->switches, "switch", "switches");
	add(text, ", ", cost->steps, "step", "steps");
	add(text, ", ", cost->cpus, "CPU", "CPUs");
}
