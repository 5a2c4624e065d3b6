/* SPDX-License-Identifier: MIT */
/*
 * cmd_replay.c - "baton replay": one execution, from a line or a .sched file.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "cli/output.h"
#include "cli/save.h"
#include "cli/select.h"
#include "injectors/fiu.h"
#include "scenario/rerun.h"

/* Bytes; SCHEDULE_ENTRIES_MAX lines of a usual length would be longer, but are no use. */
#define FILE_SIZE_MAX (64u << 20)

struct replay_args {
	struct output output;
	const char *schedule; /* line or path */
	const char *scenario, *variant;
	int cell;           /* index, or -1: not given */
	unsigned int steps; /* bound; 0: none */
};

enum {
	OPTION_SCENARIO = OPTION_KEYS,
	OPTION_VARIANT,
	OPTION_CELL,
	OPTION_STEPS,
};

static const struct argp_option options[] = {
	{ .name = "scenario", .key = OPTION_SCENARIO, .arg = "FILE", .doc = "which it is of" },
	{ .name = "variant", .key = OPTION_VARIANT, .arg = "NAME", .doc = "title of the variant" },
	{ .name = "cell", .key = OPTION_CELL, .arg = "N", .doc = "of the matrix, from 0" },
	{ .name = "steps", .key = OPTION_STEPS, .arg = "N", .doc = "cut it there" },
	OPTION_HELP_SHORT,
	{ 0 },
};

static void take_argument(struct replay_args *args, const char *arg, struct argp_state *state)
{
	if (args->schedule)
		argp_error(state, "error: one schedule is enough, '%s' is a second one", arg);
	args->schedule = arg;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct replay_args *args = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->output;
		break;
	case ARGP_KEY_ARG:
		take_argument(args, arg, state);
		break;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "error: no schedule and no .sched file given");
		break;
	case 'h':
		option_help(state);
		break;
	case OPTION_SCENARIO:
		args->scenario = arg;
		break;
	case OPTION_VARIANT:
		args->variant = arg;
		break;
	case OPTION_CELL:
		args->cell = (int)option_number(state, "--cell", arg, 0, SCENARIO_CELLS_MAX - 1);
		break;
	case OPTION_STEPS:
		args->steps = (unsigned int)option_number(state, "--steps", arg, 1, INT_MAX);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static bool is_file(const char *schedule)
{
	size_t length = strlen(schedule);

	return length > 6 && !strcmp(schedule + length - 6, ".sched");
}

static int read_bytes(const char *path, struct text *bytes, struct err *err)
{
	FILE *stream = fopen(path, "r");
	char block[4096];
	size_t length;
	int status = 0;

	if (!stream)
		return err_add(err, "cannot read '%s': %s", path, strerror(errno));
	while ((length = fread(block, 1, sizeof(block), stream)) && bytes->length < FILE_SIZE_MAX)
		text_add_bytes(bytes, block, length);
	if (ferror(stream))
		status = err_add(err, "cannot read '%s': %s", path, strerror(errno));
	else if (length)
		status = err_add(err, "'%s' is too long to be a schedule", path);
	fclose(stream);
	return status;
}

static int read_file(struct sched_file *file, const char *path, struct err *err)
{
	struct text bytes = TEXT_INIT;
	int status = read_bytes(path, &bytes, err);

	if (!status)
		status = sched_file_read(file, path, bytes.bytes, bytes.length, err);
	text_release(&bytes);
	return status;
}

/* What the command line does not say, the file does. */
static int complete(struct replay_args *args, const struct sched_file *file, struct err *err)
{
	if (!args->scenario)
		args->scenario = file->scenario;
	if (!args->variant)
		args->variant = file->variant;
	if (args->scenario && args->variant)
		return 0;
	return err_add(err, "which %s? Say --%s",
		       args->scenario ? "variant of the scenario" : "scenario",
		       args->scenario ? "variant NAME" : "scenario FILE");
}

