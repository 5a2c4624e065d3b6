/* SPDX-License-Identifier: MIT */
#include "reports/json_trace.h"

#include "base/bug.h"
#include "reports/json_set.h"
#include "reports/utf8.h"

json_t *json_point(const struct baton_point *point)
{
	json_t *object = json_object();

	json_set_string(object, "name", point->name);
	json_set_bool(object, "labelled", point->labelled);
	json_set_string(object, "file", point->file);
	json_set_number(object, "line", point->line);
	return object;
}

static json_t *make_values(const struct trace *trace, const long *values)
{
	json_t *object = json_object();

	for (unsigned int i = 0; i < trace->program->watch_count; i++) {
		struct text name = TEXT_INIT;

		utf8_repair(trace->program->watches[i].name, &name);
		json_set_new(object, name.bytes, json_integer((json_int_t)values[i]));
		text_release(&name);
	}
	return object;
}

/* What is accessed: "page A"; null where nobody can say. */
static void set_object(json_t *step, const struct trace *trace, unsigned int index)
{
	const struct trace_object *object = &trace->objects.items[index];
	struct text text = TEXT_INIT;

	if (index)
		text_addf(&text, "%s %s", object->kind, object->name);
	json_set_string(step, "object", index ? text.bytes : NULL);
	text_release(&text);
}

static const char *access_word(enum baton_access_kind kind)
{
	static const char *const words[] = {
		[BATON_READ] = "read", [BATON_WRITE] = "write", [BATON_RMW] = "rmw",
		[BATON_ADD] = "add",   [BATON_LOCK] = "lock",   [BATON_UNLOCK] = "unlock",
		[BATON_WAIT] = "wait", [BATON_LOCAL] = "local",
	};

	return words[kind];
}

static json_t *make_change(const struct trace *trace, const struct trace_change *change)
{
	const struct trace_field *field = &trace->fields.items[change->field];
	const struct trace_object *object = &trace->objects.items[field->object];
	json_t *made = json_object();

	json_set_string(made, "kind", object->kind);
	json_set_string(made, "name", object->name);
	json_set_string(made, "field", field->name);
	json_set_string(made, "value", change->value);
	return made;
}

static json_t *make_changes(const struct trace *trace, const struct trace_event *event)
{
	json_t *changes = json_array();

	for (unsigned int i = 0; i < event->change_count; i++)
		BUG_ON(json_array_append_new(
			changes,
			make_change(trace, &trace->changes.items[event->first_change + i])));
	return changes;
}

static json_t *make_step(const struct trace *trace, const struct trace_event *event,
			 const json_t *calls)
{
	json_t *step = json_object();

	json_set_number(step, "step", event->step);
	json_set_string(step, "cpu", trace->program->cpus[event->cpu].name);
	json_set_new(step, "point", event->point ? json_point(event->point) : json_null());
	json_set_bool(step, "preempts", event->preempts);
	json_set_string(step, "access", access_word(event->kind));
	set_object(step, trace, event->object);
	json_set_new(step, "calls", json_deep_copy(calls));
	json_set_new(step, "notes", json_array());
	json_set_new(step, "choices", json_array());
	json_set_new(step, "values",
		     event->values ? make_values(trace, event->values) : json_null());
	return step;
}

static json_t *make_choice(const struct trace_event *event)
{
	json_t *choice = json_object();

	json_set_string(choice, "kind",
			event->choice_kind == BATON_CHOICE_FAULT ? "fault" : "value");
	json_set_string(choice, "name", event->text);
	json_set_number(choice, "option", event->option);
	return choice;
}

/* What is said before a CPU's first step, and so belongs to none, is left out. */
static void add_to_steps(const struct trace *trace, const struct trace_event *event, json_t **calls,
			 json_t **last, json_t *steps)
{
	switch (event->type) {
	case TRACE_STEP:
		last[event->cpu] = make_step(trace, event, calls[event->cpu]);
		BUG_ON(json_array_append_new(steps, last[event->cpu]));
		break;
	case TRACE_CALL:
		json_append_string(calls[event->cpu], event->text);
		break;
	case TRACE_RETURN:
		if (json_array_size(calls[event->cpu]))
			json_array_remove(calls[event->cpu],
					  json_array_size(calls[event->cpu]) - 1);
		break;
	case TRACE_NOTE:
		if (last[event->cpu])
			json_append_string(json_object_get(last[event->cpu], "notes"), event->text);
		break;
	case TRACE_CHOICE:
		if (last[event->cpu])
			BUG_ON(json_array_append_new(json_object_get(last[event->cpu], "choices"),
						     make_choice(event)));
		break;
	case TRACE_STATE:
	case TRACE_WAIT:
	case TRACE_READY:
		break;
	}
}

