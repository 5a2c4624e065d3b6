/* SPDX-License-Identifier: MIT */
#include "reports/json_result.h"

#include <string.h>

#include "reports/coverage.h"
#include "reports/fault_table.h"
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

static void put_schedule(struct json_out *out, const struct verdict *verdict)
{
	struct text line = TEXT_INIT;

	if (verdict->trace)
		schedule_format(&verdict->schedule, verdict->trace->program, &line);
	json_out_string(out, "schedule", verdict->trace ? line.bytes : NULL);
	text_release(&line);
}

static void put_verdict(struct json_out *out, const struct verdict *verdict)
{
	json_out_begin(out, NULL, '{');
	json_out_string(out, "predicate", verdict->predicate);
	json_out_string(out, "expected", expectation_name(verdict->expected));
	json_out_bool(out, "implied", verdict->implied);
	json_out_number(out, "holds", verdict->holds);
	json_out_number(out, "fails", verdict->fails);
	json_out_string(out, "outcome", outcome_word(verdict->outcome));
	json_out_string(out, "message", verdict->message);
	put_schedule(out, verdict);
	json_out_string(out, "replay", verdict->replay);
	if (verdict->trace) {
		json_out_number(out, "execution", verdict->execution);
		json_trace(out, verdict->trace, false);
	}
	json_out_end(out, '}');
}

static void put_notes(struct json_out *out, const struct variant_result *result)
{
	const char *line = result->notes.bytes;

	json_out_begin(out, "notes", '[');
	while (line && *line) {
		size_t length = strcspn(line, "\n");
		struct text note = TEXT_INIT;

		text_add_bytes(&note, line, length);
		json_out_string(out, NULL, note.bytes);
		text_release(&note);
		line += length + (line[length] == '\n');
	}
	json_out_end(out, ']');
}

/* As a string: 64 bits are more than the numbers of many readers hold. */
static void put_seed(struct json_out *out, uint64_t seed)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "%llu", (unsigned long long)seed);
	json_out_string(out, "seed", text.bytes);
	text_release(&text);
}

static void put_side(struct json_out *out, const char *key, const struct coverage_side *side)
{
	json_out_begin(out, key, '{');
	json_out_string(out, "cpu", side->cpu);
	json_point(out, "point", side->point);
	json_out_end(out, '}');
}

static void put_coverage(struct json_out *out, const struct coverage_result *coverage)
{
	json_out_begin(out, "coverage", '{');
	json_out_number(out, "pairs", coverage->pairs.count);
	json_out_number(out, "both_orders", coverage_both(coverage));
	json_out_begin(out, "orders", '[');
	for (size_t i = 0; i < coverage->pairs.count; i++) {
		const struct coverage_pair *pair = &coverage->pairs.items[i];

		json_out_begin(out, NULL, '{');
		put_side(out, "a", &pair->sides[0]);
		put_side(out, "b", &pair->sides[1]);
		json_out_bool(out, "a_first", pair->first[0]);
		json_out_bool(out, "b_first", pair->first[1]);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
	json_out_end(out, '}');
}

void json_result(struct json_out *out, const char *key, const struct variant_result *result)
{
	json_out_begin(out, key, '{');
	json_out_string(out, "scenario", result->scenario);
	json_out_string(out, "path", result->path);
	json_out_string(out, "variant", result->variant);
	json_out_string(out, "cell", result->cell);
	json_out_string(out, "outcome", outcome_word(result->outcome));
	json_out_string(out, "strength", strength_name(result->strength));
	json_out_string(out, "bounds", result->bounds);
	json_out_number(out, "executions", result->executions);
	json_out_number(out, "cut", result->cut);
	json_out_number(out, "pruned", result->pruned);
	json_out_number(out, "redundant", result->redundant);
	json_out_number(out, "steps_max", result->steps_max);
	put_seed(out, result->seed);
	json_out_begin(out, "verdicts", '[');
	for (size_t i = 0; i < result->verdicts.count; i++)
		put_verdict(out, &result->verdicts.items[i]);
	json_out_end(out, ']');
	put_notes(out, result);
	if (result->coverage.asked)
		put_coverage(out, &result->coverage);
	if (result->faults.asked)
		fault_table_json(out, &result->faults);
	json_out_end(out, '}');
}

void json_totals(struct json_out *out, const struct report_totals *totals)
{
	json_out_begin(out, "totals", '{');
	json_out_number(out, "ok", totals->ok);
	json_out_number(out, "fail", totals->fail);
	json_out_number(out, "inconclusive", totals->inconclusive);
	json_out_number(out, "none", totals->none);
	json_out_number(out, "errors", totals->errors);
	json_out_end(out, '}');
}
