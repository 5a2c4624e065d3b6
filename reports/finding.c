/* SPDX-License-Identifier: MIT */
/*
 * finding.c - what went wrong in an execution, in a sentence and its details.
 */
#include <string.h>

#include "reports/finding.h"
#include "reports/format.h"

void finding_place(const struct trace *trace, struct text *out)
{
	const struct finding *finding = &trace->finding;

	if (finding->cpu >= 0)
		text_addf(out, "at step %u on %s", finding->step,
			  trace->program->cpus[finding->cpu].name);
	else if (finding->step)
		text_addf(out, "after step %u", finding->step);
	else
		text_add(out, "before the first step");
}

void finding_details(const struct trace *trace, const struct report_options *options,
		     struct text *out)
{
	const char *line = trace->finding.details.bytes;

	while (line && *line) {
		size_t length = strcspn(line, "\n");
		struct text one = TEXT_INIT, clean = TEXT_INIT;

		text_add_bytes(&one, line, length);
		format_clean(one.bytes, &clean);
		format_paragraph(clean.bytes, 4, 8, options, out);
		text_release(&one);
		text_release(&clean);
		line += length + (line[length] == '\n');
	}
}

void report_counts(const struct trace *trace, struct text *out)
{
	text_add_counted(out, trace->steps, "step", "steps");
	text_add(out, ", ");
	text_add_counted(out, trace->preemptions, "preemption", "preemptions");
	text_add(out, ", ");
	text_add_counted(out, trace->faults, "fault", "faults");
}

void report_finding(const struct trace *trace, const struct report_options *options,
		    struct text *out)
{
	const struct finding *finding = &trace->finding;
	struct text line = TEXT_INIT;

	if (finding->kind == FINDING_NONE)
		return;
	text_addf(&line, "%s ", finding->name);
	finding_place(trace, &line);
	text_add(&line, ": ");
	format_clean(finding->text.bytes, &line);
	format_paragraph(line.bytes, 2, 6, options, out);
	text_release(&line);
	finding_details(trace, options, out);
}
