/* SPDX-License-Identifier: MIT */
#include "reports/story.h"

#include "reports/format.h"

static void say(struct story_step *step, const char *text)
{
	if (step->notes.length)
		text_add(&step->notes, "; ");
	format_clean(text, &step->notes);
}

static void say_choice(struct story_step *step, const struct trace_event *event)
{
	struct text text = TEXT_INIT;

	if (event->choice_kind == BATON_CHOICE_FAULT && event->option) {
		step->faults = true;
		text_addf(&text, "%s fails", event->text);
	} else if (event->choice_kind == BATON_CHOICE_VALUE) {
		text_addf(&text, "%s = %u", event->text, event->option);
	}
	if (text.length)
		say(step, text.bytes);
	text_release(&text);
}

void story_init(struct story *story, const struct trace *trace)
{
	size_t last[BATON_CPUS_MAX] = { 0 }; /* step of the CPU + 1 */

	*story = (struct story){ .trace = trace };
	for (size_t i = 0; i < trace->events.count; i++) {
		const struct trace_event *event = &trace->events.items[i];
		const struct story_step step = { .event = event, .notes = TEXT_INIT };

		if (event->phase != TRACE_MAIN || event->cpu < 0)
			continue;
		if (event->type == TRACE_STEP) {
			vec_push(&story->steps, step);
			last[event->cpu] = story->steps.count;
		} else if (last[event->cpu] && event->type == TRACE_NOTE) {
			say(&story->steps.items[last[event->cpu] - 1], event->text);
		} else if (last[event->cpu] && event->type == TRACE_CHOICE) {
			say_choice(&story->steps.items[last[event->cpu] - 1], event);
		}
	}
}

void story_release(struct story *story)
{
	for (size_t i = 0; i < story->steps.count; i++)
		text_release(&story->steps.items[i].notes);
	vec_release(&story->steps);
}

bool story_tells(const struct story_step *step)
{
	return step->event->point->labelled || step->notes.length || step->event->preempts ||
	       step->faults;
}

void story_text(const struct story_step *step, struct text *out)
{
	text_add(out, step->event->point->name);
	if (step->notes.length)
		text_addf(out, ": %s", step->notes.bytes);
}

void story_object(const struct trace *trace, const struct trace_event *event, struct text *out)
{
	const struct trace_object *object = &trace->objects.items[event->object];

	if (event->object)
		text_addf(out, "%s %s", object->kind, object->name);
}

const struct trace_event *story_wait_end(const struct trace *trace, size_t index)
{
	const struct trace_event *wait = &trace->events.items[index];

	for (size_t i = index + 1; i < trace->events.count; i++) {
		const struct trace_event *event = &trace->events.items[i];

		if (event->cpu == wait->cpu &&
		    (event->type == TRACE_WAIT || event->type == TRACE_READY))
			return event;
	}
	return NULL;
}

const char *story_access(enum baton_access_kind kind)
{
	static const char *const words[] = {
		[BATON_READ] = "read", [BATON_WRITE] = "write", [BATON_RMW] = "rmw",
		[BATON_ADD] = "add",   [BATON_LOCK] = "lock",   [BATON_UNLOCK] = "unlock",
		[BATON_WAIT] = "wait", [BATON_LOCAL] = "local",
	};

	return words[kind];
}
