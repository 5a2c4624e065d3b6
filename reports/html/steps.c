/* SPDX-License-Identifier: MIT */
/*
 * steps.c - the steps of an execution as a table: a lane per CPU, what a step accesses, and
 * what it changes of the state.
 *
 * A cell of a lane says whether its CPU has begun and not yet ended (class a), or waits (w).
 * The text stands in the lane of the CPU that makes the step, and may run over those to its
 * right, where nobody does anything then. Rows come in groups, which a browser lays out only
 * when they are looked at.
 */
#include <string.h>

#include "base/vec.h"
#include "reports/html/html.h"
#include "reports/story.h"
#include "reports/table_rows.h"

/* Rows of a group, and levels of functions that are told apart. */
#define GROUP_ROWS 16u
#define DEPTH_MAX 20u
/* So many lanes are too narrow for their names. */
#define MANY 8u

struct steps {
	const struct html_run *run;
	const struct trace *trace;
	const struct table *table;
	struct text *out;
	size_t next;                                        /* event that is not looked at yet */
	bool waits[BATON_CPUS_MAX];                         /* by CPU */
	size_t first[BATON_CPUS_MAX], last[BATON_CPUS_MAX]; /* rows of each column */
	struct html_state state;
};

/* ---- Where it happens ---- */

unsigned int html_place(const struct trace *trace, const struct trace_event *event)
{
	for (unsigned int i = event->place; i; i = trace->places.items[i].caller) {
		const struct trace_frame *frame = &trace->places.items[i].frame;

		if (frame->file && event->point && !strcmp(frame->file, event->point->file))
			return i;
	}
	return 0;
}

