/* SPDX-License-Identifier: MIT */
#include "reports/json_trace.h"

#include "reports/story.h"

void json_point(struct json_out *out, const char *key, const struct baton_point *point)
{
	json_out_begin(out, key, '{');
	json_out_string(out, "name", point->name);
	json_out_bool(out, "labelled", point->labelled);
	json_out_string(out, "file", point->file);
	json_out_number(out, "line", point->line);
	json_out_end(out, '}');
}

static void put_values(struct json_out *out, const struct trace *trace, const long *values)
{
	if (!values) {
		json_out_null(out, "values");
		return;
	}
	json_out_begin(out, "values", '{');
	for (unsigned int i = 0; i < trace->program->watch_count; i++)
		json_out_integer(out, trace->program->watches[i].name, values[i]);
	json_out_end(out, '}');
}

/* What is accessed: "page A"; null where nobody can say. */
static void put_object(struct json_out *out, const struct trace *trace, unsigned int index)
{
	const struct trace_object *object = &trace->objects.items[index];
	struct text text = TEXT_INIT;

	if (index)
		text_addf(&text, "%s %s", object->kind, object->name);
	json_out_string(out, "object", index ? text.bytes : NULL);
	text_release(&text);
}

static void put_change(struct json_out *out, const struct trace *trace,
		       const struct trace_change *change)
{
	const struct trace_field *field = &trace->fields.items[change->field];
	const struct trace_object *object = &trace->objects.items[field->object];

	json_out_begin(out, NULL, '{');
	json_out_string(out, "kind", object->kind);
	json_out_string(out, "name", object->name);
	json_out_string(out, "field", field->name);
	json_out_string(out, "value", change->value);
	json_out_end(out, '}');
}

static void put_changes(struct json_out *out, const char *key, const struct trace *trace,
			const struct trace_event *event)
{
	json_out_begin(out, key, '[');
	for (unsigned int i = 0; event && i < event->change_count; i++)
		put_change(out, trace, &trace->changes.items[event->first_change + i]);
	json_out_end(out, ']');
}

static void put_choice(struct json_out *out, const struct trace_event *event)
{
	json_out_begin(out, NULL, '{');
	json_out_string(out, "kind", event->choice_kind == BATON_CHOICE_FAULT ? "fault" : "value");
	json_out_string(out, "name", event->text);
	json_out_number(out, "option", event->option);
	json_out_end(out, '}');
}

/* What comes before the next step of this CPU belongs to the one at @index. */
static const struct trace_event *next_of_step(const struct trace *trace, size_t index, size_t *at)
{
	const struct trace_event *step = &trace->events.items[index];

	while (++*at < trace->events.count) {
		const struct trace_event *event = &trace->events.items[*at];

		if (event->phase != TRACE_MAIN)
			break;
		if (event->cpu != step->cpu)
			continue;
		return event->type == TRACE_STEP ? NULL : event;
	}
	return NULL;
}

static void put_said(struct json_out *out, const struct trace *trace, size_t index)
{
	const struct trace_event *event;
	size_t at = index;

	json_out_begin(out, "notes", '[');
	while ((event = next_of_step(trace, index, &at)))
		if (event->type == TRACE_NOTE)
			json_out_string(out, NULL, event->text);
	json_out_end(out, ']');
	at = index;
	json_out_begin(out, "choices", '[');
	while ((event = next_of_step(trace, index, &at)))
		if (event->type == TRACE_CHOICE)
			put_choice(out, event);
	json_out_end(out, ']');
}

/* The calls that a CPU is in, outermost first. */
struct calls {
	VEC(const char *) list;
};

static void put_step(struct json_out *out, const struct trace *trace, size_t index,
		     const struct calls *calls, bool closely)
{
	const struct trace_event *event = &trace->events.items[index];

	json_out_begin(out, NULL, '{');
	json_out_number(out, "step", event->step);
	json_out_string(out, "cpu", trace->program->cpus[event->cpu].name);
	if (event->point)
		json_point(out, "point", event->point);
	else
		json_out_null(out, "point");
	json_out_bool(out, "preempts", event->preempts);
	json_out_string(out, "access", story_access(event->kind));
	put_object(out, trace, event->object);
	json_out_begin(out, "calls", '[');
	for (size_t i = 0; i < calls->list.count; i++)
		json_out_string(out, NULL, calls->list.items[i]);
	json_out_end(out, ']');
	put_said(out, trace, index);
	put_values(out, trace, event->values);
	if (closely) {
		json_out_number(out, "place", event->place);
		put_changes(out, "changes", trace, event);
	}
	json_out_end(out, '}');
}

