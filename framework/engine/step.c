/* SPDX-License-Identifier: MIT */
/*
 * step.c - the scheduler: who makes the next step.
 *
 * Everything here runs once per step, on the stack of the CPU that announced.
 */
#include "base/bug.h"
#include "engine/death.h"
#include "engine/fault.h"
#include "engine/heap.h"
#include "engine/sim_state.h"
#include "engine/tls.h"

struct sim sim = { .last = -1 };

uint64_t step_enabled(void)
{
	uint64_t enabled = sim.ready;

	for (uint64_t set = sim.waiting; set; set &= set - 1) {
		const struct cpu *cpu = &sim.cpus[options_first(set)];

		if (cpu->wait->ready(cpu->object))
			enabled |= set & -set;
	}
	return enabled & ~(sim.frozen | sim.held);
}

static struct fiber *to_scheduler(enum sim_end end)
{
	sim.end = end;
	sim.current = NULL;
	return &sim.scheduler;
}

static bool preempts(uint64_t enabled, uint32_t picked)
{
	return sim.last >= 0 && (uint32_t)sim.last != picked &&
	       options_has(enabled, (uint32_t)sim.last);
}

/* Setup and finally are no part of the schedule: the solo CPU first, then interrupts. */
static uint32_t pick_solo(uint64_t enabled)
{
	sim.solo_steps++;
	return options_has(enabled, sim.cpu_count) ? sim.cpu_count : options_first(enabled);
}

/* Behind the end of the schedule there is still the rest of the last execution's. */
static void note_entry(enum baton_choice_kind kind, uint32_t picked)
{
	const struct schedule_entry entry = { (uint8_t)kind, (uint8_t)picked };
	size_t index = sim.schedule.entries.count;

	if (sim.repeats)
		sim.repeats = index < sim.entries_before &&
			      sim.schedule.entries.items[index].kind == entry.kind &&
			      sim.schedule.entries.items[index].value == entry.value;
	vec_push(&sim.schedule.entries, entry);
}

static uint32_t pick_main(uint64_t enabled)
{
	struct choice choice = {
		.kind = BATON_CHOICE_CPU,
		.options = enabled,
		.unlimited = enabled,
		.current = sim.last,
		.step = sim.steps,
	};
	uint32_t picked = sim.strategy->pick(sim.strategy, &choice);

	if (picked == STRATEGY_STOP)
		return picked;
	BUG_ON(!options_has(enabled, picked));
	retry_note(&sim.cpus[picked]);
	sim.steps++;
	sim.preemptions += preempts(enabled, picked);
	note_entry(BATON_CHOICE_CPU, picked);
	return picked;
}

static bool budget_used_up(void)
{
	return sim.phase == TRACE_MAIN ? sim.steps >= sim.steps_end :
					 sim.solo_steps >= sim.steps_max;
}

static enum sim_end end_of_budget(void)
{
	if (sim.phase == TRACE_MAIN && sim.steps < sim.steps_max)
		return SIM_CUT;
	fail_livelock();
	return SIM_FINDING;
}

/* Is it known how the execution ends if the current CPU runs on? Then that is the finding. */
static bool ends_here(void)
{
	const struct ending *ending = sim.careful ? death_at() : NULL;

	if (!ending)
		return false;
	fail_known(ending);
	return true;
}

/* CPU @index is to run next. */
static void make_current(unsigned int index)
{
	sim.current = &sim.cpus[index];
	tls_enter(sim.current->host >= 0 ? (unsigned int)sim.current->host : index);
}

/* All CPUs get to their first access, one after the other, before the first step. */
static struct fiber *start_next(void)
{
	make_current(sim.started++);
	return ends_here() ? to_scheduler(SIM_FINDING) : &sim.current->fiber;
}

/* Look at what the last step led to. Before setup is through there is nothing to look at. */
static void watch_step(void)
{
	if (sim.careful)
		death_look();
	if (sim.trace)
		record_after_step();
	if (!sim.program->step || sim.last < 0 || sim.phase == TRACE_SETUP)
		return;
	sim.checking = true;
	sim.program->step(sim.program->arg);
	sim.checking = false;
}

