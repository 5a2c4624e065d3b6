/* SPDX-License-Identifier: MIT */
/*
 * cmd_points.c - "baton points": the names that scenarios can use.
 */

#include "cli/cli.h"
#include "cli/option.h"
#include "cli/output.h"
#include "cli/points.h"
#include "reports/json_tree.h"

#define SCHEMA_VERSION 1

struct points_args {
	bool patches, faults;
	bool json;
};

enum {
	OPTION_PATCHES = OPTION_KEYS,
	OPTION_FAULTS,
	OPTION_JSON,
};

static const struct argp_option options[] = {
	{ .name = "patches", .key = OPTION_PATCHES, .doc = "show rules, patches and versions" },
	{ .name = "faults", .key = OPTION_FAULTS, .doc = "show fault points only" },
	{ .name = "json", .key = OPTION_JSON, .doc = "print these as one JSON document" },
	{ 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct points_args *args = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		argp_error(state, "error: no argument expected, not '%s'", arg);
		break;
	case ARGP_KEY_END:
		if (args->patches && args->faults)
			argp_error(state, "error: --patches or --faults, not both");
		if (args->json && !args->patches && !args->faults)
			argp_error(state,
				   "error: --json is of --patches or of --faults: give both");
		break;
	case OPTION_PATCHES:
		args->patches = true;
		break;
	case OPTION_FAULTS:
		args->faults = true;
		break;
	case OPTION_JSON:
		args->json = true;
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static json_t *make_faults(const struct model *model)
{
	json_t *object = json_object();

	json_tree_set(object, "name", json_string(model->name));
	json_tree_set(object, "release", json_string(model->release));
	json_tree_set(object, "faults", points_faults_json(model));
	return object;
}

static void print_json(bool faults)
{
	json_t *document = json_object(), *models = json_array();

	for (const struct model *const *model = cli_models; *model; model++)
		json_tree_append(models, faults ? make_faults(*model) : points_json(*model));
	json_tree_set(document, "schema_version", json_integer(SCHEMA_VERSION));
	json_tree_set(document, "models", models);
	output_json(document);
}

static void print_text(const struct points_args *args)
{
	struct text text = TEXT_INIT;
	struct points_page page = {
		.options = output_options(&(struct output){ .color = COLOR_NEVER }),
		.text = &text,
	};

	if (!args->patches && !args->faults)
		points_text(&page);
	for (const struct model *const *model = cli_models; *model; model++) {
		text_addf(&text, "%smodel %s %s\n", text.length ? "\n" : "", (*model)->name,
			  (*model)->release);
		page.model = *model;
		if (args->patches)
			points_patches(&page);
		else if (args->faults)
			points_faults(&page);
		else
			points_model(&page);
	}
	output_text(&text);
	text_release(&text);
}

enum code cmd_points(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.doc = "Show the names that scenarios can use.",
	};
	struct points_args args = { 0 };

	option_parse(&argp, argc, argv, &args);
	if (args.json)
		print_json(args.faults);
	else
		print_text(&args);
	return CODE_OK;
}
