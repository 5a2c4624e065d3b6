/* SPDX-License-Identifier: MIT */
/*
 * cmd_list.c - "baton list": what "baton run" would run.
 */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/list.h"
#include "cli/option.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "reports/json_tree.h"

#define SCHEMA_VERSION 1

struct list_args {
	struct option_paths paths;
	bool json;
};

static const struct argp_option options[] = {
	{ .name = "json", .key = OPTION_KEYS, .doc = "print one JSON document" },
	{ 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct list_args *args = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		vec_push(&args->paths.list, arg);
		break;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "error: no scenario file or directory given");
		break;
	case OPTION_KEYS:
		args->json = true;
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

/* @list: NULL for text */
static enum code list_file(const char *path, json_t *list, struct err *err)
{
	struct scenario *scenario = scenario_load(path, cli_models, err);
	struct text text = TEXT_INIT;

	if (scenario && list)
		json_tree_append(list, list_json(scenario));
	else if (scenario)
		list_text(scenario, &text);
	output_text(&text);
	output_err(err);
	text_release(&text);
	if (!scenario)
		return CODE_ERROR;
	scenario_free(scenario);
	return CODE_OK;
}

static enum code list_files(const struct paths *paths, bool json, struct err *err)
{
	json_t *list = json ? json_array() : NULL, *document;
	enum code code = CODE_OK;

	for (size_t i = 0; i < paths->list.count; i++)
		code = code_worse(code, list_file(paths->list.items[i], list, err));
	if (!json)
		return code;
	document = json_object();
	json_tree_set(document, "schema_version", json_integer(SCHEMA_VERSION));
	json_tree_set(document, "scenarios", list);
	output_json(document);
	return code;
}

enum code cmd_list(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "FILE|DIR...",
		.doc = "Show what is in scenarios: variants, cells, CPUs, permutations.",
	};
	struct list_args args = { 0 };
	struct err err = ERR_INIT;
	struct paths paths = { 0 };
	enum code code;

	option_parse(&argp, argc, argv, &args);
	code = paths_expand(&paths, &args.paths, &err);
	output_err(&err);
	code = code_worse(code, list_files(&paths, args.json, &err));
	paths_release(&paths);
	err_release(&err);
	vec_release(&args.paths.list);
	return code;
}
