/* SPDX-License-Identifier: MIT */
#include "reports/export.h"

#include <jansson.h>

#include "base/bug.h"
#include "reports/json_set.h"
#include "reports/json_trace.h"

const struct export_format export_formats[] = {
	{ "text", "people", export_text },
	{ "json", "programs", export_json },
	{ "commitlog", "people, in the changelog of a patch", export_commitlog },
	{ "perfetto", "ui.perfetto.dev, chrome://tracing", export_perfetto },
	{ "ftrace", "what reads the kernel's trace file", export_ftrace },
	{ "mermaid", "GitHub and GitLab, in a block of a page", export_mermaid },
	{ "plantuml", "plantuml", export_plantuml },
	{ "dot", "Graphviz", export_dot },
	{ NULL, NULL, NULL },
};

void export_text(const struct exhibit *exhibit, const struct report_options *options,
		 struct text *out)
{
	text_addf(out, "%s\n", exhibit->title);
	report_finding(exhibit->trace, options, out);
	text_add_char(out, '\n');
	report_table(exhibit->trace, options, out);
	if (options->verbose > 0) {
		text_add_char(out, '\n');
		report_stacks(exhibit->trace, options, out);
	}
	text_addf(out, "\n  holds: %s\n  schedule: %s\n", exhibit->held, exhibit->schedule);
}

static int add_bytes(const char *bytes, size_t length, void *out)
{
	text_add_bytes(out, bytes, length);
	return 0;
}

void export_json(const struct exhibit *exhibit, const struct report_options *options,
		 struct text *out)
{
	json_t *document = json_object();

	(void)options;
	json_set_number(document, "schema_version", JSON_SCHEMA_VERSION);
	json_set_string(document, "tool", "baton");
	json_set_string(document, "scenario", exhibit->scenario);
	json_set_string(document, "path", exhibit->path);
	json_set_string(document, "title", exhibit->title);
	json_set_string(document, "schedule", exhibit->schedule);
	json_set_string(document, "held", exhibit->held);
	json_set_trace(document, exhibit->trace, true);
	BUG_ON(json_dump_callback(document, add_bytes, out, JSON_INDENT(1)));
	text_add_char(out, '\n');
	json_decref(document);
}

/* In the width of a changelog, and without what only helps who has the model beside. */
void export_commitlog(const struct exhibit *exhibit, const struct report_options *options,
		      struct text *out)
{
	const struct report_options narrow = { .width = 72, .changelog = true };

	(void)options;
	report_finding(exhibit->trace, &narrow, out);
	if (out->length)
		text_add_char(out, '\n');
	report_table(exhibit->trace, &narrow, out);
}