static json_t *make_steps(const struct trace *trace, bool closely)
{
	json_t *steps = json_array(), *calls[BATON_CPUS_MAX] = { NULL };
	json_t *last[BATON_CPUS_MAX] = { NULL };

	for (unsigned int cpu = 0; cpu < trace->program->cpu_count; cpu++)
		calls[cpu] = json_array();
	for (size_t i = 0; i < trace->events.count; i++) {
		const struct trace_event *event = &trace->events.items[i];

		if (event->phase != TRACE_MAIN || event->cpu < 0)
			continue;
		add_to_steps(trace, event, calls, last, steps);
		if (!closely || event->type != TRACE_STEP)
			continue;
		json_set_number(last[event->cpu], "place", event->place);
		json_set_new(last[event->cpu], "changes", make_changes(trace, event));
	}
	for (unsigned int cpu = 0; cpu < trace->program->cpu_count; cpu++)
		json_decref(calls[cpu]);
	return steps;
}

static json_t *make_frame(const struct trace_frame *frame)
{
	json_t *object = json_object();

	json_set_string(object, "function", frame->function);
	json_set_string(object, "file", frame->file);
	json_set_new(object, "line", frame->file ? json_integer(frame->line) : json_null());
	return object;
}

static json_t *make_stacks(const struct trace *trace)
{
	json_t *stacks = json_array();

	for (unsigned int cpu = 0; cpu < trace->program->cpu_count; cpu++) {
		const struct trace_stack *stack = &trace->stacks[cpu];
		json_t *object = json_object(), *frames = json_array();

		for (size_t i = 0; i < stack->frames.count; i++)
			BUG_ON(json_array_append_new(frames, make_frame(&stack->frames.items[i])));
		json_set_string(object, "cpu", trace->program->cpus[cpu].name);
		json_set_string(object, "state", stack->state);
		json_set_new(object, "frames", frames);
		BUG_ON(json_array_append_new(stacks, object));
	}
	return stacks;
}

static json_t *make_finding(const struct trace *trace)
{
	const struct finding *finding = &trace->finding;
	json_t *object;

	if (finding->kind == FINDING_NONE)
		return json_null();
	object = json_object();
	json_set_string(object, "name", finding->name);
	json_set_string(object, "cpu",
			finding->cpu >= 0 ? trace->program->cpus[finding->cpu].name : NULL);
	json_set_number(object, "step", finding->step);
	json_set_string(object, "text", finding->text.bytes);
	json_set_string(object, "details", finding->details.bytes);
	return object;
}

/* From a step on, up to another one or to the end, a CPU could not go on. */
static json_t *make_waits(const struct trace *trace)
{
	json_t *waits = json_array(), *open[BATON_CPUS_MAX] = { NULL };

	for (size_t i = 0; i < trace->events.count; i++) {
		const struct trace_event *event = &trace->events.items[i];

		if (event->type != TRACE_WAIT && event->type != TRACE_READY)
			continue;
		if (open[event->cpu])
			json_set_number(open[event->cpu], "to", event->step);
		open[event->cpu] = NULL;
		if (event->type == TRACE_READY)
			continue;
		open[event->cpu] = json_object();
		json_set_string(open[event->cpu], "cpu", trace->program->cpus[event->cpu].name);
		json_set_string(open[event->cpu], "text", event->text);
		json_set_number(open[event->cpu], "from", event->step);
		json_set_new(open[event->cpu], "to", json_null());
		BUG_ON(json_array_append_new(waits, open[event->cpu]));
	}
	return waits;
}

/* Entry 0 is null, so that a place is an index. */
static json_t *make_places(const struct trace *trace)
{
	json_t *places = json_array();

	BUG_ON(json_array_append_new(places, json_null()));
	for (size_t i = 1; i < trace->places.count; i++) {
		json_t *place = make_frame(&trace->places.items[i].frame);

		json_set_number(place, "caller", trace->places.items[i].caller);
		BUG_ON(json_array_append_new(places, place));
	}
	return places;
}

static json_t *make_beginning(const struct trace *trace)
{
	for (size_t i = 0; i < trace->events.count; i++)
		if (trace->events.items[i].type == TRACE_STATE)
			return make_changes(trace, &trace->events.items[i]);
	return json_array();
}

void json_set_trace(json_t *object, const struct trace *trace, bool closely)
{
	json_set_number(object, "preemptions", trace->preemptions);
	json_set_number(object, "faults", trace->faults);
	json_set_new(object, "finding", make_finding(trace));
	json_set_new(object, "steps", make_steps(trace, closely));
	json_set_new(object, "waits", make_waits(trace));
	json_set_new(object, "stacks", make_stacks(trace));
	if (!closely)
		return;
	json_set_new(object, "places", make_places(trace));
	json_set_new(object, "begin", make_beginning(trace));
}
