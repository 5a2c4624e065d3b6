/* SPDX-License-Identifier: MIT */
/*
 * cmd_points.c - "baton points": the names that scenarios can use.
 */
#include "cli/cli.h"
#include "cli/option.h"
#include "cli/output.h"
#include "cli/points.h"

static const struct argp_option options[] = {
	{ .name = "patches", .key = OPTION_KEYS, .doc = "show rules, patches and versions" },
	OPTION_HELP_SHORT,
	{ 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	bool *patches = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		argp_error(state, "error: no argument expected, not '%s'", arg);
		break;
	case 'h':
		option_help(state);
		break;
	case OPTION_KEYS:
		*patches = true;
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

enum code cmd_points(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.doc = "Show the names that scenarios can use.",
	};
	struct text text = TEXT_INIT;
	bool patches = false;

	option_parse(&argp, argc, argv, &patches);
	if (!patches)
		points_text(&text);
	for (const struct model *const *model = cli_models; *model; model++) {
		text_addf(&text, "%smodel %s %s\n", text.length ? "\n" : "", (*model)->name,
			  (*model)->release);
		if (patches)
			points_patches(*model, &text);
		else
			points_model(*model, &text);
	}
	output_text(&text);
	text_release(&text);
	return CODE_OK;
}
