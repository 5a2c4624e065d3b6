/* SPDX-License-Identifier: MIT */
/*
 * export_perfetto.c - the JSON that ui.perfetto.dev and chrome://tracing read.
 *
 * A step is STEP_US long. The scenario is the process, a CPU a thread; around the steps stand
 * the functions that they are made in, which go on while other CPUs run. So that slices nest,
 * a CPU comes to the functions of its next step right behind the last one. Watches are
 * counters, preemptions are arrows, faults and the finding instants.
 */
#include <string.h>

#include "reports/export.h"
#include "reports/json_out.h"
#include "reports/story.h"

#define STEP_US 10u
#define PROCESS 1

struct perfetto {
	const struct trace *trace;
	struct story story;
	struct text *text;
	bool any;                            /* an event has been added */
	struct json_out out;                 /* of the event that is open */
	unsigned int places[BATON_CPUS_MAX]; /* where each CPU is, as slices have been begun */
	uint64_t times[BATON_CPUS_MAX];      /* end of its last step */
	VEC(size_t) waits[BATON_CPUS_MAX];   /* events since its last step */
	const long *values;                  /* watches, as counters have shown them */
};

static uint64_t time_of(unsigned int step)
{
	return (uint64_t)step * STEP_US;
}

/* An event per line; readers ask for this beginning of the file. */
static struct json_out *open_event(struct perfetto *perfetto, const char *phase, const char *name)
{
	struct json_out *out = &perfetto->out;

	text_add(perfetto->text, perfetto->any ? ",\n" : "{\"traceEvents\":[\n");
	perfetto->any = true;
	*out = (struct json_out){ .text = perfetto->text };
	json_out_begin(out, NULL, '{');
	json_out_string(out, "ph", phase);
	json_out_string(out, "name", name);
	json_out_number(out, "pid", PROCESS);
	return out;
}

/* The same on the track of a CPU, at a time. */
static struct json_out *open_at(struct perfetto *perfetto, const char *phase, const char *name,
				int cpu, uint64_t time)
{
	struct json_out *out = open_event(perfetto, phase, name);

	json_out_number(out, "tid", (uint64_t)cpu + 1);
	json_out_number(out, "ts", time);
	return out;
}

static void name_track(struct perfetto *perfetto, const char *what, int cpu, const char *name)
{
	struct json_out *out = open_event(perfetto, "M", what);

	if (cpu >= 0)
		json_out_number(out, "tid", (uint64_t)cpu + 1);
	json_out_begin(out, "args", '{');
	json_out_string(out, "name", name);
	json_out_end(out, '}');
	json_out_end(out, '}');
}

static void name_tracks(struct perfetto *perfetto, const char *title)
{
	const struct baton_program *program = perfetto->trace->program;

	name_track(perfetto, "process_name", -1, title);
	for (unsigned int cpu = 0; cpu < program->cpu_count; cpu++) {
		struct text name = TEXT_INIT;

		text_addf(&name, "CPU %s", program->cpus[cpu].name);
		name_track(perfetto, "thread_name", (int)cpu, name.bytes);
		text_release(&name);
	}
}

static unsigned int depth_of(const struct perfetto *perfetto, unsigned int place)
{
	return perfetto->trace->places.items[place].depth;
}

static void begin_functions(struct perfetto *perfetto, int cpu, unsigned int shared,
			    unsigned int place)
{
	const struct trace_place *entry = &perfetto->trace->places.items[place];

	if (place == shared)
		return;
	begin_functions(perfetto, cpu, shared, entry->caller);
	json_out_end(open_at(perfetto, "B", entry->frame.function, cpu, perfetto->times[cpu]), '}');
}

/*
 * The same function, called from the same place, goes on. Its line differs from step to step,
 * so places are compared by function, from the outermost on.
 */
static unsigned int ancestor(const struct perfetto *perfetto, unsigned int place,
			     unsigned int depth)
{
	while (depth_of(perfetto, place) > depth)
		place = perfetto->trace->places.items[place].caller;
	return place;
}

