/* SPDX-License-Identifier: MIT */
#include "cli/recorded.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/option.h"
#include "cli/save.h"
#include "cli/select.h"

/* Bytes; SCHEDULE_ENTRIES_MAX lines of a usual length would be longer, but are no use. */
#define FILE_SIZE_MAX (64u << 20)

/* Apart from those of the verbs. */
enum {
	OPTION_SCENARIO = OPTION_KEYS + 0x40,
	OPTION_VARIANT,
	OPTION_CELL,
	OPTION_STEPS,
	OPTION_FAIL,
	OPTION_SEED,
};

static const struct argp_option options[] = {
	{ .name = "scenario", .key = OPTION_SCENARIO, .arg = "FILE", .doc = "which it is of" },
	{ .name = "variant", .key = OPTION_VARIANT, .arg = "NAME", .doc = "title of the variant" },
	{ .name = "cell", .key = OPTION_CELL, .arg = "N", .doc = "of the matrix, from 0" },
	{ .name = "steps", .key = OPTION_STEPS, .arg = "N", .doc = "cut it there" },
	{ .name = "fail", .key = OPTION_FAIL, .arg = "RULE", .doc = "what could fail" },
	{ .name = "seed", .key = OPTION_SEED, .arg = "N", .doc = "that 'probability' was under" },
	{ 0 },
};

static void take_schedule(struct recorded_args *args, const char *arg, struct argp_state *state)
{
	if (args->count == args->wanted)
		argp_error(state, "error: %s enough, '%s' is a %s one",
			   args->wanted == 1 ? "one schedule is" : "two schedules are", arg,
			   args->wanted == 1 ? "second" : "third");
	args->schedules[args->count++] = arg;
}

static void check_schedules(const struct recorded_args *args, struct argp_state *state)
{
	if (args->count < args->wanted)
		argp_error(state, "error: %s",
			   args->wanted == 1 ? "no schedule and no .sched file given" :
					       "two schedules or .sched files are needed");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct recorded_args *args = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->output;
		return 0;
	case ARGP_KEY_ARG:
		take_schedule(args, arg, state);
		return 0;
	case ARGP_KEY_END:
		check_schedules(args, state);
		return 0;
	case OPTION_SCENARIO:
		args->scenario = arg;
		return 0;
	case OPTION_VARIANT:
		args->variant = arg;
		return 0;
	case OPTION_CELL:
		args->cell = (int)option_number(state, "--cell", arg, 0, SCENARIO_CELLS_MAX - 1);
		return 0;
	case OPTION_STEPS:
		args->steps = (unsigned int)option_number(state, "--steps", arg, 1, INT_MAX);
		return 0;
	case OPTION_FAIL:
		args->fail = arg;
		return 0;
	case OPTION_SEED:
		args->seed_given = true;
		args->seed = option_number(state, "--seed", arg, 0, LONG_MAX);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = { { &output_argp, 0, NULL, 0 }, { 0 } };

const struct argp recorded_argp = { .options = options, .parser = parse, .children = children };

bool recorded_is_file(const char *schedule)
{
	size_t length = strlen(schedule);

	return length > 6 && !strcmp(schedule + length - 6, ".sched");
}

static int read_file(struct sched_file *file, const char *path, struct err *err)
{
	struct text bytes = TEXT_INIT;
	int error = file_read(path, FILE_SIZE_MAX, &bytes), status;

	if (error == EFBIG)
		status = err_add(err, "'%s' is too long to be a schedule", path);
	else if (error)
		status = err_add(err, "cannot read '%s': %s", path, strerror(error));
	else
		status = sched_file_read(file, path, bytes.bytes, bytes.length, err);
	text_release(&bytes);
	return status;
}

/* What the command line does not say, the file does. */
static int complete(struct recorded_args *args, const struct sched_file *file, struct err *err)
{
	if (!args->scenario)
		args->scenario = file->scenario;
	if (!args->variant)
		args->variant = file->variant;
	if (!args->fail)
		args->fail = file->fail;
	if (args->scenario && args->variant)
		return 0;
	return err_add(err, "which %s? Say --%s",
		       args->scenario ? "variant of the scenario" : "scenario",
		       args->scenario ? "variant NAME" : "scenario FILE");
}

static int find_cell(const struct recorded_args *args, const struct sched_file *file,
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

static int find_case(struct recorded *recorded, const struct recorded_args *args, struct err *err)
{
	int variant = select_variant(recorded->scenario, args->variant, err), cell;

	if (variant < 0)
		return -1;
	cell = find_cell(args, &recorded->file, recorded->scenario, err);
	if (cell < 0)
		return -1;
	recorded->which =
		(struct run_case){ recorded->scenario, (unsigned int)variant, (unsigned int)cell };
	return 0;
}

int recorded_open(struct recorded *recorded, const char *schedule,
		  const struct recorded_args *given, struct err *err)
{
	struct recorded_args args = *given;
	bool from_file = recorded_is_file(schedule);

	*recorded = (struct recorded){ 0 };
	if (from_file && read_file(&recorded->file, schedule, err))
		return -1;
	sched_file_take_aliases(&recorded->file, schedule, &err->text);
	if (complete(&args, &recorded->file, err))
		return -1;
	recorded->scenario = scenario_load(args.scenario, cli_models, err);
	if (!recorded->scenario || find_case(recorded, &args, err))
		return -1;
	if (args.fail && scenario_add_faults(recorded->scenario, args.fail, err))
		return -1;
	save_compare(&recorded->file, schedule, recorded->scenario, &err->text);
	recorded->source = (struct rerun_source){
		.line = from_file ? NULL : schedule,
		.file = from_file ? &recorded->file : NULL,
		.path = schedule,
		.steps_bound = args.steps,
		.seed_given = from_file || args.seed_given,
		.seed = args.seed_given ? args.seed : recorded->file.seed,
	};
	return 0;
}

enum code recorded_run(const struct recorded *recorded, struct rerun *rerun, struct err *err)
{
	if (rerun_scenario(rerun, &recorded->which, &recorded->source, err))
		return err->bug ? CODE_BUG : CODE_ERROR;
	if (!rerun->diverged)
		return CODE_OK;
	err_add(err, "%s: replay diverged at %s", recorded->source.path, rerun->why.bytes);
	return CODE_DIVERGED;
}

void recorded_release(struct recorded *recorded)
{
	scenario_free(recorded->scenario);
	sched_file_release(&recorded->file);
}
