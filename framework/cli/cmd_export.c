/* SPDX-License-Identifier: MIT */
/*
 * cmd_export.c - "baton export": one execution, in the format of another tool.
 */
#include <string.h>

#include "base/file.h"
#include "cli/apart.h"
#include "cli/cli.h"
#include "cli/export_why.h"
#include "cli/option.h"
#include "cli/output.h"
#include "cli/recorded.h"
#include "cli/select.h"
#include "reports/export.h"
#include "scenario/show.h"

struct export_args {
	struct recorded_args recorded;
	const struct export_format *format;
	const char *path; /* NULL: stdout */
	uint64_t limit;   /* executions of a search that explains it; 0: none */
};

enum {
	OPTION_TO = OPTION_KEYS,
	OPTION_LIMIT,
};

static const struct argp_option options[] = {
	{ .name = "to",
	  .key = OPTION_TO,
	  .arg = "FORMAT",
	  .doc = "text, html, json, commitlog, perfetto, ftrace, mermaid, plantuml, dot" },
	{ .name = "limit",
	  .key = OPTION_LIMIT,
	  .arg = "N",
	  .doc = "html: executions of a search for why it fails; 0: do not search" },
	{ .key = 'o', .arg = "FILE", .doc = "write to it" },
	{ 0 },
};

static void refuse(const char *name, struct argp_state *state)
{
	VEC(const char *) names = { 0 };
	const char *nearest;

	for (const struct export_format *format = export_formats; format->name; format++)
		vec_push(&names, format->name);
	nearest = err_nearest(name, names.items, names.count);
	argp_error(state, "error: --to knows no format '%s'%s%s%s", name,
		   nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
	vec_release(&names);
}

/* FORMAT or FORMAT:FILE */
static void set_format(struct export_args *args, const char *arg, struct argp_state *state)
{
	size_t length = strcspn(arg, ":");

	args->format = export_format_find(arg, length);
	if (!args->format)
		refuse(arg, state);
	if (arg[length] && !arg[length + 1])
		argp_error(state, "error: --to %s names no file behind the ':'", arg);
	if (arg[length])
		args->path = strcmp(arg + length + 1, "-") != 0 ? arg + length + 1 : NULL;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct export_args *args = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->recorded;
		break;
	case ARGP_KEY_END:
		if (!args->format)
			argp_error(state, "error: say which format with --to");
		break;
	case OPTION_TO:
		set_format(args, arg, state);
		break;
	case OPTION_LIMIT:
		args->limit = option_number(state, "--limit", arg, 0, UINT64_MAX / 2);
		break;
	case 'o':
		args->path = strcmp(arg, "-") != 0 ? arg : NULL;
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static void write_format(const struct export_args *args, const struct recorded *recorded,
			 struct exhibit *exhibit, struct text *out)
{
	struct report_options shown = output_options(&args->recorded.output);
	struct text title = TEXT_INIT;

	/* A file is for anybody's screen. */
	if (args->path)
		shown.color = shown.unicode = false;
	select_title(&recorded->which, &title);
	exhibit->title = title.bytes;
	args->format->write(exhibit, &shown, out);
	text_release(&title);
}

static int write_execution(const struct export_args *args, const struct recorded *recorded,
			   struct rerun *rerun, struct text *out, struct err *err)
{
	struct exhibit exhibit = { .scenario = recorded->scenario->name.text,
				   .path = recorded->scenario->source.path,
				   .message = rerun->values.bytes,
				   .trace = &rerun->trace };
	bool explains = args->format->explains && args->limit && rerun->anything;
	char *replay = show_replay_command(rerun->runner, &rerun->schedule, cli_command);
	struct text line = TEXT_INIT;
	struct export_why why;
	int status = 0;

	schedule_format(&rerun->schedule, &rerun->runner->program, &line);
	text_trim(&rerun->held, '\n');
	exhibit.schedule = line.bytes;
	exhibit.held = rerun->anything ? rerun->held.bytes : "nothing";
	exhibit.replay = replay;
	if (explains) {
		status = export_why_find(&why, recorded, &rerun->trace, args->limit, err);
		export_why_put(&why, &exhibit);
	}
	write_format(args, recorded, &exhibit, out);
	if (explains)
		export_why_release(&why);
	text_release(&line);
	free(replay);
	return status;
}

static enum code export_to(const struct export_args *args, const struct recorded *recorded,
			   struct text *out, struct err *err)
{
	struct text text = TEXT_INIT;
	struct rerun rerun;
	enum code code = recorded_run(recorded, &rerun, err);

	if (code == CODE_OK && write_execution(args, recorded, &rerun, &text, err))
		code = err->bug ? CODE_BUG : CODE_ERROR;
	else if (code == CODE_OK && !args->path)
		text_add_bytes(out, text.bytes, text.length);
	else if (code == CODE_OK && file_replace(args->path, &text, err))
		code = CODE_ERROR;
	rerun_release(&rerun);
	text_release(&text);
	return code;
}

static int work(void *arg, struct text *text, struct err *err)
{
	const struct export_args *args = arg;
	struct recorded recorded = { 0 };
	enum code code = CODE_ERROR;

	if (!recorded_open(&recorded, args->recorded.schedules[0], &args->recorded, err))
		code = export_to(args, &recorded, text, err);
	recorded_release(&recorded);
	return (int)code;
}

enum code cmd_export(int argc, char **argv)
{
	static const struct argp_child children[] = { { &recorded_argp, 0, NULL, 0 }, { 0 } };
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "SCHEDULE|FILE.sched",
		.doc = "Write one execution in a format that another tool reads.",
		.children = children,
	};
	struct export_args args = { .recorded = { .cell = -1, .wanted = 1 }, .limit = WHY_LIMIT };

	option_parse(&argp, argc, argv, &args);
	return apart_run(work, &args, false);
}