static bool same_function(const struct perfetto *perfetto, unsigned int a, unsigned int b)
{
	const struct trace_place *places = perfetto->trace->places.items;

	return a && b && !strcmp(places[a].frame.function, places[b].frame.function);
}

static unsigned int shared_depth(const struct perfetto *perfetto, unsigned int a, unsigned int b)
{
	unsigned int depth = 0;

	while (depth < depth_of(perfetto, a) && depth < depth_of(perfetto, b) &&
	       same_function(perfetto, ancestor(perfetto, a, depth + 1),
			     ancestor(perfetto, b, depth + 1)))
		depth++;
	return depth;
}

static void go_to(struct perfetto *perfetto, int cpu, unsigned int place)
{
	unsigned int from = perfetto->places[cpu];
	unsigned int shared = shared_depth(perfetto, from, place);

	for (unsigned int depth = depth_of(perfetto, from); depth > shared; depth--)
		json_out_end(open_at(perfetto, "E", "", cpu, perfetto->times[cpu]), '}');
	begin_functions(perfetto, cpu, ancestor(perfetto, place, shared), place);
	perfetto->places[cpu] = place;
}

static void add_changes(struct perfetto *perfetto, const struct trace_event *event)
{
	const struct trace *trace = perfetto->trace;

	for (unsigned int i = 0; i < event->change_count; i++) {
		const struct trace_change *change = &trace->changes.items[event->first_change + i];
		const struct trace_field *field = &trace->fields.items[change->field];
		const struct trace_object *object = &trace->objects.items[field->object];
		struct text name = TEXT_INIT;

		text_addf(&name, "%s %s: %s", object->kind, object->name, field->name);
		json_out_string(&perfetto->out, name.bytes, change->value ? change->value : "gone");
		text_release(&name);
	}
}

static void add_args(struct perfetto *perfetto, const struct story_step *step)
{
	const struct trace_event *event = step->event;
	struct json_out *out = &perfetto->out;
	struct text text = TEXT_INIT;

	json_out_begin(out, "args", '{');
	json_out_number(out, "step", event->step);
	text_addf(&text, "%s:%u", event->point->file, event->point->line);
	json_out_string(out, "source", text.bytes);
	text_clear(&text);
	story_object(perfetto->trace, event, &text);
	if (text.length)
		json_out_string(out, "object", text.bytes);
	if (step->notes.length)
		json_out_string(out, "notes", step->notes.bytes);
	add_changes(perfetto, event);
	json_out_end(out, '}');
	text_release(&text);
}

/* From the last step of the CPU that lost to the one that took its place. */
static void add_arrow(struct perfetto *perfetto, size_t index)
{
	const struct trace_event *to = perfetto->story.steps.items[index].event;
	const struct trace_event *from = perfetto->story.steps.items[index - 1].event;
	struct json_out *out;

	out = open_at(perfetto, "s", "preemption", from->cpu, time_of(from->step) + 1);
	json_out_string(out, "cat", "preemption");
	json_out_number(out, "id", to->step);
	json_out_end(out, '}');
	out = open_at(perfetto, "f", "preemption", to->cpu, time_of(to->step) + 1);
	json_out_string(out, "cat", "preemption");
	json_out_number(out, "id", to->step);
	json_out_string(out, "bp", "e");
	json_out_end(out, '}');
}

static void add_counters(struct perfetto *perfetto, const long *values, uint64_t time)
{
	const struct baton_program *program = perfetto->trace->program;

	for (unsigned int i = 0; values && i < program->watch_count; i++) {
		struct json_out *out;

		if (perfetto->values && perfetto->values[i] == values[i])
			continue;
		out = open_at(perfetto, "C", program->watches[i].name, 0, time);
		json_out_begin(out, "args", '{');
		json_out_integer(out, "value", values[i]);
		json_out_end(out, '}');
		json_out_end(out, '}');
	}
	if (values)
		perfetto->values = values;
}