/* Who is picked waits no longer. That is done here, as a switch comes last in what it does. */
static struct fiber *resume(uint32_t picked)
{
	make_current(picked);
	sim.current->wait = NULL;
	sim.waiting &= ~(UINT64_C(1) << picked);
	return ends_here() ? to_scheduler(SIM_FINDING) : &sim.current->fiber;
}

/* Pick who makes the next step; the scheduler's fiber if nobody does. */
static struct fiber *next_fiber(void)
{
	uint64_t enabled;
	uint32_t picked;

	if (sim.started < sim.start_end)
		return start_next();
	if (sim.watched)
		watch_step();
	enabled = sim.waiting ? step_enabled() : sim.ready & ~(sim.frozen | sim.held);
	if (!enabled && !sim.alive)
		return to_scheduler(SIM_DONE);
	if (!enabled) {
		fail_deadlock();
		return to_scheduler(SIM_FINDING);
	}
	if (budget_used_up())
		return to_scheduler(end_of_budget());
	picked = sim.phase == TRACE_MAIN ? pick_main(enabled) : pick_solo(enabled);
	if (picked == STRATEGY_STOP)
		return to_scheduler(SIM_STOPPED);
	sim.progress++;
	if (sim.trace)
		record_step((int)picked, preempts(enabled, picked), enabled);
	sim.last = (int)picked;
	if (sim.retrying)
		retry_wake(&sim.cpus[picked]);
	return resume(picked);
}

static void switch_from(struct cpu *cpu, struct fiber *next)
{
	sim.running = next == &sim.scheduler ? NULL : next;
	fiber_switch(&cpu->fiber, next);
}

void step_reschedule(struct cpu *cpu)
{
	struct fiber *next;

	/* Code may have made itself a stack; that is not looked at more closely here. */
	if (__builtin_expect(!fiber_is_on(&cpu->fiber, __builtin_frame_address(0)), 0))
		death_check_thread();
	next = next_fiber();
	if (next != &cpu->fiber)
		switch_from(cpu, next);
}

void step_announce(struct cpu *cpu, const struct baton_point *here, const void *object,
		   enum baton_access_kind kind)
{
	cpu->point = cpu->label ? cpu->label : here;
	cpu->label = NULL;
	cpu->object = object;
	cpu->kind = kind;
	cpu->accesses++;
	if (kind != BATON_READ && kind != BATON_LOCAL)
		cpu->spin.count = 0;
}

void baton_label(const struct baton_point *point)
{
	if (sim.current)
		sim.current->label = point;
}

void baton_access(const struct baton_point *here, const void *object, enum baton_access_kind kind)
{
	struct cpu *cpu = sim.current;

	if (!cpu)
		return;
	if (heap_has(object))
		heap_touch(object);
	step_announce(cpu, here, object, kind);
	sim.ready |= sim_bit(cpu);
	step_reschedule(cpu);
}

static void block(struct cpu *cpu, const struct baton_wait *wait)
{
	cpu->wait = wait;
	sim.ready &= ~sim_bit(cpu);
	sim.waiting |= sim_bit(cpu);
	step_reschedule(cpu);
}

void baton_block(const struct baton_point *here, const void *object, enum baton_access_kind kind,
		 const struct baton_wait *wait)
{
	struct cpu *cpu = sim.current;

	if (!cpu)
		return;
	if (heap_has(object))
		heap_touch(object);
	step_announce(cpu, here, object, kind);
	block(cpu, wait);
}

void baton_idle(const struct baton_point *here, const void *object, const struct baton_wait *wait)
{
	struct cpu *cpu = sim.current;
	uint64_t host;

	if (!cpu)
		return;
	host = cpu->host >= 0 ? UINT64_C(1) << cpu->host : 0;
	step_announce(cpu, here, object, BATON_WAIT);
	sim.frozen &= ~host;
	sim.alive &= ~sim_bit(cpu);
	block(cpu, wait);
	sim.frozen |= host;
	sim.alive |= sim_bit(cpu);
}

