/* SPDX-License-Identifier: MIT */
/*
 * retry.c - loops that wait: an iteration that changed nothing is made again when something is
 * written that it has read.
 */
#include "engine/sim_state.h"

static bool is_write(uint8_t kind)
{
	return kind != BATON_READ && kind != BATON_LOCAL;
}

static bool is_awaited(const struct cpu *cpu, const void *object)
{
	for (unsigned int i = 0; i < cpu->awaited_count; i++)
		if (cpu->awaited[i] == object)
			return true;
	return false;
}

void retry_wake(const struct cpu *picked)
{
	if (!is_write((uint8_t)picked->kind))
		return;
	for (uint64_t set = sim.retrying; set; set &= set - 1) {
		if (!is_awaited(&sim.cpus[options_first(set)], picked->object))
			continue;
		sim.retrying &= ~(set & -set);
		sim.ready |= set & -set;
	}
}

/* Return: false if the step may have changed something, or there are too many objects. */
static bool await(struct cpu *cpu, const struct sim_step *step)
{
	if (step->kind == BATON_LOCAL)
		return true;
	if (step->kind != BATON_READ && step->kind != BATON_RMW)
		return false;
	if (is_awaited(cpu, step->object))
		return true;
	if (cpu->awaited_count == RETRY_OBJECTS_MAX)
		return false;
	cpu->awaited[cpu->awaited_count++] = step->object;
	return true;
}

/*
 * What the iteration looked at. That is a matter of what this CPU did, and of nothing else: so
 * it is in all executions of one trace. Return: false if it may have changed something.
 */
static bool await_iteration(struct cpu *cpu)
{
	cpu->awaited_count = 0;
	for (unsigned int i = cpu->iteration; i < sim.steps; i++)
		if (sim.made.items[i].cpu == sim_index(cpu) && !await(cpu, &sim.made.items[i]))
			return false;
	return cpu->awaited_count > 0;
}

/* Has somebody written to an object since the iteration looked at it? */
static bool is_outdated(struct cpu *cpu)
{
	cpu->awaited_count = 0;
	for (unsigned int i = cpu->iteration; i < sim.steps; i++) {
		const struct sim_step *step = &sim.made.items[i];

		if (step->cpu == sim_index(cpu))
			(void)await(cpu, step);
		else if (is_write(step->kind) && is_awaited(cpu, step->object))
			return true;
	}
	return false;
}

static bool await_last(struct cpu *cpu)
{
	cpu->awaited[0] = cpu->object;
	cpu->awaited_count = 1;
	return cpu->kind == BATON_READ || cpu->kind == BATON_RMW;
}

/* @held: until somebody writes. */
static void retry(struct cpu *cpu, const struct baton_point *here, const void *object, bool held)
{
	step_announce(cpu, here, object, object ? BATON_READ : BATON_LOCAL);
	cpu->retries = true;
	if (held) {
		sim.ready &= ~sim_bit(cpu);
		sim.retrying |= sim_bit(cpu);
	} else {
		sim.ready |= sim_bit(cpu);
	}
	step_reschedule(cpu);
	cpu->retries = false;
}

static bool is_one_step(const struct cpu *cpu)
{
	unsigned int count = 0;

	for (unsigned int i = cpu->iteration; i < sim.steps; i++)
		count += sim.made.items[i].cpu == sim_index(cpu);
	return count == 1;
}

static void begin_iteration(struct cpu *cpu, const struct baton_point *here)
{
	cpu->accesses = 0;
	cpu->iteration = sim.steps;
	cpu->retry_point = here;
}

bool retry_loop(struct cpu *cpu, const struct baton_point *here, unsigned int first)
{
	cpu->iteration = first;
	if (!await_iteration(cpu))
		return false;
	if (is_one_step(cpu)) {
		retry(cpu, here, cpu->awaited[0], true);
	} else {
		sim.awaits_several = true;
		retry(cpu, here, NULL, !is_outdated(cpu));
	}
	begin_iteration(cpu, NULL);
	return true;
}

/*
 * Before the first iteration of a loop the CPU may have read what the loop does not look at. So
 * that one is only held back if there is no doubt; the others begin and end at the same point.
 */
void baton_retry(const struct baton_point *here)
{
	struct cpu *cpu = sim.current;

	if (!cpu)
		return;
	if (cpu->accesses == 1 && await_last(cpu)) {
		retry(cpu, here, cpu->object, true);
	} else if (cpu->retry_point == here && sim.phase == TRACE_MAIN && await_iteration(cpu)) {
		sim.awaits_several = true;
		retry(cpu, here, NULL, !is_outdated(cpu));
	}
	begin_iteration(cpu, here);
	cpu->spin.count = 0;
}