/* What is said before a CPU's first step, and so belongs to none, is left out. */
static void put_steps(struct json_out *out, const struct trace *trace, bool closely)
{
	struct calls calls[BATON_CPUS_MAX] = { 0 };

	json_out_begin(out, "steps", '[');
	for (size_t i = 0; i < trace->events.count; i++) {
		const struct trace_event *event = &trace->events.items[i];

		if (event->phase != TRACE_MAIN || event->cpu < 0)
			continue;
		if (event->type == TRACE_STEP)
			put_step(out, trace, i, &calls[event->cpu], closely);
		else if (event->type == TRACE_CALL)
			vec_push(&calls[event->cpu].list, event->text);
		else if (event->type == TRACE_RETURN && calls[event->cpu].list.count)
			(void)vec_pop(&calls[event->cpu].list);
	}
	json_out_end(out, ']');
	for (unsigned int cpu = 0; cpu < BATON_CPUS_MAX; cpu++)
		vec_release(&calls[cpu].list);
}

/* As members of an object that is open. */
static void put_frame(struct json_out *out, const struct trace_frame *frame)
{
	json_out_string(out, "function", frame->function);
	json_out_string(out, "file", frame->file);
	if (frame->file)
		json_out_number(out, "line", frame->line);
	else
		json_out_null(out, "line");
}

static void put_stacks(struct json_out *out, const struct trace *trace)
{
	json_out_begin(out, "stacks", '[');
	for (unsigned int cpu = 0; cpu < trace->program->cpu_count; cpu++) {
		const struct trace_stack *stack = &trace->stacks[cpu];

		json_out_begin(out, NULL, '{');
		json_out_string(out, "cpu", trace->program->cpus[cpu].name);
		json_out_string(out, "state", stack->state);
		json_out_begin(out, "frames", '[');
		for (size_t i = 0; i < stack->frames.count; i++) {
			json_out_begin(out, NULL, '{');
			put_frame(out, &stack->frames.items[i]);
			json_out_end(out, '}');
		}
		json_out_end(out, ']');
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
}

static void put_finding(struct json_out *out, const struct trace *trace)
{
	const struct finding *finding = &trace->finding;

	if (finding->kind == FINDING_NONE) {
		json_out_null(out, "finding");
		return;
	}
	json_out_begin(out, "finding", '{');
	json_out_string(out, "name", finding->name);
	json_out_string(out, "cpu",
			finding->cpu >= 0 ? trace->program->cpus[finding->cpu].name : NULL);
	json_out_number(out, "step", finding->step);
	json_out_string(out, "text", finding->text.bytes);
	json_out_string(out, "details", finding->details.bytes);
	json_out_end(out, '}');
}

/* From a step on, up to another one or to the end, a CPU could not go on. */
static void put_waits(struct json_out *out, const struct trace *trace)
{
	json_out_begin(out, "waits", '[');
	for (size_t i = 0; i < trace->events.count; i++) {
		const struct trace_event *event = &trace->events.items[i], *end;

		if (event->type != TRACE_WAIT)
			continue;
		end = story_wait_end(trace, i);
		json_out_begin(out, NULL, '{');
		json_out_string(out, "cpu", trace->program->cpus[event->cpu].name);
		json_out_string(out, "text", event->text);
		json_out_number(out, "from", event->step);
		if (end)
			json_out_number(out, "to", end->step);
		else
			json_out_null(out, "to");
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
}

/* Entry 0 is null, so that a place is an index. */
static void put_places(struct json_out *out, const struct trace *trace)
{
	json_out_begin(out, "places", '[');
	json_out_null(out, NULL);
	for (size_t i = 1; i < trace->places.count; i++) {
		json_out_begin(out, NULL, '{');
		put_frame(out, &trace->places.items[i].frame);
		json_out_number(out, "caller", trace->places.items[i].caller);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
}

static const struct trace_event *find_beginning(const struct trace *trace)
{
	for (size_t i = 0; i < trace->events.count; i++)
		if (trace->events.items[i].type == TRACE_STATE)
			return &trace->events.items[i];
	return NULL;
}

void json_trace(struct json_out *out, const struct trace *trace, bool closely)
{
	json_out_number(out, "preemptions", trace->preemptions);
	json_out_number(out, "faults", trace->faults);
	put_finding(out, trace);
	put_steps(out, trace, closely);
	put_waits(out, trace);
	put_stacks(out, trace);
	if (!closely)
		return;
	put_places(out, trace);
	put_changes(out, "begin", trace, find_beginning(trace));
}
