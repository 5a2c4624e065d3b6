/* SPDX-License-Identifier: MIT */
#include "explore/trace_compare.h"

#include <string.h>

static const char *cpu_name(const struct trace *trace, const struct trace_event *event)
{
	if (event->cpu >= 0)
		return trace->program->cpus[event->cpu].name;
	return event->phase == TRACE_SETUP ? "setup" :
	       event->phase == TRACE_MAIN  ? "all" :
					     "finally";
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool same_values(const struct trace *trace, const struct trace_event *a,
			const struct trace_event *b)
{
	if (!a->values || !b->values)
		return a->values == b->values;
	return !memcmp(a->values, b->values, trace->program->watch_count * sizeof(*a->values));
}

/* The change number @n of an event; NULL if it has fewer. */
static const struct trace_change *change_at(const struct trace *trace,
					    const struct trace_event *event, unsigned int n)
{
	return n < event->change_count ? &trace->changes.items[event->first_change + n] : NULL;
}

/* Of what the program shows: the number of the first change that differs; -1 if none does. */
static int different_change(const struct trace *const traces[2],
			    const struct trace_event *const events[2])
{
	for (unsigned int i = 0; i < events[0]->change_count || i < events[1]->change_count; i++) {
		const struct trace_change *a = change_at(traces[0], events[0], i);
		const struct trace_change *b = change_at(traces[1], events[1], i);

		if (!a || !b || a->field != b->field || !same_text(a->value, b->value))
			return (int)i;
	}
	return -1;
}

/* Without what the program's watches, and the state it shows, are after it. */
static bool same_event(const struct trace_event *a, const struct trace_event *b)
{
	return a->type == b->type && a->phase == b->phase && a->cpu == b->cpu &&
	       a->step == b->step && a->point == b->point && a->kind == b->kind &&
	       a->object == b->object && a->choice_kind == b->choice_kind &&
	       a->option == b->option && same_text(a->text, b->text);
}

static void add_event(const struct trace *trace, const struct trace_event *event, struct text *why)
{
	text_addf(why, "%s ", cpu_name(trace, event));
	switch (event->type) {
	case TRACE_STATE:
		text_add(why, "begins");
		break;
	case TRACE_WAIT:
		text_add(why, event->text);
		break;
	case TRACE_READY:
		text_add(why, "waits no longer");
		break;
	case TRACE_STEP:
		text_addf(why, "at %s (%s:%u)", event->point->name, event->point->file,
			  event->point->line);
		break;
	case TRACE_CALL:
		text_addf(why, "calls %s", event->text);
		break;
	case TRACE_RETURN:
		text_add(why, "returns from a call");
		break;
	case TRACE_NOTE:
		text_addf(why, "notes '%s'", event->text);
		break;
	case TRACE_CHOICE:
		text_addf(why, "chooses %u at %s", event->option, event->text);
		break;
	}
}

static void add_events(const struct trace *const traces[2], size_t index, struct text *why)
{
	static const char *const words[] = { "first ", ", then " };

	for (int i = 0; i < 2; i++) {
		text_add(why, words[i]);
		if (index < traces[i]->events.count)
			add_event(traces[i], &traces[i]->events.items[index], why);
		else
			text_add(why, "the execution ended");
	}
}

static void add_change(const struct trace *trace, const struct trace_change *change,
		       struct text *why)
{
	const struct trace_field *field;
	const struct trace_object *object;

	if (!change) {
		text_add(why, "nothing");
		return;
	}
	field = &trace->fields.items[change->field];
	object = &trace->objects.items[field->object];
	text_addf(why, "%s %s: %s %s", object->kind, object->name, field->name,
		  change->value ? change->value : "gone");
}

/* Equal but for the watches, or what else the program shows. */
static void add_values(const struct trace *const traces[2], size_t index, struct text *why)
{
	const struct trace_event *a = &traces[0]->events.items[index];
	const struct trace_event *b = &traces[1]->events.items[index];
	const struct baton_program *program = traces[0]->program;
	int n = different_change(traces, (const struct trace_event *const[]){ a, b });

	text_add(why, "after ");
	add_event(traces[0], a, why);
	for (unsigned int i = 0; a->values && b->values && i < program->watch_count; i++)
		if (a->values[i] != b->values[i]) {
			text_addf(why, ", %s is first %ld, then %ld", program->watches[i].name,
				  a->values[i], b->values[i]);
			return;
		}
	if (n < 0) {
		text_add(why, ", something is watched only once");
		return;
	}
	text_add(why, ", what changes is first ");
	add_change(traces[0], change_at(traces[0], a, (unsigned int)n), why);
	text_add(why, ", then ");
	add_change(traces[1], change_at(traces[1], b, (unsigned int)n), why);
}

static void add_place(const struct trace *const traces[2], size_t index, struct text *why)
{
	static const char *const phases[] = { "setup, ", "", "finally, " };
	bool ended = index >= traces[0]->events.count;
	const struct trace_event *event = &traces[ended]->events.items[index];

	text_addf(why, "%sstep %u: ", phases[event->phase], event->step);
}

static bool compare_events(const struct trace *const traces[2], struct text *why)
{
	size_t counts[2] = { traces[0]->events.count, traces[1]->events.count };
	size_t most = counts[0] > counts[1] ? counts[0] : counts[1];

	for (size_t i = 0; i < most; i++) {
		const struct trace_event *a = &traces[0]->events.items[i];
		const struct trace_event *b = &traces[1]->events.items[i];
		bool both = i < counts[0] && i < counts[1], same = both && same_event(a, b);

		if (same && same_values(traces[0], a, b) &&
		    different_change(traces, (const struct trace_event *const[]){ a, b }) < 0)
			continue;
		add_place(traces, i, why);
		if (same)
			add_values(traces, i, why);
		else
			add_events(traces, i, why);
		return false;
	}
	return true;
}

static void add_finding(const struct finding *finding, struct text *why)
{
	if (finding->kind == FINDING_NONE)
		text_add(why, "no finding");
	else
		text_addf(why, "'%s: %s'", finding->name, finding->text.bytes);
}

static bool compare_findings(const struct finding *a, const struct finding *b, struct text *why)
{
	if (a->kind == b->kind && a->cpu == b->cpu && a->step == b->step &&
	    same_text(a->name, b->name) && same_text(a->text.bytes, b->text.bytes) &&
	    same_text(a->details.bytes, b->details.bytes))
		return true;
	text_add(why, "after the last step: first ");
	add_finding(a, why);
	text_add(why, ", then ");
	add_finding(b, why);
	return false;
}

bool trace_compare(const struct trace *first, const struct trace *second, struct text *why)
{
	const struct trace *const traces[2] = { first, second };

	if (!compare_events(traces, why))
		return false;
	if (!compare_findings(&first->finding, &second->finding, why))
		return false;
	if (trace_hash(first) == trace_hash(second))
		return true;
	text_add(why, "after the last step: the stacks of the CPUs differ");
	return false;
}
