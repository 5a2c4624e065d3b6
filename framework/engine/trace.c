/* SPDX-License-Identifier: MIT */
#include "engine/trace.h"

#define XXH_INLINE_ALL
#include <string.h>
#include <xxhash.h>

#include "base/bug.h"
#include "engine/trace_tables.h"

void trace_init(struct trace *trace, const struct baton_program *program)
{
	*trace = (struct trace){ .program = program, .finding = { .cpu = -1 } };
	text_init(&trace->finding.text);
	text_init(&trace->finding.details);
	trace->stacks = xcalloc(program->cpu_count, sizeof(*trace->stacks));
	trace_tables_clear(trace);
}

void trace_stack_release(struct trace_stack *stack)
{
	for (size_t i = 0; i < stack->frames.count; i++) {
		free(stack->frames.items[i].function);
		free(stack->frames.items[i].file);
	}
	vec_release(&stack->frames);
	free(stack->state_text);
	stack->state_text = NULL;
	stack->state = NULL;
}

void trace_clear(struct trace *trace)
{
	for (size_t i = 0; i < trace->events.count; i++) {
		free(trace->events.items[i].text);
		free(trace->events.items[i].values);
	}
	trace->events.count = 0;
	trace_tables_clear(trace);
	for (unsigned int i = 0; i < trace->program->cpu_count; i++)
		trace_stack_release(&trace->stacks[i]);
	finding_clear(&trace->finding);
	trace->steps = 0;
	trace->stacks_step = 0;
	trace->preemptions = 0;
	trace->faults = 0;
	trace->hash = 0;
}

void trace_release(struct trace *trace)
{
	if (!trace->program)
		return;
	trace_clear(trace);
	vec_release(&trace->events);
	trace_tables_release(trace);
	free(trace->stacks);
	trace->stacks = NULL;
	finding_release(&trace->finding);
	trace->program = NULL;
}

struct trace_event *trace_add(struct trace *trace, struct trace_event event)
{
	vec_push(&trace->events, event);
	return &trace->events.items[trace->events.count - 1];
}

void trace_add_frame(struct trace *trace, unsigned int cpu, const char *function, const char *file,
		     unsigned int line)
{
	struct trace_frame frame = { NULL, NULL, line };

	BUG_ON(cpu >= trace->program->cpu_count);
	frame.function = xstrdup(function);
	frame.file = file ? xstrdup(file) : NULL;
	vec_push(&trace->stacks[cpu].frames, frame);
}

void trace_set_state(struct trace *trace, unsigned int cpu, char *state)
{
	struct trace_stack *stack = &trace->stacks[cpu];

	BUG_ON(cpu >= trace->program->cpu_count);
	free(stack->state_text);
	stack->state_text = state;
	stack->state = state;
}

static void feed_bytes(XXH3_state_t *state, const void *bytes, size_t count)
{
	XXH3_64bits_update(state, bytes, count);
}

static void feed_number(XXH3_state_t *state, uint64_t number)
{
	feed_bytes(state, &number, sizeof(number));
}

/* With its length, so that neighbours cannot be mistaken for one another; NULL is not "". */
static void feed_string(XXH3_state_t *state, const char *string)
{
	feed_number(state, string ? strlen(string) : UINT64_MAX);
	if (string)
		feed_bytes(state, string, strlen(string));
}

static void feed_point(XXH3_state_t *state, const struct baton_point *point)
{
	feed_string(state, point ? point->name : NULL);
	feed_number(state, point ? point->line : 0);
}

static void feed_values(XXH3_state_t *state, const long *values, unsigned int count)
{
	feed_number(state, values != NULL);
	for (unsigned int i = 0; values && i < count; i++)
		feed_number(state, (uint64_t)values[i]);
}

static void feed_event(XXH3_state_t *state, const struct trace_event *event,
		       unsigned int watch_count)
{
	feed_number(state, (uint64_t)event->type);
	feed_number(state, (uint64_t)event->phase);
	feed_number(state, (uint64_t)event->cpu);
	feed_number(state, event->step);
	feed_point(state, event->point);
	feed_number(state, (uint64_t)event->kind);
	feed_number(state, event->preempts);
	feed_number(state, event->place);
	feed_number(state, event->object);
	feed_number(state, event->location);
	feed_number(state, event->change_count);
	feed_number(state, (uint64_t)event->choice_kind);
	feed_number(state, event->option);
	feed_string(state, event->text);
	feed_values(state, event->values, watch_count);
}

static void feed_frame(XXH3_state_t *state, const struct trace_frame *frame)
{
	feed_string(state, frame->function);
	feed_string(state, frame->file);
	feed_number(state, frame->line);
}

/* What events refer to. */
static void feed_tables(XXH3_state_t *state, const struct trace *trace)
{
	for (size_t i = 1; i < trace->places.count; i++) {
		feed_number(state, trace->places.items[i].caller);
		feed_frame(state, &trace->places.items[i].frame);
	}
	for (size_t i = 1; i < trace->objects.count; i++) {
		feed_string(state, trace->objects.items[i].kind);
		feed_string(state, trace->objects.items[i].name);
	}
	for (size_t i = 1; i < trace->fields.count; i++) {
		feed_number(state, trace->fields.items[i].object);
		feed_string(state, trace->fields.items[i].name);
	}
	for (size_t i = 0; i < trace->changes.count; i++) {
		feed_number(state, trace->changes.items[i].field);
		feed_string(state, trace->changes.items[i].value);
	}
}

static void feed_stack(XXH3_state_t *state, const struct trace_stack *stack)
{
	feed_string(state, stack->state);
	feed_number(state, stack->frames.count);
	for (size_t i = 0; i < stack->frames.count; i++)
		feed_frame(state, &stack->frames.items[i]);
}

static void feed_finding(XXH3_state_t *state, const struct finding *finding)
{
	feed_number(state, (uint64_t)finding->kind);
	feed_string(state, finding->name);
	feed_number(state, (uint64_t)finding->cpu);
	feed_number(state, finding->step);
	feed_string(state, finding->text.bytes);
	feed_string(state, finding->details.bytes);
}

uint64_t trace_hash(const struct trace *trace)
{
	XXH3_state_t state;

	XXH3_64bits_reset(&state);
	feed_number(&state, trace->steps);
	feed_number(&state, trace->preemptions);
	feed_number(&state, trace->faults);
	feed_number(&state, trace->events.count);
	for (size_t i = 0; i < trace->events.count; i++)
		feed_event(&state, &trace->events.items[i], trace->program->watch_count);
	feed_tables(&state, trace);
	for (unsigned int i = 0; i < trace->program->cpu_count; i++)
		feed_stack(&state, &trace->stacks[i]);
	feed_finding(&state, &trace->finding);
	return XXH3_64bits_digest(&state);
}
