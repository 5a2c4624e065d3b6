/* SPDX-License-Identifier: MIT */
/*
 * json.c - the report for programs: one document, described in docs/json.md.
 *
 * Keys stand in a fixed order and nothing depends on time or place, so equal results
 * give equal bytes. A change that could break a reader raises SCHEMA_VERSION.
 */
#include <jansson.h>
#include <string.h>

#include "base/bug.h"
#include "reports/coverage.h"
#include "reports/fault_table.h"
#include "reports/format.h"
#include "reports/phrase.h"
#include "reports/utf8.h"

#define SCHEMA_VERSION 1

struct json_state {
	json_t *results;
};

/* @key: "name", or null where @string is NULL. */
static void set_string(json_t *object, const char *key, const char *string)
{
	struct text text = TEXT_INIT;

	if (string)
		utf8_repair(string, &text);
	BUG_ON(json_object_set_new(object, key, string ? json_string(text.bytes) : json_null()));
	text_release(&text);
}

static void set_number(json_t *object, const char *key, uint64_t number)
{
	BUG_ON(number > INT64_MAX);
	BUG_ON(json_object_set_new(object, key, json_integer((json_int_t)number)));
}

static void set_bool(json_t *object, const char *key, bool value)
{
	BUG_ON(json_object_set_new(object, key, json_boolean(value)));
}

static void set_new(json_t *object, const char *key, json_t *value)
{
	BUG_ON(json_object_set_new(object, key, value));
}

static void append_string(json_t *array, const char *string)
{
	struct text text = TEXT_INIT;

	utf8_repair(string, &text);
	BUG_ON(json_array_append_new(array, json_string(text.bytes)));
	text_release(&text);
}

static const char *outcome_word(enum outcome outcome)
{
	static const char *const words[] = {
		[OUTCOME_OK] = "ok",
		[OUTCOME_FAIL] = "fail",
		[OUTCOME_INCONCLUSIVE] = "inconclusive",
		[OUTCOME_NONE] = "none",
	};

	return words[outcome];
}

static json_t *make_point(const struct baton_point *point)
{
	json_t *object = json_object();

	set_string(object, "name", point->name);
	set_bool(object, "labelled", point->labelled);
	set_string(object, "file", point->file);
	set_number(object, "line", point->line);
	return object;
}

static json_t *make_values(const struct trace *trace, const long *values)
{
	json_t *object = json_object();

	for (unsigned int i = 0; i < trace->program->watch_count; i++) {
		struct text name = TEXT_INIT;

		utf8_repair(trace->program->watches[i].name, &name);
		set_new(object, name.bytes, json_integer((json_int_t)values[i]));
		text_release(&name);
	}
	return object;
}

static json_t *make_step(const struct trace *trace, const struct trace_event *event,
			 const json_t *calls)
{
	json_t *step = json_object();

	set_number(step, "step", event->step);
	set_string(step, "cpu", trace->program->cpus[event->cpu].name);
	set_new(step, "point", event->point ? make_point(event->point) : json_null());
	set_bool(step, "preempts", event->preempts);
	set_new(step, "calls", json_deep_copy(calls));
	set_new(step, "notes", json_array());
	set_new(step, "choices", json_array());
	set_new(step, "values", event->values ? make_values(trace, event->values) : json_null());
	return step;
}

static json_t *make_choice(const struct trace_event *event)
{
	json_t *choice = json_object();

	set_string(choice, "kind", event->choice_kind == BATON_CHOICE_FAULT ? "fault" : "value");
	set_string(choice, "name", event->text);
	set_number(choice, "option", event->option);
	return choice;
}

/* What is said before a CPU's first step, and so belongs to none, is left out. */
static void add_to_steps(const struct trace *trace, const struct trace_event *event, json_t **calls,
			 json_t **last, json_t *steps)
{
	switch (event->type) {
	case TRACE_STEP:
		last[event->cpu] = make_step(trace, event, calls[event->cpu]);
		BUG_ON(json_array_append_new(steps, last[event->cpu]));
		break;
	case TRACE_CALL:
		append_string(calls[event->cpu], event->text);
		break;
	case TRACE_RETURN:
		if (json_array_size(calls[event->cpu]))
			json_array_remove(calls[event->cpu],
					  json_array_size(calls[event->cpu]) - 1);
		break;
	case TRACE_NOTE:
		if (last[event->cpu])
			append_string(json_object_get(last[event->cpu], "notes"), event->text);
		break;
	case TRACE_CHOICE:
		if (last[event->cpu])
			BUG_ON(json_array_append_new(json_object_get(last[event->cpu], "choices"),
						     make_choice(event)));
		break;
	case TRACE_STATE:
	case TRACE_WAIT:
	case TRACE_READY:
		break;
	}
}

