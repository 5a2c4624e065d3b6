/* SPDX-License-Identifier: MIT */
#include "reports/report.h"

const struct report_format report_formats[] = {
	{ "text", report_text_init },   { "html", report_html_init },
	{ "json", report_json_init },   { "jsonl", report_jsonl_init },
	{ "ktap", report_ktap_init },   { "tap", report_tap_init },
	{ "junit", report_junit_init }, { NULL, NULL },
};

void report_release(struct report *report)
{
	if (report->release)
		report->release(report);
	text_release(&report->out);
}

void report_variant_text(const struct variant_result *result, const struct report_options *options,
			 struct text *out)
{
	struct report report;

	report_text_init(&report);
	report.options = *options;
	report.variant(&report, result);
	text_add(out, report.out.bytes);
	report_release(&report);
}
