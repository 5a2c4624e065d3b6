/* SPDX-License-Identifier: MIT */
#include "engine/trace_tables.h"

#include <string.h>

#include "base/bug.h"

static void drop_entries(struct trace *trace)
{
	for (size_t i = 0; i < trace->places.count; i++) {
		free(trace->places.items[i].frame.function);
		free(trace->places.items[i].frame.file);
	}
	for (size_t i = 0; i < trace->objects.count; i++) {
		free(trace->objects.items[i].kind);
		free(trace->objects.items[i].name);
	}
	for (size_t i = 0; i < trace->fields.count; i++)
		free(trace->fields.items[i].name);
	for (size_t i = 0; i < trace->changes.count; i++)
		free(trace->changes.items[i].value);
}

void trace_tables_clear(struct trace *trace)
{
	drop_entries(trace);
	trace->places.count = trace->objects.count = 0;
	trace->fields.count = trace->changes.count = 0;
	vec_push(&trace->places, ((struct trace_place){ 0 }));
	vec_push(&trace->objects, ((struct trace_object){ 0 }));
	vec_push(&trace->fields, ((struct trace_field){ 0 }));
}

void trace_tables_release(struct trace *trace)
{
	drop_entries(trace);
	vec_release(&trace->places);
	vec_release(&trace->objects);
	vec_release(&trace->fields);
	vec_release(&trace->changes);
}

static bool same_frame(const struct trace_frame *a, const struct trace_frame *b)
{
	if (a->line != b->line || strcmp(a->function, b->function) != 0)
		return false;
	return a->file && b->file ? !strcmp(a->file, b->file) : a->file == b->file;
}

unsigned int trace_place(struct trace *trace, unsigned int caller, const struct trace_frame *frame)
{
	struct trace_place place = { .caller = caller };
	unsigned int index = trace->places.items[caller].first_callee;

	for (; index; index = trace->places.items[index].next)
		if (same_frame(&trace->places.items[index].frame, frame))
			return index;
	place.frame.function = xstrdup(frame->function);
	place.frame.file = frame->file ? xstrdup(frame->file) : NULL;
	place.frame.line = frame->line;
	place.depth = trace->places.items[caller].depth + 1;
	place.next = trace->places.items[caller].first_callee;
	index = (unsigned int)trace->places.count;
	trace->places.items[caller].first_callee = index;
	vec_push(&trace->places, place);
	return index;
}

static bool is_object(const struct trace_object *object, const char *kind, const char *name)
{
	return object->kind && !strcmp(object->name, name) && !strcmp(object->kind, kind);
}

/* The next entry is the one behind the last, or where that one had been expected. */
static void expect_next(struct trace_hint *hint, unsigned int found)
{
	if (found != hint->next)
		hint->skipped = hint->next;
	hint->next = found + 1;
}

static unsigned int find_object(const struct trace *trace, const char *kind, const char *name,
				const struct trace_hint *hint)
{
	const unsigned int guesses[] = { hint->next, hint->skipped };

	for (size_t i = 0; i < ARRAY_SIZE(guesses); i++)
		if (guesses[i] < trace->objects.count &&
		    is_object(&trace->objects.items[guesses[i]], kind, name))
			return guesses[i];
	for (size_t i = 1; i < trace->objects.count; i++)
		if (is_object(&trace->objects.items[i], kind, name))
			return (unsigned int)i;
	return 0;
}

unsigned int trace_object(struct trace *trace, const char *kind, const char *name,
			  struct trace_hint *hint)
{
	unsigned int index = find_object(trace, kind, name, hint);

	if (!index) {
		index = (unsigned int)trace->objects.count;
		vec_push(&trace->objects, ((struct trace_object){ xstrdup(kind), xstrdup(name) }));
	}
	expect_next(hint, index);
	return index;
}

static bool is_field(const struct trace_field *field, unsigned int object, const char *name)
{
	return field->name && field->object == object && !strcmp(field->name, name);
}

static unsigned int find_field(const struct trace *trace, unsigned int object, const char *name,
			       const struct trace_hint *hint)
{
	const unsigned int guesses[] = { hint->next, hint->skipped };

	for (size_t i = 0; i < ARRAY_SIZE(guesses); i++)
		if (guesses[i] < trace->fields.count &&
		    is_field(&trace->fields.items[guesses[i]], object, name))
			return guesses[i];
	for (size_t i = 1; i < trace->fields.count; i++)
		if (is_field(&trace->fields.items[i], object, name))
			return (unsigned int)i;
	return 0;
}

unsigned int trace_field(struct trace *trace, unsigned int object, const char *name,
			 struct trace_hint *hint)
{
	unsigned int index = find_field(trace, object, name, hint);

	if (!index) {
		index = (unsigned int)trace->fields.count;
		vec_push(&trace->fields, ((struct trace_field){ object, xstrdup(name) }));
	}
	expect_next(hint, index);
	return index;
}

void trace_change(struct trace *trace, struct trace_event *event, unsigned int field, char *value)
{
	BUG_ON(!field || field >= trace->fields.count);
	if (!event->change_count)
		event->first_change = trace->changes.count;
	BUG_ON(event->first_change + event->change_count != trace->changes.count);
	event->change_count++;
	vec_push(&trace->changes, ((struct trace_change){ field, value }));
}