/* Who waits at the end waits for a step more. */
static void add_wait(struct perfetto *perfetto, size_t index)
{
	const struct trace *trace = perfetto->trace;
	const struct trace_event *event = &trace->events.items[index];
	const struct trace_event *end = story_wait_end(trace, index);
	struct json_out *out;

	out = open_at(perfetto, "X", event->text, event->cpu, time_of(event->step));
	json_out_number(out, "dur",
			time_of(end ? end->step : trace->steps + 2) - time_of(event->step));
	json_out_end(out, '}');
}

/* An instant: @scope is "t" for its track, "g" for all. */
static void add_instant(struct perfetto *perfetto, const char *name, int cpu, uint64_t time,
			const char *scope)
{
	struct json_out *out = open_at(perfetto, "i", name, cpu, time);

	json_out_string(out, "s", scope);
	json_out_end(out, '}');
}

/* Once it is known in which functions the CPU has waited. */
static void add_waits(struct perfetto *perfetto, int cpu)
{
	for (size_t i = 0; i < perfetto->waits[cpu].count; i++)
		add_wait(perfetto, perfetto->waits[cpu].items[i]);
	perfetto->waits[cpu].count = 0;
}

static void add_step(struct perfetto *perfetto, size_t index)
{
	const struct story_step *step = &perfetto->story.steps.items[index];
	const struct trace_event *event = step->event;
	uint64_t time = time_of(event->step);
	struct json_out *out;

	go_to(perfetto, event->cpu, event->place);
	add_waits(perfetto, event->cpu);
	out = open_at(perfetto, "X", event->point->name, event->cpu, time);
	json_out_number(out, "dur", STEP_US);
	add_args(perfetto, step);
	json_out_end(out, '}');
	perfetto->times[event->cpu] = time + STEP_US;
	if (event->preempts && index)
		add_arrow(perfetto, index);
	if (step->faults)
		add_instant(perfetto, step->notes.bytes, event->cpu, time, "t");
	add_counters(perfetto, event->values, time + STEP_US);
}

/* Who waits then, waits in the functions of its last step. */
static void end_cpu(struct perfetto *perfetto, int cpu, uint64_t end)
{
	if (perfetto->waits[cpu].count)
		perfetto->times[cpu] = end;
	add_waits(perfetto, cpu);
	go_to(perfetto, cpu, 0);
	vec_release(&perfetto->waits[cpu]);
}

static void add_end(struct perfetto *perfetto)
{
	const struct finding *finding = &perfetto->trace->finding;
	uint64_t end = time_of(perfetto->trace->steps + 2);

	for (unsigned int cpu = 0; cpu < perfetto->trace->program->cpu_count; cpu++)
		end_cpu(perfetto, (int)cpu, end);
	if (finding->kind != FINDING_NONE) {
		struct text text = TEXT_INIT;

		text_addf(&text, "%s: %s", finding->name, finding->text.bytes);
		add_instant(perfetto, text.bytes, finding->cpu < 0 ? 0 : finding->cpu, end, "g");
		text_release(&text);
	}
}

void export_perfetto(const struct exhibit *exhibit, const struct report_options *options,
		     struct text *out)
{
	struct perfetto perfetto = { .trace = exhibit->trace, .text = out };
	size_t next = 0;

	(void)options;
	story_init(&perfetto.story, exhibit->trace);
	name_tracks(&perfetto, exhibit->title);
	for (size_t i = 0; i < exhibit->trace->events.count; i++) {
		const struct trace_event *event = &exhibit->trace->events.items[i];

		if (event->phase != TRACE_MAIN)
			continue;
		if (event->type == TRACE_STATE)
			add_counters(&perfetto, event->values, 0);
		else if (event->type == TRACE_STEP)
			add_step(&perfetto, next++);
		else if (event->type == TRACE_WAIT)
			vec_push(&perfetto.waits[event->cpu], i);
	}
	add_end(&perfetto);
	text_add(out, "\n]}\n");
	story_release(&perfetto.story);
}