static unsigned int depth_of(const struct steps *steps, const struct table_row *row)
{
	unsigned int place = row->number ? html_place(steps->trace, row->event) : 0;
	unsigned int depth = place ? steps->trace->places.items[place].depth :
				     (unsigned int)row->indent / 2;

	return depth < DEPTH_MAX ? depth : DEPTH_MAX;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void put_where(const struct steps *steps, const struct table_row *row)
{
	unsigned int place = html_place(steps->trace, row->event);

	if (place) {
		html_text(steps->trace->places.items[place].frame.function, steps->out);
		text_add_char(steps->out, ' ');
	}
	if (row->event->point->labelled == 2)
		return;
	html_text(base_name(row->event->point->file), steps->out);
	text_addf(steps->out, ":%u", row->event->point->line);
}

/* ---- Rows ---- */

/* Who waits when @event happens, and how the state was before the first step? */
static void advance(struct steps *steps, const struct trace_event *event)
{
	for (; &steps->trace->events.items[steps->next] <= event; steps->next++) {
		const struct trace_event *passed = &steps->trace->events.items[steps->next];

		if (passed->type == TRACE_WAIT)
			steps->waits[passed->cpu] = true;
		else if (passed->type == TRACE_READY || passed->type == TRACE_STEP)
			steps->waits[passed->cpu] = false;
		else if (passed->type == TRACE_STATE)
			html_state_apply(&steps->state, passed);
	}
}

static bool is_finding(const struct steps *steps, const struct table_row *row)
{
	const struct finding *finding = &steps->trace->finding;

	return finding->kind != FINDING_NONE && row->number == finding->step;
}

bool html_is_bad(const char *names, const char *note)
{
	size_t length;

	for (; names && *names; names += length + strspn(names + length, ", ")) {
		struct text said = TEXT_INIT;
		const char *at;

		length = strcspn(names, ",");
		text_add_bytes(&said, names, length);
		text_add_char(&said, ':');
		at = strstr(note, said.bytes);
		text_release(&said);
		if (at && (at == note || (at >= note + 2 && !strncmp(at - 2, "; ", 2))))
			return true;
	}
	return false;
}

static const char *note_of(const struct table_row *row)
{
	const char *note = row->text + row->name;

	return row->noted && !strncmp(note, ": ", 2) ? note + 2 : note;
}

static void put_marks(const struct steps *steps, const struct table_row *row)
{
	if (row->preempts)
		text_add(steps->out, "<i class=pre title=preemption>*</i>");
	if (row->faults)
		text_add(steps->out, "<i class=flt title=fault>!</i>");
}

/* Badges of the orders that this step is a part of. */
static void put_orders(const struct steps *steps, unsigned int number)
{
	const struct exhibit *exhibit = steps->run->exhibit;

	for (size_t i = 0; i < exhibit->order_count; i++) {
		const struct exhibit_order *order = &exhibit->orders[i];

		if (order->first == number || order->second == number)
			text_addf(steps->out, "<i class=ord title=\"%s of order %zu\">%zu%s</i>",
				  order->first == number ? "first" : "second", i + 1, i + 1,
				  order->first == number ? "\xe2\x86\xb1" : "\xe2\x86\xb3");
	}
}

/* Where a step without a name is, is told in a column of its own. */
static size_t name_length(const struct table_row *row)
{
	struct text place = TEXT_INIT;
	size_t length = row->name;

	if (row->number && !row->labelled)
		text_addf(&place, " %s:%u", base_name(row->event->point->file),
			  row->event->point->line);
	if (place.length < length &&
	    !strncmp(row->text + length - place.length, place.bytes, place.length))
		length -= place.length;
	text_release(&place);
	return length;
}

static void put_text(const struct steps *steps, const struct table_row *row)
{
	struct text name = TEXT_INIT;

	text_addf(steps->out, "<div class=d%u>", depth_of(steps, row));
	text_add_bytes(&name, row->text, name_length(row));
	text_add(steps->out, "<b>");
	html_text(name.bytes, steps->out);
	text_add(steps->out, "</b>");
	if (row->noted) {
		text_add(steps->out, " <q>");
		html_text(note_of(row), steps->out);
		text_add(steps->out, "</q>");
	}
	if (row->number)
		put_orders(steps, row->number);
	text_add(steps->out, "</div>");
	text_release(&name);
}

static bool waits(const struct steps *steps, size_t column)
{
	const struct baton_program *program = steps->trace->program;
	unsigned int host = steps->table->columns.items[column].cpu;

	for (unsigned int cpu = 0; cpu < program->cpu_count; cpu++)
		if (steps->waits[cpu] && (cpu == host || program->cpus[cpu].host == (int)host))
			return true;
	return false;
}

static void put_lanes(const struct steps *steps, size_t index)
{
	const struct table_row *row = &steps->table->rows.items[index];

	for (size_t i = 0; i < steps->table->columns.count; i++) {
		bool lives = index >= steps->first[i] && index <= steps->last[i];
		bool waiting = waits(steps, i);

		if (i == row->column)
			text_addf(steps->out, "<td class=\"k k%zu%s\">", i, waiting ? " w" : " a");
		else
			text_add(steps->out, waiting ? "<td class=w>" :
					     lives   ? "<td class=a>" :
						       "<td>");
		if (i == row->column)
			put_text(steps, row);
	}
}

/* "page A"; a lock is known by its name. */
static void put_accessed(const struct steps *steps, const struct trace_event *event)
{
	const struct trace_object *object = &steps->trace->objects.items[event->object];

	if (!event->object && event->kind == BATON_LOCAL)
		return;
	text_addf(steps->out, "<small>%s</small> ", story_access(event->kind));
	if (!event->object)
		return;
	if (!strcmp(object->kind, "lock"))
		html_text(object->name, steps->out);
	else
		html_object(steps->trace, event->object, steps->out);
}

static void put_step(struct steps *steps, const struct table_row *row)
{
	text_add(steps->out, "<td class=o>");
	put_accessed(steps, row->event);
	text_add(steps->out, "<td class=c>");
	html_state_tell(&steps->state, row->event, steps->out);
	html_state_apply(&steps->state, row->event);
	text_add(steps->out, "<td class=f>");
	put_where(steps, row);
}

static void put_class(const struct steps *steps, const struct table_row *row)
{
	bool bad = is_finding(steps, row) ||
		   (row->noted && html_is_bad(steps->run->exhibit->held, note_of(row)));

	text_addf(steps->out, "%s%s%s%s%s", row->number ? "s" : "n",
		  row->number && !row->labelled && !row->noted ? " u" : "",
		  row->preempts ? " p" : "", row->faults ? " x" : "", bad ? " bad" : "");
}

static void put_row(struct steps *steps, size_t index)
{
	const struct table_row *row = &steps->table->rows.items[index];

	advance(steps, row->event);
	text_add(steps->out, "<tr");
	if (row->number)
		text_addf(steps->out, " id=%ss%u", steps->run->id, row->number);
	else
		text_addf(steps->out, " data-cpu=%d", row->event->cpu);
	text_add(steps->out, " class=\"");
	put_class(steps, row);
	text_add(steps->out, row->number ? "\"><th scope=row>" : "\"><td>");
	put_marks(steps, row);
	if (row->number)
		text_addf(steps->out, "%u", row->number);
	put_lanes(steps, index);
	if (row->number)
		put_step(steps, row);
	else
		text_add(steps->out, "<td colspan=3>");
	text_add_char(steps->out, '\n');
}

static void put_finals(const struct steps *steps)
{
	size_t lanes = steps->table->columns.count;

	if (steps->table->finals.count)
		text_add(steps->out, "<tbody class=end>");
	for (size_t i = 0; i < steps->table->finals.count; i++) {
		const char *line = steps->table->finals.items[i];

		text_addf(steps->out, "<tr class=\"e%s\"><th scope=row>end<td colspan=%zu>",
			  html_is_bad(steps->run->exhibit->held, line) ? " bad" : "", lanes + 3);
		html_text(line, steps->out);
		text_add_char(steps->out, '\n');
	}
}

/* Where lanes are narrow, a name may be cut: it can be read as a title, too. */
static void put_lane_heading(const struct steps *steps, size_t column)
{
	unsigned int cpu = steps->table->columns.items[column].cpu;
	const char *name = steps->trace->program->cpus[cpu].name;

	text_addf(steps->out, "<th scope=col class=k%zu title=\"", column);
	html_text(name, steps->out);
	text_add(steps->out, "\"><small>CPU </small>");
	html_text(name, steps->out);
}

static void put_heading(const struct steps *steps)
{
	text_add(steps->out, "<thead><tr><th scope=col>step");
	for (size_t i = 0; i < steps->table->columns.count; i++)
		put_lane_heading(steps, i);
	text_add(steps->out, "<th scope=col class=o>accesses<th scope=col class=c>changes"
			     "<th scope=col class=f>where</thead>\n");
}

static void find_ends(struct steps *steps)
{
	for (size_t i = 0; i < BATON_CPUS_MAX; i++)
		steps->first[i] = SIZE_MAX;
	for (size_t i = 0; i < steps->table->rows.count; i++) {
		unsigned int column = steps->table->rows.items[i].column;

		if (steps->first[column] == SIZE_MAX)
			steps->first[column] = i;
		steps->last[column] = i;
	}
}

void html_steps(const struct html_run *run)
{
	struct steps steps = { .run = run,
			       .trace = run->exhibit->trace,
			       .table = run->table,
			       .out = run->out };

	html_state_init(&steps.state, steps.trace);
	find_ends(&steps);
	text_addf(run->out, "<table class=\"steps cells n%zu%s\">\n", run->table->columns.count,
		  run->table->columns.count >= MANY ? " many" : "");
	put_heading(&steps);
	for (size_t i = 0; i < run->table->rows.count; i++) {
		if (i % GROUP_ROWS == 0)
			text_add(run->out, "<tbody>\n");
		put_row(&steps, i);
	}
	put_finals(&steps);
	text_add(run->out, "</table>\n");
	html_state_release(&steps.state);
}
