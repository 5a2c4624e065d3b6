/* SPDX-License-Identifier: MIT */
#include "reports/json_result.h"

#include <string.h>

#include "base/bug.h"
#include "reports/coverage.h"
#include "reports/fault_table.h"
#include "reports/json_set.h"
#include "reports/json_trace.h"

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

static void set_schedule(json_t *object, const struct verdict *verdict)
{
	struct text line = TEXT_INIT;

	if (verdict->trace)
		schedule_format(&verdict->schedule, verdict->trace->program, &line);
	json_set_string(object, "schedule", verdict->trace ? line.bytes : NULL);
	text_release(&line);
}

static json_t *make_verdict(const struct verdict *verdict)
{
	json_t *object = json_object();

	json_set_string(object, "predicate", verdict->predicate);
	json_set_string(object, "expected", expectation_name(verdict->expected));
	json_set_bool(object, "implied", verdict->implied);
	json_set_number(object, "holds", verdict->holds);
	json_set_number(object, "fails", verdict->fails);
	json_set_string(object, "outcome", outcome_word(verdict->outcome));
	json_set_string(object, "message", verdict->message);
	set_schedule(object, verdict);
	json_set_string(object, "replay", verdict->replay);
	if (!verdict->trace)
		return object;
	json_set_number(object, "execution", verdict->execution);
	json_set_trace(object, verdict->trace, false);
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
		json_append_string(notes, note.bytes);
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
	json_set_string(object, "seed", text.bytes);
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

	json_set_string(object, "cpu", side->cpu);
	json_set_new(object, "point", json_point(side->point));
	return object;
}

static json_t *make_coverage(const struct coverage_result *coverage)
{
	json_t *object = json_object(), *pairs = json_array();

	for (size_t i = 0; i < coverage->pairs.count; i++) {
		const struct coverage_pair *pair = &coverage->pairs.items[i];
		json_t *entry = json_object();

		json_set_new(entry, "a", make_side(&pair->sides[0]));
		json_set_new(entry, "b", make_side(&pair->sides[1]));
		json_set_bool(entry, "a_first", pair->first[0]);
		json_set_bool(entry, "b_first", pair->first[1]);
		BUG_ON(json_array_append_new(pairs, entry));
	}
	json_set_number(object, "pairs", coverage->pairs.count);
	json_set_number(object, "both_orders", coverage_both(coverage));
	json_set_new(object, "orders", pairs);
	return object;
}

json_t *json_result(const struct variant_result *result)
{
	json_t *object = json_object();

	json_set_string(object, "scenario", result->scenario);
	json_set_string(object, "path", result->path);
	json_set_string(object, "variant", result->variant);
	json_set_string(object, "cell", result->cell);
	json_set_string(object, "outcome", outcome_word(result->outcome));
	json_set_string(object, "strength", strength_name(result->strength));
	json_set_string(object, "bounds", result->bounds);
	json_set_number(object, "executions", result->executions);
	json_set_number(object, "cut", result->cut);
	json_set_number(object, "pruned", result->pruned);
	json_set_number(object, "redundant", result->redundant);
	json_set_number(object, "steps_max", result->steps_max);
	set_seed(object, result->seed);
	json_set_new(object, "verdicts", make_verdicts(result));
	json_set_new(object, "notes", make_notes(result));
	if (result->coverage.asked)
		json_set_new(object, "coverage", make_coverage(&result->coverage));
	if (result->faults.asked)
		json_set_new(object, "faults", fault_table_json(&result->faults));
	return object;
}

json_t *json_totals(const struct report_totals *totals)
{
	json_t *counts = json_object();

	json_set_number(counts, "ok", totals->ok);
	json_set_number(counts, "fail", totals->fail);
	json_set_number(counts, "inconclusive", totals->inconclusive);
	json_set_number(counts, "none", totals->none);
	return counts;
}
