/* SPDX-License-Identifier: MIT */
#include "api/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "api/failure.h"
#include "base/file.h"
#include "reports/why.h"

static int refuse(const char *wanted, struct err *err)
{
	struct text names = TEXT_INIT;

	for (const struct export_format *format = export_formats; format->name; format++)
		text_addf(&names, "%s%s", names.length ? ", " : "", format->name);
	err_add(err, "BATON_OUTPUT is '%s': it is FORMAT:FILE, and the formats are %s", wanted,
		names.bytes);
	text_release(&names);
	return -1;
}

int output_wanted(struct output *output, struct err *err)
{
	const char *wanted = getenv("BATON_OUTPUT");
	size_t length;

	if (!wanted || !*wanted)
		return 0;
	length = strcspn(wanted, ":");
	output->format = export_format_find(wanted, length);
	if (!output->format || !wanted[length] || !wanted[length + 1])
		return refuse(wanted, err);
	output->path = wanted + length + 1;
	return 1;
}

/* An execution, why it fails, and the nearest that passes. */
struct writing {
	const struct session *session;
	const struct schedule *schedule;
	struct trace trace, nearest;
	struct why why;
	struct exhibit exhibit, passing;
};

static int record(const struct writing *writing, const struct schedule *schedule,
		  struct trace *trace, struct err *err)
{
	int came = session_record(writing->session, schedule, trace, err);

	return came == BATON_REPLAY_PASSED || came == BATON_REPLAY_FAILED ? 0 : -1;
}

static int record_passing(struct writing *writing, struct err *err)
{
	struct schedule schedule = { 0 };
	const char *line = writing->why.nearest.bytes;
	int status = schedule_parse(&schedule, writing->session->program, line, err);

	if (!status)
		status = record(writing, &schedule, &writing->nearest, err);
	schedule_release(&schedule);
	writing->passing = (struct exhibit){ .schedule = line, .trace = &writing->nearest };
	writing->exhibit.passing = &writing->passing;
	return status;
}

static int explain(struct writing *writing, struct err *err)
{
	struct failure failure;
	int status;

	failure_begin(&failure, writing->session, &writing->trace.finding);
	status = why_find(&writing->why, &failure.subject, writing->schedule, &writing->trace, err);
	why_put(&writing->why, &writing->exhibit);
	failure_release(&failure);
	return status || !writing->why.nearest.length ? status : record_passing(writing, err);
}

static int write_file(const struct output *output, const struct writing *writing, struct err *err)
{
	const struct report_options shown = { .verbose = 1 };
	struct text text = TEXT_INIT;
	int status;

	output->format->write(&writing->exhibit, &shown, &text);
	status = file_replace(output->path, &text, err);
	text_release(&text);
	return status;
}

static int write_recorded(const struct output *output, struct writing *writing, struct err *err)
{
	bool fails = writing->trace.finding.kind != FINDING_NONE;

	writing->exhibit.held = fails ? writing->trace.finding.name : "nothing";
	if (fails && output->format->explains && explain(writing, err))
		return -1;
	return write_file(output, writing, err);
}

int output_write(const struct output *output, const struct session *session,
		 const struct schedule *schedule, const struct output_commands *commands,
		 struct err *err)
{
	struct writing writing = { .session = session, .schedule = schedule, .why = WHY_INIT };
	struct text line = TEXT_INIT;
	int status;

	trace_init(&writing.trace, session->program);
	trace_init(&writing.nearest, session->program);
	schedule_format(schedule, session->program, &line);
	writing.exhibit = (struct exhibit){ .scenario = session->program->name,
					    .path = program_invocation_name,
					    .title = session->program->name,
					    .schedule = line.bytes,
					    .replay = commands->replay,
					    .further = commands->explain,
					    .trace = &writing.trace };
	status = record(&writing, schedule, &writing.trace, err);
	if (!status)
		status = write_recorded(output, &writing, err);
	why_release(&writing.why);
	trace_release(&writing.nearest);
	trace_release(&writing.trace);
	text_release(&line);
	return status;
}
