/* SPDX-License-Identifier: MIT */
/*
 * cmd_diff.c - "baton diff": two executions of one scenario beside each other.
 */
#include <string.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "cli/output.h"
#include "cli/recorded.h"
#include "cli/select.h"
#include "injectors/fiu.h"
#include "reports/diff.h"
#include "reports/json_tree.h"
#include "scenario/ending.h"

struct diff_args {
	struct recorded_args recorded;
	bool json;
};

/* One of the two, run again. */
struct half {
	struct recorded recorded;
	struct rerun rerun;
	struct text title;
};

enum {
	OPTION_JSON = OPTION_KEYS,
};

static const struct argp_option options[] = {
	{ .name = "json", .key = OPTION_JSON, .doc = "print one JSON document" },
	{ 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct diff_args *args = state->input;

	(void)arg;
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->recorded;
		break;
	case OPTION_JSON:
		args->json = true;
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

/* Return: CODE_OK, or why there is nothing to compare. */
static enum code run_half(struct half *half, const char *schedule, const struct diff_args *args,
			  struct err *err)
{
	enum code code;

	if (recorded_open(&half->recorded, schedule, &args->recorded, err))
		return CODE_ERROR;
	select_title(&half->recorded.which, &half->title);
	code = recorded_run(&half->recorded, &half->rerun, err);
	if (code == CODE_OK)
		text_trim(&half->rerun.held, '\n');
	return code;
}

static void half_release(struct half *half)
{
	rerun_release(&half->rerun);
	recorded_release(&half->recorded);
	text_release(&half->title);
}

static struct diff_side side_of(const struct half *half, const char *schedule)
{
	const struct scenario *scenario = half->recorded.scenario;
	struct diff_side side = { .schedule = schedule,
				  .title = half->title.bytes,
				  .trace = &half->rerun.trace,
				  .held = half->rerun.held.bytes };

	for (unsigned int i = 0; i < scenario->variables.count; i++) {
		struct text text = TEXT_INIT;

		ending_variable(half->rerun.runner, i, &text);
		vec_push(&side.variables, text_detach(&text));
	}
	return side;
}

static void side_release(struct diff_side *side)
{
	for (size_t i = 0; i < side->variables.count; i++)
		free(side->variables.items[i]);
	vec_release(&side->variables);
}

static enum code show(const struct diff_args *args, const struct half *halves)
{
	const struct report_options shown = output_options(&args->recorded.output);
	struct diff_side sides[2] = { side_of(&halves[0], args->recorded.schedules[0]),
				      side_of(&halves[1], args->recorded.schedules[1]) };
	struct text text = TEXT_INIT;
	struct align align;
	bool same;

	align_init(&align, sides[0].trace, sides[1].trace);
	same = diff_same(sides, &align);
	if (args->json)
		json_tree_put(diff_json(sides, &align), &text);
	else
		diff_text(sides, &align, &shown, &text);
	align_release(&align);
	side_release(&sides[0]);
	side_release(&sides[1]);
	output_text(&text);
	text_release(&text);
	return same ? CODE_OK : CODE_FAIL;
}

/* What is watched, and which variables there are, comes from the text of the scenario. */
static int check_scenarios(const struct half *halves, struct err *err)
{
	const struct scenario *a = halves[0].recorded.scenario, *b = halves[1].recorded.scenario;

	if (!strcmp(a->name.text, b->name.text) && a->source.length == b->source.length &&
	    !memcmp(a->source.text, b->source.text, a->source.length))
		return 0;
	return err_add(err,
		       "the first schedule is of scenario '%s' (%s), the second of '%s' (%s): only "
		       "two of one scenario can be compared",
		       a->name.text, a->source.path, b->name.text, b->source.path);
}

static enum code diff(const struct diff_args *args, struct err *err)
{
	struct half halves[2] = { { .title = TEXT_INIT }, { .title = TEXT_INIT } };
	enum code code = inject_fiu_init(err) ? CODE_ERROR : CODE_OK;

	for (int i = 0; i < 2 && code == CODE_OK; i++)
		code = run_half(&halves[i], args->recorded.schedules[i], args, err);
	if (code == CODE_OK && check_scenarios(halves, err))
		code = CODE_ERROR;
	if (code == CODE_OK)
		code = show(args, halves);
	half_release(&halves[0]);
	half_release(&halves[1]);
	return code;
}

enum code cmd_diff(int argc, char **argv)
{
	static const struct argp_child children[] = { { &recorded_argp, 0, NULL, 0 }, { 0 } };
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "SCHEDULE|FILE.sched SCHEDULE|FILE.sched",
		.doc = "Show where two executions of a scenario part, and what comes of it.",
		.children = children,
	};
	struct diff_args args = { .recorded = { .cell = -1, .wanted = 2 } };
	struct err err = ERR_INIT;
	enum code code;

	option_parse(&argp, argc, argv, &args);
	code = diff(&args, &err);
	output_err(&err);
	err_release(&err);
	return code;
}
