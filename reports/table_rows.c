/* SPDX-License-Identifier: MIT */
#include "reports/table_rows.h"

#include <string.h>

#include "engine/schedule.h"
#include "reports/format.h"

/* Blanks per level of calls. */
#define INDENT_CALL 2u

/* Where one CPU is: its calls that have begun, and the row that its notes go to. */
struct lane {
	VEC(const char *) calls;
	size_t row; /* index + 1; 0: notes get a row of their own */
};

struct builder {
	struct table table;
	const struct baton_program *program;
	struct lane lanes[BATON_CPUS_MAX];
	uint64_t waiting; /* CPUs, not interrupt contexts, that cannot go on */
	bool short_names;
	bool lines;       /* all points with their place in the source */
	bool final_noted; /* the last line of finals has a note */
};

static bool is_interrupt(const struct baton_program *program, unsigned int cpu)
{
	return program->cpus[cpu].host >= 0;
}

void table_mark(const struct baton_program *program, unsigned int cpu, struct text *text)
{
	text_pad(text, text->length + schedule_carets(program, cpu), '^');
}

static void add_row(struct builder *builder, const struct trace_event *event, struct text *text)
{
	unsigned int cpu = (unsigned int)event->cpu;
	struct lane *lane = &builder->lanes[cpu];
	struct table_row row = {
		.column = schedule_host(builder->program, cpu),
		.indent = INDENT_CALL * lane->calls.count,
		.event = event,
		.blocked = builder->waiting,
	};
	struct text marked = TEXT_INIT;

	if (is_interrupt(builder->program, cpu)) {
		table_mark(builder->program, cpu, &marked);
		text_add_char(&marked, ' ');
		builder->table.interrupts |= UINT64_C(1) << cpu;
	}
	format_clean(text->bytes, &marked);
	text_release(text);
	row.name = marked.length;
	row.text = text_detach(&marked);
	vec_push(&builder->table.rows, row);
	lane->row = builder->table.rows.count;
}

static struct table_row *last_row(struct builder *builder)
{
	return &builder->table.rows.items[builder->table.rows.count - 1];
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Does the innermost call say which subsystem the point belongs to? */
static size_t clear_prefix(const struct lane *lane, const char *name)
{
	const char *slash = strchr(name, '/');
	size_t length = slash ? (size_t)(slash - name) : 0;
	const char *call = lane->calls.count ? lane->calls.items[lane->calls.count - 1] : "";

	if (!slash || strncmp(call, name, length) != 0 || (call[length] && call[length] != '('))
		return 0;
	return length + 1;
}

static void name_point(const struct builder *builder, const struct trace_event *event,
		       struct text *text)
{
	const struct lane *lane = &builder->lanes[event->cpu];
	const char *name = event->point->name;

	if (event->point->labelled && builder->short_names)
		name += clear_prefix(lane, name);
	text_add(text, name);
	if (!event->point->labelled || (builder->lines && event->point->labelled == 1))
		text_addf(text, " %s:%u", base_name(event->point->file), event->point->line);
}

static void add_step(struct builder *builder, const struct trace_event *event)
{
	struct text text = TEXT_INIT;

	name_point(builder, event, &text);
	add_row(builder, event, &text);
	last_row(builder)->number = event->step;
	last_row(builder)->preempts = event->preempts;
	last_row(builder)->labelled = event->point->labelled;
	last_row(builder)->values = event->values;
	builder->table.preempts |= event->preempts;
}

static void begin_call(struct builder *builder, const struct trace_event *event)
{
	struct lane *lane = &builder->lanes[event->cpu];
	struct text text = TEXT_INIT;

	text_add(&text, event->text);
	add_row(builder, event, &text);
	vec_push(&lane->calls, event->text);
	lane->row = 0;
}

/* "name: first note; second note" */
static void append(char **line, bool *noted, const char *note)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "%s%s", *line, *noted ? "; " : ": ");
	format_clean(note, &text);
	free(*line);
	*line = text_detach(&text);
	*noted = true;
}

static struct table_row *add_note(struct builder *builder, const struct trace_event *event,
				  const char *note)
{
	struct lane *lane = &builder->lanes[event->cpu];
	struct text text = TEXT_INIT;
	struct table_row *row;

	if (lane->row) {
		row = &builder->table.rows.items[lane->row - 1];
		append(&row->text, &row->noted, note);
		return row;
	}
	text_add(&text, note);
	add_row(builder, event, &text);
	last_row(builder)->noted = true;
	return last_row(builder);
}

/* A fault that did not happen is no news. */
static void add_choice(struct builder *builder, const struct trace_event *event)
{
	bool fault = event->choice_kind == BATON_CHOICE_FAULT;
	struct text note = TEXT_INIT;
	struct table_row *row;

	if (fault && !event->option)
		return;
	if (fault)
		text_addf(&note, "%s fails", event->text);
	else
		text_addf(&note, "%s = %u", event->text, event->option);
	row = add_note(builder, event, note.bytes);
	row->faults |= fault;
	builder->table.faults |= fault;
	text_release(&note);
}

