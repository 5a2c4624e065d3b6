/* SPDX-License-Identifier: MIT */
#include "engine/trace_tables.h"

#define XXH_INLINE_ALL
#include <string.h>
#include <xxhash.h>

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
	memset(trace->chains, 0, sizeof(trace->chains));
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

static unsigned int *chain_of(struct trace *trace, const char *kind, const char *name)
{
	uint64_t hash = XXH3_64bits_withSeed(name, strlen(name), (unsigned char)*kind);

	return &trace->chains[hash % TRACE_CHAINS];
}

unsigned int trace_object(struct trace *trace, const char *kind, const char *name)
{
	unsigned int *chain = chain_of(trace, kind, name), index = *chain;
	struct trace_object object = { .next = *chain };

	for (; index; index = trace->objects.items[index].next)
		if (!strcmp(trace->objects.items[index].name, name) &&
		    !strcmp(trace->objects.items[index].kind, kind))
			return index;
	object.kind = xstrdup(kind);
	object.name = xstrdup(name);
	*chain = (unsigned int)trace->objects.count;
	vec_push(&trace->objects, object);
	return *chain;
}

/* A new field comes behind the last one, which the object has then found last. */
static unsigned int add_field(struct trace *trace, struct trace_object *object, const char *name)
{
	unsigned int index = (unsigned int)trace->fields.count;
	struct trace_field field = { .object = (unsigned int)(object - trace->objects.items),
				     .name = xstrdup(name),
				     .next = index };

	if (object->field) {
		field.next = trace->fields.items[object->field].next;
		trace->fields.items[object->field].next = index;
	}
	vec_push(&trace->fields, field);
	return index;
}

unsigned int trace_field(struct trace *trace, unsigned int object, const char *name)
{
	struct trace_object *owner = &trace->objects.items[object];
	unsigned int last = owner->field, index = last;

	while (index) {
		index = trace->fields.items[index].next;
		if (!strcmp(trace->fields.items[index].name, name))
			break;
		if (index == last)
			index = 0;
	}
	owner->field = index ? index : add_field(trace, owner, name);
	return owner->field;
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
