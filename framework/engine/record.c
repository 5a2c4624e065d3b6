/* SPDX-License-Identifier: MIT */
/*
 * record.c - the second, close look at an execution: fills sim.trace.
 *
 * A call's heading is held back until the CPU makes a step or says something, so
 * that it stands directly above what belongs to it.
 */
#include <string.h>

#include "base/bug.h"
#include "engine/backtrace.h"
#include "engine/heap.h"
#include "engine/sim_state.h"

/* Headings that a CPU has begun and not shown yet, oldest first. */
#define CALLS_MAX 8u

static struct {
	char *texts[CALLS_MAX];
	unsigned int count;
} held[BATON_CPUS_MAX];

/* What each CPU waits for, as the trace has it; NULL: nothing. */
static char *waits[BATON_CPUS_MAX];

static bool looked; /* at the state that the last step has left */

static int shown_cpu(int index)
{
	return index == (int)sim.cpu_count ? -1 : index;
}

static struct trace_event *add(enum trace_type type, int index)
{
	struct trace_event event = {
		.type = type,
		.phase = sim.phase,
		.cpu = shown_cpu(index),
		.step = sim.phase == TRACE_MAIN ? sim.steps : sim.solo_steps,
	};

	return trace_add(sim.trace, event);
}

static void show_calls(int index)
{
	for (unsigned int i = 0; i < held[index].count; i++)
		add(TRACE_CALL, index)->text = held[index].texts[i];
	held[index].count = 0;
}

/* Calls that the end of the execution kept from making a step. */
static void drop_calls(int index)
{
	for (unsigned int i = 0; i < held[index].count; i++)
		free(held[index].texts[i]);
	held[index].count = 0;
}

/* Not to be left out, nor called with other registers: gdb reads its parameters. */
__attribute__((noinline, used)) void baton_gdb_step(unsigned int step, int cpu)
{
	__asm__ volatile("" : : "r"(step), "r"(cpu) : "memory");
}

/* The step that has just been made, NULL if none was made in this phase. */
static struct trace_event *last_step(void)
{
	for (size_t i = sim.trace->events.count; i-- > 0;) {
		struct trace_event *event = &sim.trace->events.items[i];

		if (event->phase != sim.phase)
			return NULL;
		if (event->type == TRACE_STEP)
			return event;
	}
	return NULL;
}

/* CPU @index, which is about to wait or does so, now waits for @why ("" for nothing). */
static void note_wait(int index, const char *why)
{
	struct trace_event *event;

	if (!strcmp(waits[index] ? waits[index] : "", why))
		return;
	free(waits[index]);
	waits[index] = *why ? xstrdup(why) : NULL;
	if (*why)
		show_calls(index);
	event = add(*why ? TRACE_WAIT : TRACE_READY, index);
	event->step = sim.trace->steps + 1;
	event->text = *why ? xstrdup(why) : NULL;
}

/* Who cannot make the step that comes now, because of what. */
static void record_waits(uint64_t enabled)
{
	for (int i = 0; i < (int)sim.cpu_count; i++) {
		uint64_t bit = sim_bit(&sim.cpus[i]);
		struct text why = TEXT_INIT;

		if (sim.alive & bit & (sim.waiting | sim.retrying) & ~enabled)
			sim_wait_text(i, &why);
		note_wait(i, why.bytes);
		text_release(&why);
	}
}

/* Where the CPU that was picked makes its access. */
static void take_place(void *arg)
{
	struct trace_event *event = last_step();
	struct trace_stack stack = { 0 };
	unsigned int place = 0;

	(void)arg;
	BUG_ON(!event);
	backtrace_suspended(&sim.cpus[event->cpu].fiber, &stack);
	for (size_t i = stack.frames.count; i-- > 0;)
		place = trace_place(sim.trace, place, &stack.frames.items[i]);
	trace_stack_release(&stack);
	event->place = place;
}

void record_step(int cpu, bool preempts, uint64_t enabled)
{
	struct trace_event *event;

	if (sim.phase == TRACE_MAIN)
		record_waits(enabled);
	show_calls(cpu);
	event = add(TRACE_STEP, cpu);
	event->point = sim.cpus[cpu].point;
	event->kind = sim.cpus[cpu].kind;
	looked = false;
	if (sim.phase != TRACE_MAIN)
		return;
	event->preempts = preempts;
	event->object = record_object(sim.cpus[cpu].object);
	event->location = record_location(sim.cpus[cpu].object);
	sim.trace->steps++;
	sim.trace->preemptions += preempts;
	sim_on_large_stack(take_place, NULL);
	baton_gdb_step(sim.steps, cpu);
}

void record_after_step(void)
{
	const struct baton_program *program = sim.program;
	struct trace_event *event = last_step();

	/* What is watched may not be there before setup is through. */
	if (looked || sim.phase == TRACE_SETUP)
		return;
	looked = true;
	if (!event)
		event = add(TRACE_STATE, (int)sim.cpu_count);
	if (program->watch_count)
		event->values = xcalloc(program->watch_count, sizeof(*event->values));
	for (unsigned int i = 0; i < program->watch_count; i++)
		event->values[i] = program->watches[i].get(program->watches[i].arg);
	record_state(event);
}

