/* SPDX-License-Identifier: MIT */
#include "cli/bisect_args.h"

#include <limits.h>

#include "cli/cli.h"
#include "cli/option.h"

enum {
	OPTION_FROM = OPTION_KEYS,
	OPTION_TO,
	OPTION_WITH,
	OPTION_LIST,
	OPTION_PREDICATE,
	OPTION_CELL,
	OPTION_JSON,
	OPTION_PREEMPTIONS,
	OPTION_SECONDS,
	OPTION_LIMIT,
};

static const struct argp_option options[] = {
	{ .name = "from", .key = OPTION_FROM, .arg = "VERSION", .doc = "of patches: the first" },
	{ .name = "to", .key = OPTION_TO, .arg = "VERSION", .doc = "of patches: the last" },
	{ .name = "with", .key = OPTION_WITH, .arg = "CHANGES", .doc = "of all states: '+ X'" },
	{ .name = "list", .key = OPTION_LIST, .arg = "FILE", .doc = "of variants: other ones" },
	{ .name = "predicate", .key = OPTION_PREDICATE, .arg = "NAME", .doc = "what is judged" },
	{ .name = "cell", .key = OPTION_CELL, .arg = "N", .doc = "of the matrix, from 0" },
	{ .name = "preemptions", .key = OPTION_PREEMPTIONS, .arg = "N", .doc = "at most so many" },
	{ .name = "seconds", .key = OPTION_SECONDS, .arg = "N", .doc = "for each search" },
	{ .name = "limit", .key = OPTION_LIMIT, .arg = "N", .doc = "executions of each search" },
	{ .name = "json", .key = OPTION_JSON, .doc = "print one JSON document" },
	{ .key = 'j', .arg = "N", .doc = "processes that explore" },
	{ 0 },
};

static void check_words(struct bisect_args *args, struct argp_state *state)
{
	static const char *const modes[] = { "variants", "patches", "git", NULL };

	if (!args->count)
		argp_error(state, "error: bisect what? variants, patches or git");
	args->mode = (enum bisect_mode)option_word(state, "bisect", args->words[0], modes);
	if (args->mode == BISECT_MODES)
		argp_error(state, "error: 'git' comes first, before the options");
	if (args->count < 2)
		argp_error(state, "error: no scenario file given");
	if (args->count > 2)
		argp_error(state, "error: one scenario is enough, '%s' is a second one",
			   args->words[2]);
	if (args->mode == BISECT_PATCHES && (!args->way.from || !args->way.to || args->list))
		argp_error(state, "error: patches takes --from and --to, and no --list");
	if (args->mode == BISECT_VARIANTS && (args->way.from || args->way.to || args->way.with))
		argp_error(state, "error: --from, --to and --with are of patches");
}

static error_t parse_search(int key, const char *arg, struct argp_state *state)
{
	struct run_options *run = &((struct bisect_args *)state->input)->options;

	switch (key) {
	case OPTION_PREEMPTIONS:
		run->preemptions_max = (int)option_number(state, "--preemptions", arg, 0, INT_MAX);
		return 0;
	case OPTION_SECONDS:
		run->seconds_max = (unsigned int)option_number(state, "--seconds", arg, 1, INT_MAX);
		return 0;
	case OPTION_LIMIT:
		run->executions_max = option_number(state, "--limit", arg, 1, LONG_MAX);
		return 0;
	case 'j':
		run->jobs = (unsigned int)option_number(state, "-j", arg, 1, EXPLORE_JOBS_MAX);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static error_t parse_series(int key, char *arg, struct argp_state *state)
{
	struct bisect_args *args = state->input;

	switch (key) {
	case OPTION_FROM:
		args->way.from = arg;
		return 0;
	case OPTION_TO:
		args->way.to = arg;
		return 0;
	case OPTION_WITH:
		args->way.with = arg;
		return 0;
	case OPTION_LIST:
		args->list = arg;
		return 0;
	case OPTION_PREDICATE:
		args->predicate = arg;
		return 0;
	default:
		return parse_search(key, arg, state);
	}
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct bisect_args *args = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->output;
		return 0;
	case ARGP_KEY_ARG:
		if (args->count < ARRAY_SIZE(args->words))
			args->words[args->count++] = arg;
		return 0;
	case ARGP_KEY_END:
		check_words(args, state);
		return 0;
	case OPTION_CELL:
		args->cell = (unsigned int)option_number(state, "--cell", arg, 0,
							 SCENARIO_CELLS_MAX - 1);
		return 0;
	case OPTION_JSON:
		args->json = true;
		return 0;
	default:
		return parse_series(key, arg, state);
	}
}

void bisect_args_parse(struct bisect_args *args, int argc, char **argv)
{
	static const struct argp_child children[] = { { &output_argp, 0, NULL, 0 }, { 0 } };
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "variants FILE\npatches FILE --from V --to V\ngit OPTION... -- TEST",
		.doc = "Find the variant, patch or commit that changed what a scenario shows.",
		.children = children,
	};

	*args = (struct bisect_args){ .options = { .preemptions_max = -1,
						   .command = cli_command } };
	option_parse(&argp, argc, argv, args);
}
