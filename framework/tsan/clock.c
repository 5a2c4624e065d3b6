/* SPDX-License-Identifier: MIT */
/*
 * clock.c - happens-before among CPUs, by vector clocks.
 *
 * Time is the number of steps that were made in the execution, twice: so there is room between
 * two steps for a fence. A CPU's clock says of each other one up to when all that it has done is
 * ordered before what the CPU does now. An object that orders keeps a clock, too: who releases
 * adds its own to it, who acquires adds it to its own. C11, 5.1.2.4 and 7.17.3; the clocks are
 * those of Fidge and Mattern.
 *
 * The engine keeps the steps of the execution, and they are taken into account when somebody
 * asks: so primitives that know nothing of this file order, too, and code of which nothing could
 * race pays for nothing. Setup comes before all, finally after.
 */
#include <stdatomic.h>
#include <string.h>

#include "base/vec.h"
#include "baton/injector.h"
#include "tsan/tsan.h"

/* Of each CPU; of those that the program does not have, anything. */
struct clock {
	uint32_t times[BATON_CPUS_MAX];
};

struct ordering {
	const void *object;
	struct clock clock;
};

struct cpu_clock {
	struct clock now;
	struct clock acquired; /* by relaxed loads, for a fence to come */
	struct clock released; /* by the last release fence, for relaxed stores to come */
	uint32_t fence;        /* time of the last release fence; 0: none */
};

static struct {
	unsigned long execution;
	unsigned int cpu_count;
	size_t seen; /* steps that have been taken into account */
	struct cpu_clock cpus[BATON_CPUS_MAX];
	VEC(struct ordering) objects;
	VEC(uint32_t) slots; /* hash of the address: index in objects + 1 */
} order;

unsigned long tsan_fenced;

static void join(struct clock *clock, const struct clock *other)
{
	for (unsigned int i = 0; i < order.cpu_count; i++)
		if (clock->times[i] < other->times[i])
			clock->times[i] = other->times[i];
}

static void begin(void)
{
	order.execution = baton_execution();
	order.seen = 0;
	order.objects.count = 0;
	order.cpu_count = sim_program()->cpu_count;
	for (size_t i = 0; i < order.slots.count; i++)
		order.slots.items[i] = 0;
	memset(order.cpus, 0, order.cpu_count * sizeof(*order.cpus));
}

static uint32_t *slot_of(const void *object)
{
	size_t mask = order.slots.count - 1;
	size_t slot = (size_t)(((uintptr_t)object * 0x9e3779b97f4a7c15u) >> 32) & mask;
	uint32_t *index = &order.slots.items[slot];

	while (*index && order.objects.items[*index - 1].object != object) {
		slot = (slot + 1) & mask;
		index = &order.slots.items[slot];
	}
	return index;
}

/* Twice as many slots, at least 64, with the objects in them. */
static void grow(void)
{
	size_t count = order.slots.count ? 2 * order.slots.count : 64;

	order.slots.count = 0;
	while (order.slots.count < count)
		vec_push(&order.slots, 0);
	for (size_t i = 0; i < order.objects.count; i++)
		*slot_of(order.objects.items[i].object) = (uint32_t)i + 1;
}

static void reset(struct clock *clock)
{
	memset(clock->times, 0, order.cpu_count * sizeof(*clock->times));
}

static uint32_t add_object(const void *object)
{
	static struct ordering fresh;

	fresh.object = object;
	vec_push(&order.objects, fresh);
	return (uint32_t)order.objects.count;
}

static struct clock *clock_of(const void *object)
{
	uint32_t *slot;

	if (2 * order.objects.count >= order.slots.count)
		grow();
	slot = slot_of(object);
	if (!*slot)
		*slot = add_object(object);
	return &order.objects.items[*slot - 1].clock;
}

static void acquire(struct cpu_clock *cpu, const struct clock *clock, bool ordered)
{
	join(ordered ? &cpu->now : &cpu->acquired, clock);
}

/* @time: all that CPU @index has done before is released. */
static void release(unsigned int index, struct clock *clock, uint32_t time, bool ordered)
{
	struct cpu_clock *cpu = &order.cpus[index];

	if (ordered)
		cpu->now.times[index] = time;
	join(clock, ordered ? &cpu->now : &cpu->released);
}

static bool reads(uint8_t kind)
{
	return kind != BATON_WRITE && kind != BATON_UNLOCK && kind != BATON_ADD &&
	       kind != BATON_LOCAL;
}

static bool writes(uint8_t kind)
{
	return kind == BATON_WRITE || kind == BATON_UNLOCK || kind == BATON_RMW;
}

static bool acquires(int memory_order)
{
	return memory_order != memory_order_relaxed && memory_order != memory_order_release;
}

static bool releases(int memory_order)
{
	return memory_order == memory_order_release || memory_order == memory_order_acq_rel ||
	       memory_order == memory_order_seq_cst;
}

/* A store that is no RMW heads a new release sequence: what was released before is gone. */
static void take_step(const struct sim_step *step, uint32_t time)
{
	uint8_t how = step->order;
	int memory_order = how == TSAN_STRONGEST ? memory_order_acq_rel : how - TSAN_ATOMIC(0);
	struct cpu_clock *cpu = &order.cpus[step->cpu];
	struct clock *clock;

	if (how == TSAN_NOTHING)
		return;
	clock = clock_of(step->object);
	if (reads(step->kind))
		acquire(cpu, clock, acquires(memory_order));
	if (how != TSAN_STRONGEST && step->kind == BATON_WRITE)
		reset(clock);
	if (writes(step->kind))
		release(step->cpu, clock, time, releases(memory_order));
}

/* Take into account the steps that were made since the last time. Return: how many there are. */
static size_t catch_up(void)
{
	size_t count;
	const struct sim_step *steps = sim_made(&count);

	if (order.execution != baton_execution())
		begin();
	for (; order.seen < count; order.seen++)
		take_step(&steps[order.seen], 2 * (uint32_t)(order.seen + 1));
	return count;
}

/* Of two fences without a step between them the second one has the time of the next step. */
static void release_fence(struct cpu_clock *cpu, uint32_t time)
{
	cpu->fence = cpu->fence == time + 1 ? time + 2 : time + 1;
	cpu->now.times[baton_cpu()] = cpu->fence;
	cpu->released = cpu->now;
	tsan_fenced = order.execution;
}

void tsan_clock_fence(int memory_order)
{
	uint32_t time = 2 * (uint32_t)catch_up();
	struct cpu_clock *cpu = &order.cpus[baton_cpu()];

	if (acquires(memory_order))
		join(&cpu->now, &cpu->acquired);
	if (releases(memory_order))
		release_fence(cpu, time);
}

uint32_t tsan_clock_fenced(const struct sim_moment *moment)
{
	uint32_t time = 2 * moment->steps;

	return time + (order.cpus[moment->cpu].fence > time);
}

bool tsan_clock_before(unsigned int cpu, uint32_t time)
{
	catch_up();
	return time < order.cpus[baton_cpu()].now.times[cpu];
}
