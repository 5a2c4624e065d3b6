/* SPDX-License-Identifier: MIT */
/*
 * json.c - the report for programs: one document, described in docs/json.md.
 *
 * Keys stand in a fixed order and nothing depends on time or place, so equal results
 * give equal bytes.
 */
#include <jansson.h>

#include "base/bug.h"
#include "reports/json_result.h"
#include "reports/json_set.h"

struct json_state {
	json_t *results;
};

static void json_variant(struct report *report, const struct variant_result *result)
{
	struct json_state *state = report->state;

	BUG_ON(json_array_append_new(state->results, json_result(result)));
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
	json_t *document = json_object();

	json_set_number(document, "schema_version", JSON_SCHEMA_VERSION);
	json_set_string(document, "tool", "baton");
	BUG_ON(json_object_set(document, "results", state->results));
	json_set_new(document, "totals", json_totals(totals));
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
