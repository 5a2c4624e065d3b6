/* SPDX-License-Identifier: MIT */
/*
 * fail.c - what went wrong in the code under test, in words without addresses.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/bug.h"
#include "base/give_up.h"
#include "engine/backtrace.h"
#include "engine/death.h"
#include "engine/heap.h"
#include "engine/sim_state.h"

/* So many of the last steps are looked at to say which points loop. */
#define LOOP_WINDOW 64u

static struct finding *finding_begin(enum finding_kind kind, const char *name)
{
	struct finding *finding = &sim.finding;

	finding_clear(finding);
	finding->kind = kind;
	finding->name = name;
	finding->cpu = sim.current ? sim_index(sim.current) : -1;
	finding->step = sim.steps;
	return finding;
}

static _Noreturn void fail_outside(const char *name, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

static void fail_outside(const char *name, const char *format, va_list args)
{
	fprintf(stderr, "%s: ", name);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	abort();
}

void baton_fail(const char *name, const char *format, ...)
{
	struct cpu *cpu = sim.current;
	va_list args;

	va_start(args, format);
	if (!cpu)
		fail_outside(name, format, args);
	text_vaddf(&finding_begin(FINDING_RULE, name)->text, format, args);
	va_end(args);
	sim.end = SIM_FINDING;
	sim.current = NULL;
	sim.running = NULL;
	fiber_switch(&cpu->fiber, &sim.scheduler);
	BUG_ON(true); /* a CPU that failed was picked */
	abort();
}

void sim_wait_text(int cpu, struct text *text)
{
	const struct cpu *c = &sim.cpus[cpu];
	const struct baton_wait *wait = c->wait;
	const char *name;
	int holder;

	if (options_has(sim.retrying, (uint32_t)cpu))
		text_add(text, "waits for somebody to write what it has read");
	if (!wait || wait->ready(c->object))
		return;
	name = wait->name ? wait->name(c->object) : NULL;
	text_addf(text, "waits for %s", name ? name : c->point->name);
	holder = wait->holder ? wait->holder(c->object) : -1;
	if (holder >= 0)
		text_addf(text, " held by %s", baton_cpu_name(holder));
}

void fail_deadlock(void)
{
	struct finding *finding = finding_begin(FINDING_DEADLOCK, "deadlock");

	finding->cpu = -1;
	text_add(&finding->text, "no CPU can go on");
	for (unsigned int i = 0; i <= sim.cpu_count; i++) {
		const struct cpu *cpu = &sim.cpus[i];

		if (!((sim.waiting | sim.retrying) & sim.alive & sim_bit(cpu)))
			continue;
		text_addf(&finding->details, "%s ", baton_cpu_name((int)i));
		sim_wait_text((int)i, &finding->details);
		text_addf(&finding->details, ", at %s (%s:%u)\n", cpu->point->name,
			  cpu->point->file, cpu->point->line);
	}
}

void fail_known(const struct ending *ending)
{
	struct finding *finding = finding_begin(ending->kind, ending->name);
	const struct baton_point *point = sim.current->point;

	sim.known = true;
	text_add(&finding->text, ending->text);
	if (point)
		text_addf(&finding->details, "behind %s (%s:%u)\n", point->name, point->file,
			  point->line);
}

bool fail_leak(void)
{
	struct text text = TEXT_INIT;
	struct finding *finding;
	bool leaks = heap_leaks(&text);

	if (leaks) {
		finding = finding_begin(FINDING_RULE, "memory_leak");
		text_add(&finding->text, text.bytes);
	}
	text_release(&text);
	return leaks;
}

/* The points at which CPU @index was picked in the last steps are its loop. */
static void describe_loop(unsigned int index, struct text *text)
{
	const struct baton_point *point = sim.cpus[index].point;

	if (point)
		text_addf(text, "%s goes on, at %s (%s:%u)\n", baton_cpu_name((int)index),
			  point->name, point->file, point->line);
}

void fail_livelock(void)
{
	struct finding *finding = finding_begin(FINDING_LIVELOCK, "livelock");
	size_t count = sim.schedule.entries.count;
	uint64_t active = 0;

	finding->cpu = -1;
	text_addf(&finding->text, "no end after %u steps", sim.steps_max);
	for (size_t i = count > LOOP_WINDOW ? count - LOOP_WINDOW : 0; i < count; i++)
		if (sim.schedule.entries.items[i].kind == BATON_CHOICE_CPU)
			active |= UINT64_C(1) << sim.schedule.entries.items[i].value;
	for (; active; active &= active - 1)
		describe_loop(options_first(active), &finding->details);
}

/*
 * It is no finding: what the code waits for, a lock of the system's or a clock, is not simulated,
 * and so it would be in many executions, and seen in each some seconds later.
 */
static _Noreturn void give_up_blocked(void)
{
	struct trace_stack stack = { 0 };
	struct text text = TEXT_INIT;

	text_addf(&text,
		  "%s is blocked %s\n  Between two steps no other CPU can run, so nothing ends it; "
		  "step %u",
		  baton_cpu_name(sim_index(sim.current)), death_blocked(), sim.steps);
	backtrace_crashed(&sim.crash, &stack);
	if (stack.frames.count)
		text_add(&text, ", in ");
	backtrace_text(&stack, &text);
	give_up(text.bytes);
}

void fail_crash(void)
{
	const struct crash_report *crash = &sim.crash;
	enum finding_kind kind = crash->overflow ? FINDING_OVERFLOW :
				 crash->loop     ? FINDING_LOOP :
						   FINDING_CRASH;
	struct finding *finding;

	if (crash->blocked)
		give_up_blocked();
	finding = finding_begin(kind, kind == FINDING_OVERFLOW ? "overflow" :
				      kind == FINDING_LOOP     ? "loop" :
								 "crash");

	if (kind == FINDING_CRASH && heap_has(crash->address))
		finding->name = heap_describe(crash->address, &finding->text);
	else
		crash_describe(crash, &finding->text);
	if (kind == FINDING_LOOP && sim.current && sim.current->point)
		text_addf(&finding->details, "%s loops behind %s (%s:%u)\n",
			  baton_cpu_name(finding->cpu), sim.current->point->name,
			  sim.current->point->file, sim.current->point->line);
}
