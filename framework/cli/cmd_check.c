/* SPDX-License-Identifier: MIT */
/*
 * cmd_check.c - "baton check": all mistakes of scenario files, without running them.
 */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "scenario/scenario.h"

struct check_args {
	struct option_paths paths;
	bool quiet;
};

static const struct argp_option options[] = {
	{ .name = "quiet", .key = 'q', .doc = "say nothing about files without mistakes" },
	{ 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct check_args *args = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		vec_push(&args->paths.list, arg);
		break;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "error: no scenario file or directory given");
		break;
	case 'q':
		args->quiet = true;
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static enum code check_file(const char *path, bool quiet, struct err *err)
{
	struct scenario *scenario = scenario_load(path, cli_models, err);
	struct text text = TEXT_INIT;

	if (scenario && !quiet)
		text_addf(&text, "%s: ok\n", scenario->source.path);
	output_text(&text);
	text_release(&text);
	output_err(err);
	if (!scenario)
		return CODE_ERROR;
	scenario_free(scenario);
	return CODE_OK;
}

enum code cmd_check(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "FILE|DIR...",
		.doc = "Find mistakes in scenarios without running them.",
	};
	struct check_args args = { 0 };
	struct err err = ERR_INIT;
	struct paths paths = { 0 };
	enum code code;

	option_parse(&argp, argc, argv, &args);
	code = paths_expand(&paths, &args.paths, &err);
	output_err(&err);
	for (size_t i = 0; i < paths.list.count; i++)
		code = code_worse(code, check_file(paths.list.items[i], args.quiet, &err));
	paths_release(&paths);
	err_release(&err);
	vec_release(&args.paths.list);
	return code;
}
