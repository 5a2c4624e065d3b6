/* SPDX-License-Identifier: MIT */
/*
 * jsonl.c - one JSON object per line, as soon as it is known: docs/json.md.
 */
#include "reports/json_result.h"

static struct json_out begin_line(struct report *report, const char *type)
{
	struct json_out out = { .text = &report->out };

	json_out_begin(&out, NULL, '{');
	json_out_string(&out, "type", type);
	return out;
}

static void end_line(struct json_out *out)
{
	json_out_end(out, '}');
	text_add_char(out->text, '\n');
}

static void jsonl_begin(struct report *report)
{
	struct json_out out = begin_line(report, "begin");

	json_begin(&out);
	end_line(&out);
}

static void jsonl_variant(struct report *report, const struct variant_result *result)
{
	struct json_out out = begin_line(report, "result");

	json_result(&out, "result", result);
	end_line(&out);
}

static void jsonl_summary(struct report *report, const struct report_totals *totals)
{
	struct json_out out = begin_line(report, "end");

	json_totals(&out, totals);
	end_line(&out);
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