void record_choice(enum baton_choice_kind kind, unsigned int option, const char *name)
{
	struct trace_event *event;

	show_calls(sim_index(sim.current));
	event = add(TRACE_CHOICE, sim_index(sim.current));
	event->choice_kind = kind;
	event->option = option;
	event->text = xstrdup(name);
	sim.trace->faults += kind == BATON_CHOICE_FAULT && option;
}

static char *format_text(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

static char *format_text(const char *format, va_list args)
{
	struct text text = TEXT_INIT;

	text_vaddf(&text, format, args);
	return text_detach(&text);
}

void baton_note(const char *format, ...)
{
	va_list args;

	if (!sim.trace || !sim.current)
		return;
	/* A check speaks of the step before it, not of the call that has begun since. */
	if (!sim.checking)
		show_calls(sim_index(sim.current));
	va_start(args, format);
	add(TRACE_NOTE, sim_index(sim.current))->text = format_text(format, args);
	va_end(args);
}

void baton_call_begin(const char *format, ...)
{
	va_list args;
	int index;

	if (!sim.trace || !sim.current)
		return;
	index = sim_index(sim.current);
	if (held[index].count == CALLS_MAX)
		show_calls(index);
	va_start(args, format);
	held[index].texts[held[index].count++] = format_text(format, args);
	va_end(args);
}

void baton_call_end(void)
{
	if (!sim.trace || !sim.current)
		return;
	show_calls(sim_index(sim.current));
	add(TRACE_RETURN, sim_index(sim.current));
}

static bool failed_here(int index)
{
	return sim.finding.kind != FINDING_NONE && sim.finding.cpu == index;
}

static bool crashed_here(int index)
{
	return failed_here(index) && sim.crash.signal;
}

static void describe_state(int index, struct text *text)
{
	const struct cpu *cpu = &sim.cpus[index];

	if (failed_here(index))
		text_add(text, "failed here");
	else if (cpu == sim.errand.cpu && cpu->point)
		text_addf(text, "made this step, next: %s", cpu->point->name);
	else if (!cpu->point)
		text_add(text, "finished");
	else if (!(step_enabled() & sim_bit(cpu)))
		sim_wait_text(index, text);
	if (!text->length)
		text_addf(text, "next: %s", cpu->point->name);
}

static void record_stack(int index)
{
	struct trace_stack *stack = &sim.trace->stacks[index];
	const struct cpu *cpu = &sim.cpus[index];
	struct text state = TEXT_INIT;

	if ((cpu->wait || cpu->host >= 0) && !(sim.alive & sim_bit(cpu)))
		return; /* idle */
	describe_state(index, &state);
	trace_set_state(sim.trace, (unsigned int)index, text_detach(&state));
	if (!cpu->fiber.sp || (!cpu->point && !failed_here(index)))
		return;
	/* Where the watchdog stopped a loop differs from run to run: fail.c names its point. */
	if (failed_here(index) && sim.crash.loop)
		return;
	if (crashed_here(index))
		backtrace_crashed(&sim.crash, stack);
	else
		backtrace_suspended(&cpu->fiber, stack);
}

void record_stacks(void)
{
	for (int i = 0; i < (int)sim.cpu_count; i++)
		record_stack(i);
}

/*
 * The code that failed: the innermost frames. A loop is somewhere in what its CPU runs; where
 * it was when it was stopped differs.
 */
static void add_culprit(struct text *details)
{
	struct trace_stack stack = { 0 };

	if (sim.crash.loop) {
		backtrace_crashed(&sim.crash, &stack);
		if (stack.frames.count)
			text_addf(details, "in %s\n",
				  stack.frames.items[stack.frames.count - 1].function);
	} else if (sim.finding.cpu >= 0 && sim.finding.cpu < (int)sim.cpu_count && !sim.checking &&
		   sim.trace->stacks[sim.finding.cpu].frames.count) {
		text_add(details, "in ");
		backtrace_text(&sim.trace->stacks[sim.finding.cpu], details);
		text_add_char(details, '\n');
	}
	trace_stack_release(&stack);
}

void record_begin(void)
{
	trace_clear(sim.trace);
	looked = false;
	record_state_begin();
}

void record_end(void)
{
	record_after_step();
	if (sim.finding.kind == FINDING_DEADLOCK && sim.phase == TRACE_MAIN)
		record_waits(0);
	for (int i = 0; i <= (int)sim.cpu_count; i++) {
		if (sim.finding.kind == FINDING_DEADLOCK)
			show_calls(i); /* it is these that cannot go on */
		drop_calls(i);
		free(waits[i]);
		waits[i] = NULL;
	}
	if (!sim.trace->stacks_step)
		record_stacks();
	sim.trace->finding.kind = sim.finding.kind;
	sim.trace->finding.name = sim.finding.name;
	sim.trace->finding.cpu = shown_cpu(sim.finding.cpu);
	sim.trace->finding.step = sim.finding.step;
	text_add(&sim.trace->finding.text, sim.finding.text.bytes);
	text_add(&sim.trace->finding.details, sim.finding.details.bytes);
	add_culprit(&sim.trace->finding.details);
	heap_record(&sim.trace->finding.details);
	if (sim.describe)
		sim.describe(&sim.trace->finding.details);
	sim.trace->hash = trace_hash(sim.trace);
}