static int find_cell(const struct replay_args *args, const struct sched_file *file,
		     const struct scenario *scenario, struct err *err)
{
	unsigned int count = scenario_cell_count(scenario);

	if (args->cell >= 0 && (unsigned int)args->cell >= count)
		return err_add(err, "the matrix of scenario '%s' has %u cells, from 0",
			       scenario->name.text, count);
	if (args->cell >= 0)
		return args->cell;
	/* The first cell is left out of printed commands. */
	if (!file->cell)
		return 0;
	return select_cell(scenario, file->cell, err);
}

static void put_result(const struct rerun *rerun, const struct output *output, struct text *text)
{
	const struct report_options shown = output_options(output);
	const struct trace *trace = &rerun->trace;

	report_finding(trace, &shown, text);
	text_addf(text, "  %u step%s, %u preemption%s, %u fault%s\n\n", trace->steps,
		  trace->steps == 1 ? "" : "s", trace->preemptions,
		  trace->preemptions == 1 ? "" : "s", trace->faults, trace->faults == 1 ? "" : "s");
	report_table(trace, &shown, text);
	if (shown.verbose > 0) {
		text_add_char(text, '\n');
		report_stacks(trace, &shown, text);
	}
	text_addf(text, "\n  holds: %s", rerun->held.bytes);
	if (rerun->values.length)
		text_addf(text, "  %s\n", rerun->values.bytes);
}

static enum code rerun(const struct replay_args *args, const struct run_case *which,
		       const struct rerun_source *source, struct err *err)
{
	enum code code = CODE_ERROR;
	struct text text = TEXT_INIT;
	struct rerun again;

	if (!rerun_scenario(&again, which, source, err)) {
		if (again.diverged) {
			err_add(err, "replay diverged at %s", again.why.bytes);
			code = CODE_DIVERGED;
		} else {
			select_title(which, &text);
			text_add_char(&text, '\n');
			put_result(&again, &args->output, &text);
			code = again.anything ? CODE_FAIL : CODE_OK;
		}
	} else if (err->bug) {
		code = CODE_BUG;
	}
	rerun_release(&again);
	output_text(&text);
	text_release(&text);
	return code;
}

static enum code replay_scenario(const struct replay_args *args, const struct sched_file *file,
				 const struct scenario *scenario, struct err *err)
{
	bool from_file = is_file(args->schedule);
	const struct rerun_source source = {
		.line = from_file ? NULL : args->schedule,
		.file = from_file ? file : NULL,
		.path = args->schedule,
		.steps_bound = args->steps,
	};
	int variant = select_variant(scenario, args->variant, err), cell;
	struct run_case which;

	if (variant < 0)
		return CODE_ERROR;
	cell = find_cell(args, file, scenario, err);
	if (cell < 0)
		return CODE_ERROR;
	save_compare(file, args->schedule, scenario, &err->text);
	which = (struct run_case){ scenario, (unsigned int)variant, (unsigned int)cell };
	return rerun(args, &which, &source, err);
}

static enum code replay(struct replay_args *args, struct err *err)
{
	struct sched_file file = { 0 };
	struct scenario *scenario = NULL;
	enum code code = CODE_ERROR;

	if (is_file(args->schedule) && read_file(&file, args->schedule, err))
		return CODE_ERROR;
	if (!complete(args, &file, err) && !inject_fiu_init(err))
		scenario = scenario_load(args->scenario, cli_models, err);
	if (scenario)
		code = replay_scenario(args, &file, scenario, err);
	scenario_free(scenario);
	sched_file_release(&file);
	return code;
}

enum code cmd_replay(int argc, char **argv)
{
	static const struct argp_child children[] = { { &output_argp, 0, NULL, 0 }, { 0 } };
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "SCHEDULE|FILE.sched",
		.doc = "Run one execution again and look at it.",
		.children = children,
	};
	struct replay_args args = { .cell = -1 };
	struct err err = ERR_INIT;
	enum code code;

	option_parse(&argp, argc, argv, &args);
	code = replay(&args, &err);
	output_err(&err);
	err_release(&err);
	return code;
}