static json_t *make_steps(const struct trace *trace)
{
	json_t *steps = json_array(), *calls[BATON_CPUS_MAX] = { NULL };
	json_t *last[BATON_CPUS_MAX] = { NULL };

	for (unsigned int cpu = 0; cpu < trace->program->cpu_count; cpu++)
		calls[cpu] = json_array();
	for (size_t i = 0; i < trace->events.count; i++) {
		const struct trace_event *event = &trace->events.items[i];

		if (event->phase == TRACE_MAIN && event->cpu >= 0)
			add_to_steps(trace, event, calls, last, steps);
	}
	for (unsigned int cpu = 0; cpu < trace->program->cpu_count; cpu++)
		json_decref(calls[cpu]);
	return steps;
}

static json_t *make_frame(const struct trace_frame *frame)
{
	json_t *object = json_object();

	set_string(object, "function", frame->function);
	set_string(object, "file", frame->file);
	set_new(object, "line", frame->file ? json_integer(frame->line) : json_null());
	return object;
}

static json_t *make_stacks(const struct trace *trace)
{
	json_t *stacks = json_array();

	for (unsigned int cpu = 0; cpu < trace->program->cpu_count; cpu++) {
		const struct trace_stack *stack = &trace->stacks[cpu];
		json_t *object = json_object(), *frames = json_array();

		for (size_t i = 0; i < stack->frames.count; i++)
			BUG_ON(json_array_append_new(frames, make_frame(&stack->frames.items[i])));
		set_string(object, "cpu", trace->program->cpus[cpu].name);
		set_string(object, "state", stack->state);
		set_new(object, "frames", frames);
		BUG_ON(json_array_append_new(stacks, object));
	}
	return stacks;
}

static json_t *make_finding(const struct trace *trace)
{
	const struct finding *finding = &trace->finding;
	json_t *object;

	if (finding->kind == FINDING_NONE)
		return json_null();
	object = json_object();
	set_string(object, "name", finding->name);
	set_string(object, "cpu",
		   finding->cpu >= 0 ? trace->program->cpus[finding->cpu].name : NULL);
	set_number(object, "step", finding->step);
	set_string(object, "text", finding->text.bytes);
	set_string(object, "details", finding->details.bytes);
	return object;
}

static void set_schedule(json_t *object, const struct verdict *verdict)
{
	struct text line = TEXT_INIT;

	if (verdict->trace)
		schedule_format(&verdict->schedule, verdict->trace->program, &line);
	set_string(object, "schedule", verdict->trace ? line.bytes : NULL);
	text_release(&line);
}

static void set_trace(json_t *object, const struct trace *trace)
{
	set_number(object, "preemptions", trace->preemptions);
	set_number(object, "faults", trace->faults);
	set_new(object, "finding", make_finding(trace));
	set_new(object, "steps", make_steps(trace));
	set_new(object, "stacks", make_stacks(trace));
}

static json_t *make_verdict(const struct verdict *verdict)
{
	json_t *object = json_object();

	set_string(object, "predicate", verdict->predicate);
	set_string(object, "expected", expectation_name(verdict->expected));
	set_bool(object, "implied", verdict->implied);
	set_number(object, "holds", verdict->holds);
	set_number(object, "fails", verdict->fails);
	set_string(object, "outcome", outcome_word(verdict->outcome));
	set_string(object, "message", verdict->message);
	set_schedule(object, verdict);
	set_string(object, "replay", verdict->replay);
	if (!verdict->trace)
		return object;
	set_number(object, "execution", verdict->execution);
	set_trace(object, verdict->trace);
	return object;
}

static json_t *make_notes(const struct variant_result *result)
{
	json_t *notes = json_array();
	const char *line = result->notes.bytes;

	while (line && *line) {
		size_t length = strcspn(line, "\n");
		struct text note = TEXT_INIT;

		text_add_bytes(&note, line, length);
		append_string(notes, note.bytes);
		text_release(&note);
		line += length + (line[length] == '\n');
	}
	return notes;
}

