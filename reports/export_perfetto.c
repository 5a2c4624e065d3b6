/* SPDX-License-Identifier: MIT */
/*
 * export_perfetto.c - the JSON that ui.perfetto.dev and chrome://tracing read.
 *
 * A step is STEP_US long. The scenario is the process, a CPU a thread; around the steps stand
 * the functions that they are made in, which go on while other CPUs run. So that slices nest,
 * a CPU comes to the functions of its next step right behind the last one. Watches are
 * counters, preemptions are arrows, faults and the finding instants.
 */
#include <jansson.h>
#include <string.h>

#include "base/bug.h"
#include "reports/export.h"
#include "reports/json_set.h"
#include "reports/story.h"

#define STEP_US 10u
#define PROCESS 1

struct perfetto {
	const struct trace *trace;
	struct story story;
	json_t *events;
	unsigned int places[BATON_CPUS_MAX]; /* where each CPU is, as slices have been begun */
	uint64_t times[BATON_CPUS_MAX];      /* end of its last step */
	VEC(size_t) waits[BATON_CPUS_MAX];   /* events since its last step */
	const long *values;                  /* watches, as counters have shown them */
};

static uint64_t time_of(unsigned int step)
{
	return (uint64_t)step * STEP_US;
}

static json_t *add(struct perfetto *perfetto, const char *phase, const char *name, int cpu,
		   uint64_t time)
{
	json_t *event = json_object();

	json_set_string(event, "ph", phase);
	json_set_string(event, "name", name);
	json_set_number(event, "pid", PROCESS);
	json_set_number(event, "tid", (uint64_t)cpu + 1);
	json_set_number(event, "ts", time);
	BUG_ON(json_array_append_new(perfetto->events, event));
	return event;
}

static void name_track(struct perfetto *perfetto, const char *what, int cpu, const char *name)
{
	json_t *event = json_object(), *args = json_object();

	json_set_string(event, "ph", "M");
	json_set_string(event, "name", what);
	json_set_number(event, "pid", PROCESS);
	if (cpu >= 0)
		json_set_number(event, "tid", (uint64_t)cpu + 1);
	json_set_string(args, "name", name);
	json_set_new(event, "args", args);
	BUG_ON(json_array_append_new(perfetto->events, event));
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
	add(perfetto, "B", entry->frame.function, cpu, perfetto->times[cpu]);
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
		add(perfetto, "E", "", cpu, perfetto->times[cpu]);
	begin_functions(perfetto, cpu, ancestor(perfetto, place, shared), place);
	perfetto->places[cpu] = place;
}

static json_t *make_args(const struct perfetto *perfetto, const struct story_step *step)
{
	const struct trace_event *event = step->event;
	json_t *args = json_object();
	struct text text = TEXT_INIT;

	json_set_number(args, "step", event->step);
	text_addf(&text, "%s:%u", event->point->file, event->point->line);
	json_set_string(args, "source", text.bytes);
	text_clear(&text);
	story_object(perfetto->trace, event, &text);
	if (text.length)
		json_set_string(args, "object", text.bytes);
	if (step->notes.length)
		json_set_string(args, "notes", step->notes.bytes);
	for (unsigned int i = 0; i < event->change_count; i++) {
		const struct trace_change *change =
			&perfetto->trace->changes.items[event->first_change + i];
		const struct trace_field *field = &perfetto->trace->fields.items[change->field];
		const struct trace_object *object = &perfetto->trace->objects.items[field->object];

		text_clear(&text);
		text_addf(&text, "%s %s: %s", object->kind, object->name, field->name);
		json_set_string(args, text.bytes, change->value ? change->value : "gone");
	}
	text_release(&text);
	return args;
}

/* From the last step of the CPU that lost to the one that took its place. */
static void add_arrow(struct perfetto *perfetto, size_t index)
{
	const struct trace_event *to = perfetto->story.steps.items[index].event;
	const struct trace_event *from = perfetto->story.steps.items[index - 1].event;
	json_t *start = add(perfetto, "s", "preemption", from->cpu, time_of(from->step) + 1);
	json_t *finish = add(perfetto, "f", "preemption", to->cpu, time_of(to->step) + 1);

	json_set_string(start, "cat", "preemption");
	json_set_number(start, "id", to->step);
	json_set_string(finish, "cat", "preemption");
	json_set_number(finish, "id", to->step);
	json_set_string(finish, "bp", "e");
}

static void add_counters(struct perfetto *perfetto, const long *values, uint64_t time)
{
	const struct baton_program *program = perfetto->trace->program;

	for (unsigned int i = 0; values && i < program->watch_count; i++) {
		json_t *args;

		if (perfetto->values && perfetto->values[i] == values[i])
			continue;
		args = json_object();
		json_set_new(args, "value", json_integer((json_int_t)values[i]));
		json_set_new(add(perfetto, "C", program->watches[i].name, 0, time), "args", args);
	}
	if (values)
		perfetto->values = values;
}

static void add_wait(struct perfetto *perfetto, size_t index)
{
	const struct trace *trace = perfetto->trace;
	const struct trace_event *event = &trace->events.items[index];
	unsigned int until = trace->steps + 2; /* who waits at the end waits for a step more */

	for (size_t i = index + 1; i < trace->events.count; i++) {
		const struct trace_event *later = &trace->events.items[i];

		if (later->cpu == event->cpu &&
		    (later->type == TRACE_WAIT || later->type == TRACE_READY)) {
			until = later->step;
			break;
		}
	}
	json_set_number(add(perfetto, "X", event->text, event->cpu, time_of(event->step)), "dur",
			time_of(until) - time_of(event->step));
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
	json_t *slice;

	go_to(perfetto, event->cpu, event->place);
	add_waits(perfetto, event->cpu);
	slice = add(perfetto, "X", event->point->name, event->cpu, time);
	json_set_number(slice, "dur", STEP_US);
	json_set_new(slice, "args", make_args(perfetto, step));
	perfetto->times[event->cpu] = time + STEP_US;
	if (event->preempts && index)
		add_arrow(perfetto, index);
	if (step->faults)
		json_set_string(add(perfetto, "i", step->notes.bytes, event->cpu, time), "s", "t");
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
		json_set_string(add(perfetto, "i", text.bytes, finding->cpu < 0 ? 0 : finding->cpu,
				    end),
				"s", "g");
		text_release(&text);
	}
}

static int add_bytes(const char *bytes, size_t length, void *out)
{
	text_add_bytes(out, bytes, length);
	return 0;
}

/* Readers ask for this beginning. */
static void put(const struct perfetto *perfetto, struct text *out)
{
	size_t count = json_array_size(perfetto->events);

	text_add(out, "{\"traceEvents\":[\n");
	for (size_t i = 0; i < count; i++) {
		BUG_ON(json_dump_callback(json_array_get(perfetto->events, i), add_bytes, out,
					  JSON_COMPACT));
		text_add(out, i + 1 < count ? ",\n" : "\n");
	}
	text_add(out, "]}\n");
}

void export_perfetto(const struct exhibit *exhibit, const struct report_options *options,
		     struct text *out)
{
	struct perfetto perfetto = { .trace = exhibit->trace, .events = json_array() };
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
	put(&perfetto, out);
	story_release(&perfetto.story);
	json_decref(perfetto.events);
}
