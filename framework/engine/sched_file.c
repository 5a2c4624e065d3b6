/* SPDX-License-Identifier: MIT */
#include "engine/sched_file.h"

#include <string.h>

static void forget_lines(struct sched_file *file)
{
	for (size_t i = 0; i < file->lines.count; i++) {
		free(file->lines.items[i].cpu);
		free(file->lines.items[i].name);
		free(file->lines.items[i].place);
	}
	vec_release(&file->lines);
}

void sched_file_release(struct sched_file *file)
{
	forget_lines(file);
	free(file->scenario);
	free(file->hash);
	free(file->model);
	free(file->variant);
	free(file->cell);
	free(file->fail);
	free(file->failure);
	*file = (struct sched_file){ 0 };
}

/* The next step or choice of the main phase from event @at on; NULL if there is none. */
static const struct trace_event *next_event(const struct trace *trace, size_t *at)
{
	for (; trace && *at < trace->events.count; ++*at) {
		const struct trace_event *event = &trace->events.items[*at];

		if (event->phase == TRACE_MAIN &&
		    (event->type == TRACE_STEP || event->type == TRACE_CHOICE)) {
			++*at;
			return event;
		}
	}
	return NULL;
}

static void name_step(struct sched_line *line, const struct baton_point *point)
{
	struct text place = TEXT_INIT;

	line->name = xstrdup(point->name);
	if (point->labelled)
		return;
	text_addf(&place, "%s:%u", point->file, point->line);
	line->place = text_detach(&place);
}

static struct sched_line line_of(struct schedule_entry entry, const struct baton_program *program,
				 const struct trace_event *event)
{
	struct sched_line line = { .kind = entry.kind };

	if (entry.kind == BATON_CHOICE_CPU) {
		line.cpu = xstrdup(program->cpus[entry.value].name);
		if (event && event->type == TRACE_STEP && event->point)
			name_step(&line, event->point);
	} else {
		line.option = entry.value;
		if (event && event->type == TRACE_CHOICE && event->text)
			line.name = xstrdup(event->text);
	}
	return line;
}

void sched_file_record(struct sched_file *file, const struct schedule *schedule,
		       const struct baton_program *program, const struct trace *trace)
{
	size_t at = 0;

	forget_lines(file);
	for (size_t i = 0; i < schedule->entries.count; i++) {
		const struct trace_event *event = next_event(trace, &at);

		vec_push(&file->lines, line_of(schedule->entries.items[i], program, event));
	}
	file->faults = trace ? trace->faults : 0;
	file->preemptions = trace ? trace->preemptions : 0;
	file->switches = schedule_switches(schedule);
	file->steps = schedule_steps(schedule);
}

static void write_header(const char *key, const char *value, struct text *text)
{
	if (value)
		text_addf(text, "%s %s\n", key, value);
}

static void write_line(const struct sched_line *line, size_t step, struct text *text)
{
	const char *name = line->name ? line->name : "-";

	if (line->kind != BATON_CHOICE_CPU)
		text_addf(text, "choice %s %s %u\n",
			  line->kind == BATON_CHOICE_FAULT ? "fault" : "value", name, line->option);
	else if (line->place)
		text_addf(text, "%zu %s %s @%s\n", step, line->cpu, name, line->place);
	else
		text_addf(text, "%zu %s %s\n", step, line->cpu, name);
}

void sched_file_write(const struct sched_file *file, struct text *text)
{
	size_t step = 0;

	text_addf(text, "schedule %d\n", SCHED_FILE_VERSION);
	write_header("scenario", file->scenario, text);
	write_header("hash", file->hash, text);
	write_header("model", file->model, text);
	write_header("variant", file->variant, text);
	write_header("cell", file->cell, text);
	write_header("fail", file->fail, text);
	text_addf(text, "seed %llu\n", (unsigned long long)file->seed);
	write_header("failure", file->failure, text);
	text_addf(text, "cost faults=%u preemptions=%u switches=%zu steps=%zu\n", file->faults,
		  file->preemptions, file->switches, file->steps);
	for (size_t i = 0; i < file->lines.count; i++) {
		step += file->lines.items[i].kind == BATON_CHOICE_CPU;
		write_line(&file->lines.items[i], step, text);
	}
	text_add(text, "end\n");
}

static int find_cpu(const struct baton_program *program, const char *name)
{
	for (unsigned int i = 0; i < program->cpu_count; i++)
		if (!strcmp(program->cpus[i].name, name))
			return (int)i;
	return -1;
}

static void fail_cpu(const struct sched_line *line, const struct baton_program *program,
		     const char *path, struct err *err)
{
	const char *names[BATON_CPUS_MAX], *nearest;

	for (unsigned int i = 0; i < program->cpu_count; i++)
		names[i] = program->cpus[i].name;
	nearest = err_nearest(line->cpu, names, program->cpu_count);
	text_addf(&err->text, "%s:%u:%u: error: no CPU is called '%s'", path, line->line,
		  line->column, line->cpu);
	if (nearest) {
		text_addf(&err->text, "; did you mean '%s'?\n", nearest);
	} else {
		for (unsigned int i = 0; i < program->cpu_count; i++)
			text_addf(&err->text, "%s%s", i ? ", " : "; there are ", names[i]);
		text_add_char(&err->text, '\n');
	}
	err->count++;
}

/* Six parameters: three go in and three come out, and callers have them apart. */
/* NOLINTNEXTLINE(readability-function-size) */
int sched_file_resolve(const struct sched_file *file, const struct baton_program *program,
		       const char *path, struct schedule *schedule, char ***names, struct err *err)
{
	unsigned int errors = err->count;

	schedule_release(schedule);
	*names = xcalloc(file->lines.count + 1, sizeof(**names));
	for (size_t i = 0; i < file->lines.count; i++) {
		const struct sched_line *line = &file->lines.items[i];
		struct schedule_entry entry = { line->kind, (uint8_t)line->option };

		if (line->kind == BATON_CHOICE_CPU) {
			int cpu = find_cpu(program, line->cpu);

			if (cpu < 0)
				fail_cpu(line, program, path, err);
			entry.value = (uint8_t)cpu;
		}
		(*names)[i] = line->name;
		vec_push(&schedule->entries, entry);
	}
	if (err->count == errors)
		return 0;
	schedule_release(schedule);
	free(*names);
	*names = NULL;
	return -1;
}

/* Return: the first line that it was in; NULL: none. */
static const struct sched_line *rename_points(struct sched_file *file, const char *old,
					      const char *now)
{
	const struct sched_line *first = NULL;

	for (size_t i = 0; i < file->lines.count; i++) {
		struct sched_line *line = &file->lines.items[i];

		if (line->kind != BATON_CHOICE_CPU || !line->name || line->place ||
		    strcmp(line->name, old) != 0)
			continue;
		free(line->name);
		line->name = xstrdup(now);
		first = first ? first : line;
	}
	return first;
}

void sched_file_take_aliases(struct sched_file *file, const char *path, struct text *warnings)
{
	const struct baton_point_alias *alias = NULL;

	while ((alias = baton_alias_next(alias))) {
		const char *now = baton_point_alias(alias->old);
		const struct sched_line *line = now ? rename_points(file, alias->old, now) : NULL;

		if (line)
			text_addf(warnings, "%s:%u: warning: point '%s' is called '%s' now\n", path,
				  line->line, alias->old, now);
	}
}
