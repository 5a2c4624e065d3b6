/* SPDX-License-Identifier: MIT */
#include "cli/outputs.h"

#include <string.h>

#include "base/file.h"

static const struct report_format *find_format(const char *name, size_t length)
{
	for (const struct report_format *format = report_formats; format->name; format++)
		if (strlen(format->name) == length && !strncmp(format->name, name, length))
			return format;
	return NULL;
}

static void refuse(const char *name, size_t length, struct argp_state *state)
{
	struct text known = TEXT_INIT;

	for (const struct report_format *format = report_formats; format->name; format++)
		text_addf(&known, "%s%s", known.length ? ", " : "", format->name);
	argp_error(state, "error: --output takes FORMAT or FORMAT:FILE, with one of %s, not '%.*s'",
		   known.bytes, (int)length, name);
	text_release(&known);
}

void outputs_parse(struct output_wishes *wishes, const char *arg, struct argp_state *state)
{
	size_t length = strcspn(arg, ":");
	const char *path = arg[length] ? arg + length + 1 : "-";
	struct output_wish wish = { .format = find_format(arg, length) };

	if (!wish.format)
		refuse(arg, length, state);
	if (!*path)
		argp_error(state, "error: --output %s names no file behind the ':'", arg);
	if (strcmp(path, "-") != 0)
		wish.path = path;
	else if (outputs_stdout(wishes))
		argp_error(state, "error: one report can go to stdout, --output %s is a second one",
			   arg);
	vec_push(&wishes->list, wish);
}

const struct report_format *outputs_stdout(const struct output_wishes *wishes)
{
	for (size_t i = 0; i < wishes->list.count; i++)
		if (!wishes->list.items[i].path)
			return wishes->list.items[i].format;
	return NULL;
}

void outputs_begin(struct outputs *outputs, const struct output_wishes *wishes,
		   const struct output *output)
{
	*outputs = (struct outputs){ 0 };
	for (size_t i = 0; i < wishes->list.count; i++) {
		struct report report;

		if (!wishes->list.items[i].path)
			continue;
		wishes->list.items[i].format->init(&report);
		report.options.verbose = output->verbose;
		report.options.width = output->width;
		report.begin(&report);
		vec_push(&outputs->reports, report);
		vec_push(&outputs->paths, wishes->list.items[i].path);
	}
}

void outputs_variant(struct outputs *outputs, const struct variant_result *result)
{
	for (size_t i = 0; i < outputs->reports.count; i++)
		outputs->reports.items[i].variant(&outputs->reports.items[i], result);
}

static int write_report(struct report *report, const char *path, const struct report_totals *totals,
			struct err *err)
{
	report->summary(report, totals);
	return file_replace(path, &report->out, err);
}

int outputs_end(struct outputs *outputs, const struct report_totals *totals, struct err *err)
{
	int status = 0;

	for (size_t i = 0; i < outputs->reports.count; i++) {
		struct report *report = &outputs->reports.items[i];

		if (totals && write_report(report, outputs->paths.items[i], totals, err))
			status = -1;
		report_release(report);
	}
	vec_release(&outputs->reports);
	vec_release(&outputs->paths);
	return status;
}
