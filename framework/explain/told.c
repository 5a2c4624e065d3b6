/* SPDX-License-Identifier: MIT */
#include "explain/told.h"

#include <string.h>

static void add_note(struct told_cpu *cpu, const char *note)
{
	struct text *notes;

	if (!cpu->steps.count)
		return;
	notes = &cpu->steps.items[cpu->steps.count - 1].notes;
	text_addf(notes, "%s%s", notes->length ? ", " : "", note);
}

static void gather(struct told *told)
{
	for (size_t i = 0; i < told->trace.events.count; i++) {
		const struct trace_event *event = &told->trace.events.items[i];
		struct told_step step = { event->point, event->step, TEXT_INIT };

		if (event->phase != TRACE_MAIN || event->cpu < 0)
			continue;
		if (event->type == TRACE_STEP)
			vec_push(&told->cpus[event->cpu].steps, step);
		if (event->type == TRACE_NOTE)
			add_note(&told->cpus[event->cpu], event->text);
	}
}

int told_record(struct told *told, const struct subject *subject, const struct schedule *schedule,
		struct err *err)
{
	const struct explore_replay replay = {
		.schedule = schedule,
		.steps_max = subject->search.steps_max,
		.steps_bound = subject->search.steps_bound,
	};
	struct text diverged = TEXT_INIT;
	int status;

	text_init(&told->end);
	trace_init(&told->trace, subject->program);
	told->cpus = xcalloc(subject->program->cpu_count, sizeof(*told->cpus));
	status = explore_record(&replay, &told->trace, &diverged, err);
	if (status > 0)
		err_bug(err, "a schedule that was run before diverged at %s", diverged.bytes);
	else if (!status)
		gather(told);
	if (!status && subject->describe)
		subject->describe(subject->arg, &told->end);
	text_release(&diverged);
	return status ? -1 : 0;
}

void told_release(struct told *told)
{
	unsigned int count = told->trace.program ? told->trace.program->cpu_count : 0;

	for (unsigned int i = 0; told->cpus && i < count; i++) {
		for (size_t j = 0; j < told->cpus[i].steps.count; j++)
			text_release(&told->cpus[i].steps.items[j].notes);
		vec_release(&told->cpus[i].steps);
	}
	free(told->cpus);
	text_release(&told->end);
	told->cpus = NULL;
	if (told->trace.program)
		trace_release(&told->trace);
}

static bool is_same(const struct told_step *a, const struct told_step *b)
{
	return baton_point_same(a->point, b->point) && !strcmp(a->notes.bytes, b->notes.bytes);
}

static void add_saying(const struct told_step *step, struct text *text)
{
	if (step->notes.length)
		text_addf(text, "'%s'", step->notes.bytes);
	else
		text_add(text, "nothing");
}

static void add_going(const struct told_step *step, struct text *text)
{
	if (!step) {
		text_add(text, "goes no further");
		return;
	}
	text_addf(text, "goes to %s", step->point->name);
	if (!step->point->labelled)
		text_addf(text, " (%s:%u)", step->point->file, step->point->line);
	if (step->notes.length)
		text_addf(text, " ('%s')", step->notes.bytes);
}

/* Something ended the execution, and not that this CPU, too, waits for ever. */
static bool is_cut_short(const struct told *told)
{
	enum finding_kind kind = told->trace.finding.kind;

	return kind != FINDING_NONE && kind != FINDING_DEADLOCK;
}

bool told_difference(const struct told *told, const struct told *other, uint32_t cpu,
		     struct text *text)
{
	const struct told_cpu *a = &told->cpus[cpu], *b = &other->cpus[cpu];
	const char *name = told->trace.program->cpus[cpu].name;
	const struct told_step *here, *there;
	size_t i = 0;

	while (i < a->steps.count && i < b->steps.count &&
	       is_same(&a->steps.items[i], &b->steps.items[i]))
		i++;
	here = i < a->steps.count ? &a->steps.items[i] : NULL;
	there = i < b->steps.count ? &b->steps.items[i] : NULL;
	if (!here && (!there || is_cut_short(told)))
		return false;
	if (here && there && baton_point_same(here->point, there->point)) {
		text_addf(text, "%s at %s: ", name, here->point->name);
		add_saying(here, text);
		text_add(text, "; otherwise ");
		add_saying(there, text);
		return true;
	}
	text_addf(text, "%s ", name);
	add_going(here, text);
	text_add(text, "; otherwise it ");
	add_going(there, text);
	return true;
}
