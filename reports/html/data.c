/* SPDX-License-Identifier: MIT */
/*
 * data.c - what the script knows of an execution: tables, as in trace.h, and a row of numbers
 * for each step that refers to them. docs/json.md is for other programs; this is for page.js
 * alone, and short.
 */
#include <inttypes.h>

#include "reports/html/html.h"

static void add_key(const char *key, struct text *out)
{
	html_comma(out);
	text_addf(out, "\"%s\":", key);
}

static void add_string(const char *string, struct text *out)
{
	html_comma(out);
	if (string)
		html_json(string, out);
	else
		text_add(out, "null");
}

static void add_number(uint64_t number, struct text *out)
{
	html_comma(out);
	text_addf(out, "%" PRIu64, number);
}

static void add_cpus(const struct trace *trace, struct text *out)
{
	const struct baton_program *program = trace->program;

	add_key("cpus", out);
	text_add_char(out, '[');
	for (unsigned int i = 0; i < program->cpu_count; i++) {
		html_comma(out);
		text_add_char(out, '[');
		add_string(program->cpus[i].name, out);
		html_comma(out);
		text_addf(out, "%d]", program->cpus[i].host);
	}
	text_add_char(out, ']');
}

/* Entry 0 of each table is "none". */
static void add_places(const struct trace *trace, struct text *out)
{
	add_key("places", out);
	text_add(out, "[null");
	for (size_t i = 1; i < trace->places.count; i++) {
		const struct trace_place *place = &trace->places.items[i];

		text_add(out, ",[");
		add_string(place->frame.function, out);
		add_string(place->frame.file, out);
		add_number(place->frame.line, out);
		add_number(place->caller, out);
		text_add_char(out, ']');
	}
	text_add_char(out, ']');
}

static void add_objects(const struct trace *trace, struct text *out)
{
	add_key("objects", out);
	text_add(out, "[null");
	for (size_t i = 1; i < trace->objects.count; i++) {
		text_add(out, ",[");
		add_string(trace->objects.items[i].kind, out);
		add_string(trace->objects.items[i].name, out);
		text_add_char(out, ']');
	}
	text_add_char(out, ']');
}

static void add_fields(const struct trace *trace, struct text *out)
{
	add_key("fields", out);
	text_add(out, "[null");
	for (size_t i = 1; i < trace->fields.count; i++) {
		text_add(out, ",[");
		add_number(trace->fields.items[i].object, out);
		add_string(trace->fields.items[i].name, out);
		text_add_char(out, ']');
	}
	text_add_char(out, ']');
}

static void add_changes(const struct trace *trace, const struct trace_event *event,
			struct text *out)
{
	html_comma(out);
	text_add_char(out, '[');
	for (unsigned int i = 0; i < event->change_count; i++) {
		const struct trace_change *change = &trace->changes.items[event->first_change + i];

		add_number(change->field, out);
		add_string(change->value, out);
	}
	text_add_char(out, ']');
}

/* cpu, kind of access, object, location, place, place of the point, its line, its name, changes */
static void add_step(const struct trace *trace, const struct trace_event *event, struct text *out)
{
	html_comma(out);
	text_addf(out, "\n[%d,%u,%u,%u,%u,%u", event->cpu, (unsigned int)event->kind, event->object,
		  event->location, event->place, html_place(trace, event));
	add_number(event->point->line, out);
	add_string(event->point->name, out);
	add_string(event->point->file, out);
	add_changes(trace, event, out);
	text_add_char(out, ']');
}

static void add_steps(const struct trace *trace, struct text *out)
{
	add_key("steps", out);
	text_add_char(out, '[');
	for (size_t i = 0; i < trace->events.count; i++) {
		const struct trace_event *event = &trace->events.items[i];

		if (event->phase == TRACE_MAIN && event->type == TRACE_STEP)
			add_step(trace, event, out);
	}
	text_add_char(out, ']');
}

static void add_beginning(const struct trace *trace, struct text *out)
{
	add_key("begin", out);
	for (size_t i = 0; i < trace->events.count; i++)
		if (trace->events.items[i].type == TRACE_STATE) {
			text_add_char(out, '[');
			add_changes(trace, &trace->events.items[i], out);
			text_add_char(out, ']');
			return;
		}
	text_add(out, "[[]]");
}

static void add_lanes(const struct table *table, struct text *out)
{
	add_key("lanes", out);
	text_add_char(out, '[');
	for (size_t i = 0; i < table->columns.count; i++)
		add_number(table->columns.items[i].cpu, out);
	text_add_char(out, ']');
}

void html_data(const struct trace *trace, const struct table *table, const char *name,
	       struct text *out)
{
	text_addf(out, "<script type=\"application/json\" class=%s>{", name);
	add_cpus(trace, out);
	add_lanes(table, out);
	add_places(trace, out);
	add_objects(trace, out);
	add_fields(trace, out);
	add_beginning(trace, out);
	add_steps(trace, out);
	add_key("finding", out);
	text_addf(out, "%u}</script>\n",
		  trace->finding.kind == FINDING_NONE ? 0 : trace->finding.step);
}
