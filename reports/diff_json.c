/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/bug.h"
#include "reports/diff.h"
#include "reports/utf8.h"

#define SCHEMA_VERSION 1

static void set(json_t *object, const char *key, json_t *value)
{
	BUG_ON(json_object_set_new(object, key, value));
}

static void append(json_t *array, json_t *value)
{
	BUG_ON(json_array_append_new(array, value));
}

static json_t *string(const char *bytes)
{
	struct text text = TEXT_INIT;
	json_t *value;

	utf8_repair(bytes, &text);
	value = json_string(text.bytes);
	text_release(&text);
	return value;
}

static json_t *make_values(const struct trace *trace, const long *values)
{
	json_t *object = json_object();

	for (unsigned int i = 0; values && i < trace->program->watch_count; i++)
		set(object, trace->program->watches[i].name, json_integer((json_int_t)values[i]));
	return object;
}

static json_t *make_step(const struct trace *trace, const struct align_step *step)
{
	json_t *object;

	if (!step)
		return json_null();
	object = json_object();
	set(object, "step", json_integer((json_int_t)step->event->step));
	set(object, "cpu", string(step->cpu));
	set(object, "point", string(step->event->point->name));
	set(object, "notes", string(step->notes));
	set(object, "values", make_values(trace, step->values));
	return object;
}

static json_t *make_rows(const struct diff_side *sides, const struct align *align)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < align->rows.count; i++) {
		json_t *row = json_object();

		set(row, "a", make_step(sides[0].trace, align->rows.items[i].a));
		set(row, "b", make_step(sides[1].trace, align->rows.items[i].b));
		append(rows, row);
	}
	return rows;
}

static json_t *make_side(const struct diff_side *side)
{
	const struct trace *trace = side->trace;
	json_t *object = json_object(), *variables = json_array();

	for (size_t i = 0; i < side->variables.count; i++)
		append(variables, string(side->variables.items[i]));
	set(object, "schedule", string(side->schedule));
	set(object, "title", string(side->title));
	set(object, "steps", json_integer((json_int_t)trace->steps));
	set(object, "preemptions", json_integer((json_int_t)trace->preemptions));
	set(object, "faults", json_integer((json_int_t)trace->faults));
	set(object, "holds", string(side->held));
	set(object, "finding",
	    trace->finding.kind == FINDING_NONE ? json_null() : string(trace->finding.text.bytes));
	set(object, "variables", variables);
	return object;
}

json_t *diff_json(const struct diff_side *sides, const struct align *align)
{
	json_t *document = json_object();
	bool parts = align->first < align->rows.count;

	set(document, "schema_version", json_integer(SCHEMA_VERSION));
	set(document, "same", json_boolean(diff_same(sides, align)));
	set(document, "a", make_side(&sides[0]));
	set(document, "b", make_side(&sides[1]));
	set(document, "alike", json_integer((json_int_t)align->first));
	set(document, "first_divergence",
	    parts ? json_integer((json_int_t)align->first + 1) : json_null());
	set(document, "rows", make_rows(sides, align));
	return document;
}