void baton_irq_hold(bool hold)
{
	if (!sim.current)
		return;
	BUG_ON(sim.current->host >= 0);
	for (unsigned int i = 0; i < sim.cpu_count; i++) {
		if (sim.cpus[i].host != sim_index(sim.current))
			continue;
		sim.held &= ~(UINT64_C(1) << i);
		sim.held |= (uint64_t)hold << i;
	}
}

unsigned int step_choose(struct choice *choice)
{
	struct cpu *cpu = sim.current;
	uint32_t picked;

	if (!cpu || sim.phase != TRACE_MAIN)
		return 0;
	cpu->spin.count = 0; /* another answer, another way through the loop */
	choice->step = sim.steps;
	choice->current = sim_index(cpu);
	picked = sim.strategy->pick(sim.strategy, choice);
	if (picked == STRATEGY_STOP)
		switch_from(cpu, to_scheduler(SIM_STOPPED));
	BUG_ON(!options_has(choice->unlimited, picked));
	note_entry(choice->kind, picked);
	if (choice->rule && picked)
		fault_note();
	if (sim.trace)
		record_choice(choice->kind, picked, choice->name);
	if (ends_here())
		switch_from(cpu, to_scheduler(SIM_FINDING));
	return picked;
}

unsigned int baton_choose(enum baton_choice_kind kind, unsigned int count, const char *name)
{
	struct choice choice = { .kind = kind, .name = name };

	BUG_ON(count < 1 || count > BATON_OPTIONS_MAX);
	if (count == 1)
		return 0;
	choice.options = count == 64 ? UINT64_MAX : (UINT64_C(1) << count) - 1;
	choice.unlimited = choice.options;
	return step_choose(&choice);
}

void step_entry(void *arg)
{
	struct cpu *cpu = arg;
	const struct baton_program *program = sim.program;
	unsigned int index = (unsigned int)sim_index(cpu);

	if (index < sim.cpu_count)
		program->cpus[index].run(program->cpus[index].arg);
	else if (sim.phase == TRACE_SETUP)
		program->setup(program->arg);
	else
		program->finally(program->arg);
	tls_end_thread();
	if (sim.current != cpu)
		baton_fail("death",
			   "a CPU has ended on the stack of another one, as after longjmp()");
	cpu->point = NULL;
	sim.ready &= ~sim_bit(cpu);
	sim.alive &= ~sim_bit(cpu);
	sim.frozen &= ~(cpu->host >= 0 ? UINT64_C(1) << cpu->host : 0);
	switch_from(cpu, next_fiber());
	BUG_ON(true); /* a CPU that has finished was picked */
}

/* A CPU has switched to the scheduler to have something done there: do so, and go on with it. */
static void serve(void)
{
	struct cpu *cpu = sim.errand.cpu;

	sim.errand.run(sim.errand.arg);
	sim.errand.cpu = NULL;
	sim.running = &cpu->fiber;
	fiber_switch(&sim.scheduler, &cpu->fiber);
}

void sim_on_large_stack(void (*run)(void *arg), void *arg)
{
	struct cpu *cpu = sim.current;

	if (!cpu) {
		run(arg);
		return;
	}
	sim.errand.cpu = cpu;
	sim.errand.run = run;
	sim.errand.arg = arg;
	sim.running = NULL;
	fiber_switch(&cpu->fiber, &sim.scheduler);
}

static void take_stacks(void *arg)
{
	(void)arg;
	record_stacks();
	sim.trace->stacks_step = sim.steps;
}

void sim_stacks(void)
{
	if (sim.trace && sim.current && sim.phase == TRACE_MAIN && !sim.trace->stacks_step)
		sim_on_large_stack(take_stacks, NULL);
}

void step_phase(unsigned int first, unsigned int end)
{
	sim.started = first;
	sim.start_end = end;
	sim.running = start_next();
	if (sim.running != &sim.scheduler)
		fiber_switch(&sim.scheduler, sim.running);
	while (sim.errand.cpu)
		serve();
	sim.running = NULL;
}

int baton_cpu(void)
{
	return sim.current ? sim.current->number : -1;
}
