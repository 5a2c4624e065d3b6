/* SPDX-License-Identifier: MIT */
/*
 * json.c - the report for programs: one document, described in docs/json.md.
 *
 * Keys stand in a fixed order and nothing depends on time or place, so equal results
 * give equal bytes.
 */
#include "reports/json_result.h"

/* Nobody can read a part of a document: it is kept up to its end. */
struct document {
	struct json_out out;
	struct text text;
};

static void document_begin(struct report *report)
{
	struct document *document = report->state;

	text_clear(&document->text);
	document->out = (struct json_out){ .text = &document->text, .indent = 2 };
	json_out_begin(&document->out, NULL, '{');
	json_begin(&document->out);
	json_out_begin(&document->out, "results", '[');
}

static void document_variant(struct report *report, const struct variant_result *result)
{
	struct document *document = report->state;

	json_result(&document->out, NULL, result);
}

static void document_summary(struct report *report, const struct report_totals *totals)
{
	struct document *document = report->state;

	json_out_end(&document->out, ']');
	json_totals(&document->out, totals);
	json_out_end(&document->out, '}');
	text_add_char(&document->text, '\n');
	text_release(&report->out);
	report->out = document->text;
	text_init(&document->text);
}

static void document_release(struct report *report)
{
	struct document *document = report->state;

	text_release(&document->text);
	free(document);
	report->state = NULL;
}

void report_json_init(struct report *report)
{
	struct document *document = xcalloc(1, sizeof(*document));

	text_init(&document->text);
	*report = (struct report){
		.name = "json",
		.begin = document_begin,
		.variant = document_variant,
		.summary = document_summary,
		.release = document_release,
		.out = TEXT_INIT,
		.state = document,
	};
}
