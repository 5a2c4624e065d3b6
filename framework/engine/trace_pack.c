/* SPDX-License-Identifier: MIT */
#include "engine/trace_pack.h"

#include <string.h>

#include "engine/trace_tables.h"

/* ---- Writing ------------------------------------------------------------------------------ */

static void pack_events(const struct trace *trace, struct text *to)
{
	for (size_t i = 0; i < trace->events.count; i++) {
		const struct trace_event *event = &trace->events.items[i];

		pack_bytes(to, event, sizeof(*event));
		pack_string(to, event->text);
		if (event->values)
			pack_bytes(to, event->values,
				   trace->program->watch_count * sizeof(*event->values));
	}
}

static void pack_frame(const struct trace_frame *frame, struct text *to)
{
	pack_string(to, frame->function);
	pack_string(to, frame->file);
	pack_bytes(to, &frame->line, sizeof(frame->line));
}

/*
 * The first entry of a table is always there. (Of that of places, the first callee is not: places
 * are not looked up any more once an execution is over.)
 */
static void pack_tables(const struct trace *trace, struct text *to)
{
	for (size_t i = 1; i < trace->places.count; i++) {
		pack_bytes(to, &trace->places.items[i], sizeof(trace->places.items[i]));
		pack_frame(&trace->places.items[i].frame, to);
	}
	for (size_t i = 1; i < trace->objects.count; i++) {
		pack_bytes(to, &trace->objects.items[i], sizeof(trace->objects.items[i]));
		pack_string(to, trace->objects.items[i].kind);
		pack_string(to, trace->objects.items[i].name);
	}
	for (size_t i = 1; i < trace->fields.count; i++) {
		pack_bytes(to, &trace->fields.items[i], sizeof(trace->fields.items[i]));
		pack_string(to, trace->fields.items[i].name);
	}
	for (size_t i = 0; i < trace->changes.count; i++) {
		pack_bytes(to, &trace->changes.items[i].field, sizeof(unsigned int));
		pack_string(to, trace->changes.items[i].value);
	}
}

static void pack_stack(const struct trace_stack *stack, struct text *to)
{
	pack_string(to, stack->state);
	pack_bytes(to, &stack->frames.count, sizeof(stack->frames.count));
	for (size_t i = 0; i < stack->frames.count; i++)
		pack_frame(&stack->frames.items[i], to);
}

void trace_pack(const struct trace *trace, struct text *to)
{
	pack_bytes(to, trace, sizeof(*trace));
	pack_text(to, &trace->finding.text);
	pack_text(to, &trace->finding.details);
	pack_events(trace, to);
	pack_tables(trace, to);
	for (unsigned int i = 0; i < trace->program->cpu_count; i++)
		pack_stack(&trace->stacks[i], to);
}

/* ---- Reading ------------------------------------------------------------------------------ */

static bool unpack_event(struct trace *trace, struct unpack *from)
{
	size_t size = trace->program->watch_count * sizeof(long);
	struct trace_event event;
	bool has_values, all;

	if (!unpack_bytes(from, &event, sizeof(event)))
		return false;
	has_values = event.values;
	event.text = NULL;
	event.values = has_values ? xcalloc(size + 1, 1) : NULL;
	all = unpack_string(from, &event.text) &&
	      (!has_values || unpack_bytes(from, event.values, size));
	trace_add(trace, event);
	return all;
}

static bool unpack_frame(struct trace_frame *frame, struct unpack *from)
{
	*frame = (struct trace_frame){ NULL, NULL, 0 };
	return unpack_string(from, &frame->function) && unpack_string(from, &frame->file) &&
	       unpack_bytes(from, &frame->line, sizeof(frame->line));
}

static bool unpack_place(struct trace *trace, struct unpack *from)
{
	struct trace_place place;
	bool all;

	if (!unpack_bytes(from, &place, sizeof(place)))
		return false;
	all = unpack_frame(&place.frame, from);
	vec_push(&trace->places, place);
	return all;
}

static bool unpack_object(struct trace *trace, struct unpack *from)
{
	struct trace_object object;
	bool all;

	if (!unpack_bytes(from, &object, sizeof(object)))
		return false;
	object.kind = object.name = NULL;
	all = unpack_string(from, &object.kind) && unpack_string(from, &object.name);
	vec_push(&trace->objects, object);
	return all;
}

static bool unpack_field(struct trace *trace, struct unpack *from)
{
	struct trace_field field;
	bool all;

	if (!unpack_bytes(from, &field, sizeof(field)))
		return false;
	field.name = NULL;
	all = unpack_string(from, &field.name);
	vec_push(&trace->fields, field);
	return all;
}

static bool unpack_change(struct trace *trace, struct unpack *from)
{
	struct trace_change change = { 0, NULL };
	bool all = unpack_bytes(from, &change.field, sizeof(change.field)) &&
		   unpack_string(from, &change.value);

	vec_push(&trace->changes, change);
	return all;
}

static bool unpack_each(struct trace *trace, size_t first, size_t count,
			bool (*unpack_one)(struct trace *, struct unpack *), struct unpack *from)
{
	for (size_t i = first; i < count; i++)
		if (!unpack_one(trace, from))
			return false;
	return true;
}

static bool unpack_stack(struct trace_stack *stack, struct unpack *from)
{
	size_t count;

	if (!unpack_string(from, &stack->state_text))
		return false;
	stack->state = stack->state_text;
	if (!unpack_bytes(from, &count, sizeof(count)))
		return false;
	while (count--) {
		struct trace_frame frame;
		bool all = unpack_frame(&frame, from);

		vec_push(&stack->frames, frame);
		if (!all)
			return false;
	}
	return true;
}

static bool unpack_stacks(struct trace *trace, struct unpack *from)
{
	for (unsigned int i = 0; i < trace->program->cpu_count; i++)
		if (!unpack_stack(&trace->stacks[i], from))
			return false;
	return true;
}

bool trace_unpack(struct trace *trace, struct unpack *from)
{
	struct trace other;

	trace_clear(trace);
	if (!unpack_bytes(from, &other, sizeof(other)))
		return false;
	trace->steps = other.steps;
	trace->stacks_step = other.stacks_step;
	trace->preemptions = other.preemptions;
	trace->faults = other.faults;
	trace->hash = other.hash;
	memcpy(trace->chains, other.chains, sizeof(trace->chains));
	trace->finding.kind = other.finding.kind;
	trace->finding.name = other.finding.name;
	trace->finding.cpu = other.finding.cpu;
	trace->finding.step = other.finding.step;
	return unpack_text(from, &trace->finding.text) &&
	       unpack_text(from, &trace->finding.details) &&
	       unpack_each(trace, 0, other.events.count, unpack_event, from) &&
	       unpack_each(trace, 1, other.places.count, unpack_place, from) &&
	       unpack_each(trace, 1, other.objects.count, unpack_object, from) &&
	       unpack_each(trace, 1, other.fields.count, unpack_field, from) &&
	       unpack_each(trace, 0, other.changes.count, unpack_change, from) &&
	       unpack_stacks(trace, from);
}