/* As a string: 64 bits are more than the numbers of many readers hold. */
static void set_seed(json_t *object, uint64_t seed)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "%llu", (unsigned long long)seed);
	set_string(object, "seed", text.bytes);
	text_release(&text);
}

static json_t *make_verdicts(const struct variant_result *result)
{
	json_t *verdicts = json_array();

	for (size_t i = 0; i < result->verdicts.count; i++)
		BUG_ON(json_array_append_new(verdicts, make_verdict(&result->verdicts.items[i])));
	return verdicts;
}

static json_t *make_side(const struct coverage_side *side)
{
	json_t *object = json_object();

	set_string(object, "cpu", side->cpu);
	set_new(object, "point", make_point(side->point));
	return object;
}

static json_t *make_coverage(const struct coverage_result *coverage)
{
	json_t *object = json_object(), *pairs = json_array();

	for (size_t i = 0; i < coverage->pairs.count; i++) {
		const struct coverage_pair *pair = &coverage->pairs.items[i];
		json_t *entry = json_object();

		set_new(entry, "a", make_side(&pair->sides[0]));
		set_new(entry, "b", make_side(&pair->sides[1]));
		set_bool(entry, "a_first", pair->first[0]);
		set_bool(entry, "b_first", pair->first[1]);
		BUG_ON(json_array_append_new(pairs, entry));
	}
	set_number(object, "pairs", coverage->pairs.count);
	set_number(object, "both_orders", coverage_both(coverage));
	set_new(object, "orders", pairs);
	return object;
}

static void json_variant(struct report *report, const struct variant_result *result)
{
	struct json_state *state = report->state;
	json_t *object = json_object();

	set_string(object, "scenario", result->scenario);
	set_string(object, "path", result->path);
	set_string(object, "variant", result->variant);
	set_string(object, "cell", result->cell);
	set_string(object, "outcome", outcome_word(result->outcome));
	set_string(object, "strength", strength_name(result->strength));
	set_string(object, "bounds", result->bounds);
	set_number(object, "executions", result->executions);
	set_number(object, "cut", result->cut);
	set_number(object, "pruned", result->pruned);
	set_number(object, "redundant", result->redundant);
	set_number(object, "steps_max", result->steps_max);
	set_seed(object, result->seed);
	set_new(object, "verdicts", make_verdicts(result));
	set_new(object, "notes", make_notes(result));
	if (result->coverage.asked)
		set_new(object, "coverage", make_coverage(&result->coverage));
	if (result->faults.asked)
		set_new(object, "faults", fault_table_json(&result->faults));
	BUG_ON(json_array_append_new(state->results, object));
}

static void json_begin(struct report *report)
{
	struct json_state *state = report->state;

	json_array_clear(state->results);
}

static int add_bytes(const char *bytes, size_t length, void *out)
{
	text_add_bytes(out, bytes, length);
	return 0;
}

static void json_summary(struct report *report, const struct report_totals *totals)
{
	struct json_state *state = report->state;
	json_t *document = json_object(), *counts = json_object();

	set_number(counts, "ok", totals->ok);
	set_number(counts, "fail", totals->fail);
	set_number(counts, "inconclusive", totals->inconclusive);
	set_number(counts, "none", totals->none);
	set_number(document, "schema_version", SCHEMA_VERSION);
	set_string(document, "tool", "baton");
	BUG_ON(json_object_set(document, "results", state->results));
	set_new(document, "totals", counts);
	BUG_ON(json_dump_callback(document, add_bytes, &report->out, JSON_INDENT(2)));
	text_add_char(&report->out, '\n');
	json_decref(document);
}

static void json_release(struct report *report)
{
	struct json_state *state = report->state;

	json_decref(state->results);
	free(state);
	report->state = NULL;
}

void report_json_init(struct report *report)
{
	struct json_state *state = xcalloc(1, sizeof(*state));

	state->results = json_array();
	*report = (struct report){
		.name = "json",
		.begin = json_begin,
		.variant = json_variant,
		.summary = json_summary,
		.release = json_release,
		.out = TEXT_INIT,
		.state = state,
	};
}
