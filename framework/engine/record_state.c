/* SPDX-License-Identifier: MIT */
/*
 * record_state.c - what a program shows of its state, step by step: only differences are kept.
 */
#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "engine/sim_state.h"

/* Bytes of a value, the terminator included. */
#define VALUE_SIZE 256

/* Memory of an object that was shown last. */
struct range {
	const char *address;
	size_t size;
	unsigned int object;
};

struct baton_shown {
	struct trace_event *event;
	unsigned int object; /* that was begun last */
};

static VEC(struct range) ranges;
/* By field: its value as the trace has it, NULL: not shown; and in which round it was shown. */
static VEC(const char *) values;
static VEC(unsigned int) rounds;
static VEC(unsigned int) object_rounds; /* the same by object */
static unsigned int round_number;
static VEC(const void *) locations; /* in the order in which they were met */

void record_state_begin(void)
{
	ranges.count = values.count = rounds.count = locations.count = 0;
	object_rounds.count = 0;
	round_number = 0;
}

/* Has @object been shown in this round? It has now. */
static bool shown_before(unsigned int object)
{
	bool before;

	while (object_rounds.count <= object)
		vec_push(&object_rounds, 0);
	before = object_rounds.items[object] == round_number;
	object_rounds.items[object] = round_number;
	return before;
}

/* A crash, or names that are too short, can leave two of one name: the second is "A #2". */
static unsigned int find_object(const char *kind, const char *name)
{
	unsigned int object = trace_object(sim.trace, kind, name);

	for (unsigned int i = 2; shown_before(object); i++) {
		struct text other = TEXT_INIT;

		text_addf(&other, "%s #%u", name, i);
		object = trace_object(sim.trace, kind, other.bytes);
		text_release(&other);
	}
	return object;
}

void baton_show_object(struct baton_shown *shown, const char *kind, const char *name,
		       const void *address, size_t size)
{
	struct range range = { .address = address, .size = size };

	range.object = shown->object = find_object(kind, name);
	if (address)
		vec_push(&ranges, range);
}

static void change(struct baton_shown *shown, unsigned int field, const char *value)
{
	char *copy = value ? xstrdup(value) : NULL;

	trace_change(sim.trace, shown->event, field, copy);
	values.items[field] = copy;
}

void baton_show_field(struct baton_shown *shown, const char *name, const char *format, ...)
{
	unsigned int field = trace_field(sim.trace, shown->object, name);
	char value[VALUE_SIZE];
	va_list args;

	BUG_ON(!shown->object);
	va_start(args, format);
	(void)vsnprintf(value, sizeof(value), format, args);
	va_end(args);
	while (values.count <= field) {
		vec_push(&values, NULL);
		vec_push(&rounds, 0);
	}
	BUG_ON(rounds.items[field] == round_number); /* two fields of one name */
	rounds.items[field] = round_number;
	if (!values.items[field] || strcmp(values.items[field], value) != 0)
		change(shown, field, value);
}

void record_state(struct trace_event *event)
{
	struct baton_shown shown = { .event = event };

	if (!sim.program->show)
		return;
	round_number++;
	ranges.count = 0;
	sim.program->show(&shown, sim.program->arg);
	for (unsigned int i = 1; i < values.count; i++)
		if (values.items[i] && rounds.items[i] != round_number)
			change(&shown, i, NULL);
}

static bool covers(const char *start, size_t size, const char *address)
{
	return start && address >= start && address < start + size;
}

static unsigned int find_region(const char *address)
{
	const struct baton_program *program = sim.program;

	for (unsigned int i = 0; i < program->region_count; i++)
		if (covers(program->regions[i].address, program->regions[i].size, address))
			return trace_object(sim.trace, "memory", program->regions[i].name);
	return 0;
}

unsigned int record_object(const void *address)
{
	const struct range *found = NULL;

	for (size_t i = 0; i < ranges.count; i++) {
		const struct range *range = &ranges.items[i];

		if (covers(range->address, range->size, address) &&
		    (!found || range->size < found->size))
			found = range;
	}
	return found ? found->object : find_region(address);
}

unsigned int record_location(const void *address)
{
	for (size_t i = 0; i < locations.count; i++)
		if (locations.items[i] == address)
			return (unsigned int)i + 1;
	vec_push(&locations, address);
	return (unsigned int)locations.count;
}
