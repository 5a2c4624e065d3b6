/* SPDX-License-Identifier: MIT */
/*
 * jsonl.c - one JSON object per line, as soon as it is known: docs/json.md.
 */
#include <jansson.h>

#include "base/bug.h"
#include "reports/json_result.h"
#include "reports/json_set.h"

static int add_bytes(const char *bytes, size_t length, void *out)
{
	text_add_bytes(out, bytes, length);
	return 0;
}

/* @object is given up. */
static void put_line(struct report *report, json_t *object)
{
	BUG_ON(json_dump_callback(object, add_bytes, &report->out, JSON_COMPACT));
	text_add_char(&report->out, '\n');
	json_decref(object);
}

static json_t *make_line(const char *type)
{
	json_t *object = json_object();

	json_set_string(object, "type", type);
	return object;
}

static void jsonl_begin(struct report *report)
{
	json_t *line = make_line("begin");

	json_set_number(line, "schema_version", JSON_SCHEMA_VERSION);
	json_set_string(line, "tool", "baton");
	put_line(report, line);
}

static void jsonl_variant(struct report *report, const struct variant_result *result)
{
	json_t *line = make_line("result");

	json_set_new(line, "result", json_result(result));
	put_line(report, line);
}

static void jsonl_summary(struct report *report, const struct report_totals *totals)
{
	json_t *line = make_line("end");

	json_set_new(line, "totals", json_totals(totals));
	put_line(report, line);
}

void report_jsonl_init(struct report *report)
{
	*report = (struct report){
		.name = "jsonl",
		.begin = jsonl_begin,
		.variant = jsonl_variant,
		.summary = jsonl_summary,
		.out = TEXT_INIT,
	};
}