static void set_waiting(struct builder *builder, int cpu, bool waits)
{
	uint64_t bit = UINT64_C(1) << cpu;

	if (!is_interrupt(builder->program, (unsigned int)cpu))
		builder->waiting = waits ? builder->waiting | bit : builder->waiting & ~bit;
}

/* What is noted next still belongs to the step before. */
static void add_wait(struct builder *builder, const struct trace_event *event)
{
	struct lane *lane = &builder->lanes[event->cpu];
	size_t row = lane->row;
	struct text text = TEXT_INIT;

	text_add(&text, event->text);
	add_row(builder, event, &text);
	lane->row = row;
	set_waiting(builder, event->cpu, true);
}

static void add_event(struct builder *builder, const struct trace_event *event)
{
	struct lane *lane = &builder->lanes[event->cpu];

	switch (event->type) {
	case TRACE_STEP:
		set_waiting(builder, event->cpu, false);
		add_step(builder, event);
		break;
	case TRACE_CALL:
		begin_call(builder, event);
		break;
	case TRACE_RETURN:
		if (lane->calls.count)
			(void)vec_pop(&lane->calls);
		break;
	case TRACE_NOTE:
		add_note(builder, event, event->text);
		break;
	case TRACE_CHOICE:
		add_choice(builder, event);
		break;
	case TRACE_WAIT:
		add_wait(builder, event);
		break;
	case TRACE_READY:
		set_waiting(builder, event->cpu, false);
		break;
	case TRACE_STATE:
		break;
	}
}

/* The end has no column: its calls and notes are lines, notes behind their call. */
static void add_final(struct builder *builder, const struct trace_event *event)
{
	size_t count = builder->table.finals.count;
	struct text text = TEXT_INIT;

	if (event->type == TRACE_NOTE && count) {
		append(&builder->table.finals.items[count - 1], &builder->final_noted, event->text);
	} else if (event->type == TRACE_NOTE || event->type == TRACE_CALL) {
		format_clean(event->text, &text);
		vec_push(&builder->table.finals, text_detach(&text));
		builder->final_noted = event->type == TRACE_NOTE;
	}
}

static const long *find_initial(const struct trace *trace)
{
	for (size_t i = 0; i < trace->events.count; i++)
		if (trace->events.items[i].type == TRACE_STATE)
			return trace->events.items[i].values;
	return NULL;
}

static void number_row(struct table_row *row, const unsigned int *index_of)
{
	uint64_t cpus = row->blocked;

	row->column = index_of[row->column];
	row->blocked = 0;
	for (unsigned int cpu = 0; cpus >> cpu; cpu++)
		if (cpus >> cpu & 1)
			row->blocked |= UINT64_C(1) << index_of[cpu];
}

/* Rows know the CPU of their column until here: leave out CPUs without a row. */
static void number_columns(struct builder *builder)
{
	unsigned int index_of[BATON_CPUS_MAX] = { 0 };
	bool used[BATON_CPUS_MAX] = { false };

	for (size_t i = 0; i < builder->table.rows.count; i++)
		used[builder->table.rows.items[i].column] = true;
	for (unsigned int cpu = 0; cpu < builder->program->cpu_count; cpu++) {
		struct table_column column = { .cpu = cpu };
		struct text heading = TEXT_INIT;

		if (!used[cpu])
			continue;
		index_of[cpu] = (unsigned int)builder->table.columns.count;
		text_addf(&heading, "CPU %s", builder->program->cpus[cpu].name);
		column.heading = text_detach(&heading);
		vec_push(&builder->table.columns, column);
	}
	for (size_t i = 0; i < builder->table.rows.count; i++)
		number_row(&builder->table.rows.items[i], index_of);
}

struct table table_build(const struct trace *trace, bool short_names, bool lines)
{
	struct builder builder = {
		.table = { .trace = trace, .initial = find_initial(trace) },
		.program = trace->program,
		.short_names = short_names,
		.lines = lines,
	};

	for (size_t i = 0; i < trace->events.count; i++) {
		const struct trace_event *event = &trace->events.items[i];

		if (event->phase == TRACE_MAIN && event->cpu >= 0)
			add_event(&builder, event);
		else if (event->phase == TRACE_FINALLY)
			add_final(&builder, event);
	}
	number_columns(&builder);
	for (unsigned int i = 0; i < BATON_CPUS_MAX; i++)
		vec_release(&builder.lanes[i].calls);
	return builder.table;
}

void table_release(struct table *table)
{
	for (size_t i = 0; i < table->rows.count; i++)
		free(table->rows.items[i].text);
	for (size_t i = 0; i < table->columns.count; i++)
		free(table->columns.items[i].heading);
	for (size_t i = 0; i < table->finals.count; i++)
		free(table->finals.items[i]);
	vec_release(&table->rows);
	vec_release(&table->columns);
	vec_release(&table->finals);
}
