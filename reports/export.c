/* SPDX-License-Identifier: MIT */
#include "reports/export.h"

#include <string.h>

#include "reports/json_trace.h"

const struct export_format export_formats[] = {
	{ "text", "people", false, export_text },
	{ "html", "people, in a browser", true, export_html },
	{ "json", "programs", false, export_json },
	{ "commitlog", "people, in the changelog of a patch", false, export_commitlog },
	{ "perfetto", "ui.perfetto.dev, chrome://tracing", false, export_perfetto },
	{ "ftrace", "what reads the kernel's trace file", false, export_ftrace },
	{ "mermaid", "GitHub and GitLab, in a block of a page", false, export_mermaid },
	{ "plantuml", "plantuml", false, export_plantuml },
	{ "dot", "Graphviz", false, export_dot },
	{ NULL, NULL, false, NULL },
};

const struct export_format *export_format_find(const char *name, size_t length)
{
	const struct export_format *format = export_formats;

	while (format->name &&
	       (strlen(format->name) != length || strncmp(format->name, name, length) != 0))
		format++;
	return format->name ? format : NULL;
}

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

void export_json(const struct exhibit *exhibit, const struct report_options *options,
		 struct text *text)
{
	struct json_out out = { .text = text, .indent = 1 };

	(void)options;
	json_out_begin(&out, NULL, '{');
	json_begin(&out);
	json_out_string(&out, "scenario", exhibit->scenario);
	json_out_string(&out, "path", exhibit->path);
	json_out_string(&out, "title", exhibit->title);
	json_out_string(&out, "schedule", exhibit->schedule);
	json_out_string(&out, "held", exhibit->held);
	json_trace(&out, exhibit->trace, true);
	json_out_end(&out, '}');
	text_add_char(text, '\n');
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
