/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "reports/diff.h"
#include "reports/json_tree.h"

#define SCHEMA_VERSION 1

static json_t *make_values(const struct trace *trace, const long *values)
{
	json_t *object = json_object();

	for (unsigned int i = 0; values && i < trace->program->watch_count; i++)
		json_tree_set(object, trace->program->watches[i].name, json_integer(values[i]));
	return object;
}

static json_t *make_step(const struct trace *trace, const struct align_step *step)
{
	json_t *object;

	if (!step)
		return json_null();
	object = json_object();
	json_tree_set(object, "step", json_tree_number(step->event->step));
	json_tree_set(object, "cpu", json_tree_string(step->cpu));
	json_tree_set(object, "point", json_tree_string(step->event->point->name));
	json_tree_set(object, "notes", json_tree_string(step->notes));
	json_tree_set(object, "values", make_values(trace, step->values));
	return object;
}

static json_t *make_rows(const struct diff_side *sides, const struct align *align)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < align->rows.count; i++) {
		json_t *row = json_object();

		json_tree_set(row, "a", make_step(sides[0].trace, align->rows.items[i].a));
		json_tree_set(row, "b", make_step(sides[1].trace, align->rows.items[i].b));
		json_tree_append(rows, row);
	}
	return rows;
}

static json_t *make_side(const struct diff_side *side)
{
	const struct trace *trace = side->trace;
	json_t *object = json_object(), *variables = json_array();

	for (size_t i = 0; i < side->variables.count; i++)
		json_tree_append(variables, json_tree_string(side->variables.items[i]));
	json_tree_set(object, "schedule", json_tree_string(side->schedule));
	json_tree_set(object, "title", json_tree_string(side->title));
	json_tree_set(object, "steps", json_tree_number(trace->steps));
	json_tree_set(object, "preemptions", json_tree_number(trace->preemptions));
	json_tree_set(object, "faults", json_tree_number(trace->faults));
	json_tree_set(object, "holds", json_tree_string(side->held));
	json_tree_set(object, "finding",
		      trace->finding.kind == FINDING_NONE ?
			      json_null() :
			      json_tree_string(trace->finding.text.bytes));
	json_tree_set(object, "variables", variables);
	return object;
}

json_t *diff_json(const struct diff_side *sides, const struct align *align)
{
	json_t *document = json_object();
	bool parts = align->first < align->rows.count;

	json_tree_set(document, "schema_version", json_integer(SCHEMA_VERSION));
	json_tree_set(document, "same", json_boolean(diff_same(sides, align)));
	json_tree_set(document, "a", make_side(&sides[0]));
	json_tree_set(document, "b", make_side(&sides[1]));
	json_tree_set(document, "alike", json_tree_number(align->first));
	json_tree_set(document, "first_divergence",
		      parts ? json_tree_number(align->first + 1) : json_null());
	json_tree_set(document, "rows", make_rows(sides, align));
	return document;
}
