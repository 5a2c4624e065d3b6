/* SPDX-License-Identifier: MIT */
/*
 * bisect_git.c - "baton bisect git": a script around "git bisect run".
 */
#include <unistd.h>

#include "cli/bisect.h"
#include "cli/bisect_git.h"
#include "cli/option.h"
#include "cli/progress.h"

enum {
	OPTION_GOOD = OPTION_KEYS,
	OPTION_BAD,
	OPTION_BUILD,
	OPTION_REPOSITORY,
	OPTION_SCHEDULE,
	OPTION_DRY_RUN,
	OPTION_BATON,
};

static const struct argp_option options[] = {
	{ .name = "good", .key = OPTION_GOOD, .arg = "COMMIT", .doc = "one without the race" },
	{ .name = "bad", .key = OPTION_BAD, .arg = "COMMIT", .doc = "one with it (HEAD)" },
	{ .name = "build", .key = OPTION_BUILD, .arg = "CMD", .doc = "builds a commit" },
	{ .name = "repository", .key = OPTION_REPOSITORY, .arg = "DIR", .doc = "where it is (.)" },
	{ .name = "sched", .key = OPTION_SCHEDULE, .arg = "FILE", .doc = "that showed the race" },
	{ .name = "baton", .key = OPTION_BATON, .arg = "FILE", .doc = "that the build makes" },
	{ .name = "dry-run", .key = OPTION_DRY_RUN, .doc = "print the script, do not run it" },
	{ .name = "quiet", .key = 'q', .doc = "no line that says what runs now", .group = 9 },
	{ 0 },
};

static void check_test(const struct git_args *args, struct argp_state *state)
{
	if (git_tests_core(args) && !args->baton)
		argp_error(state, "error: a core is the same for all commits: say with --baton "
				  "FILE which baton the build of each makes");
	if (git_tests_core(args) && access(args->test.items[0], R_OK))
		argp_error(state, "error: cannot read '%s'", args->test.items[0]);
	if (!git_tests_scenario(args) && (args->baton || args->schedule))
		argp_error(state, "error: %s is of scenarios, and the test is a command",
			   args->baton ? "--baton" : "--sched");
}

static void check_args(const struct git_args *args, struct argp_state *state)
{
	if (!args->good)
		argp_error(state, "error: --good COMMIT is missing");
	if (!args->test.count)
		argp_error(state, "error: no scenario and no command to test with; write it "
				  "behind --");
	check_test(args, state);
}

static error_t parse_file(int key, char *arg, struct git_args *args)
{
	switch (key) {
	case OPTION_REPOSITORY:
		args->repository = arg;
		return 0;
	case OPTION_SCHEDULE:
		args->schedule = arg;
		return 0;
	case OPTION_BATON:
		args->baton = arg;
		return 0;
	case OPTION_DRY_RUN:
		args->dry_run = true;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct git_args *args = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		vec_push(&args->test, arg);
		return 0;
	case ARGP_KEY_END:
		check_args(args, state);
		return 0;
	case OPTION_GOOD:
		args->good = arg;
		return 0;
	case OPTION_BAD:
		args->bad = arg;
		return 0;
	case OPTION_BUILD:
		args->build = arg;
		return 0;
	case 'q':
		args->quiet = true;
		return 0;
	default:
		return parse_file(key, arg, args);
	}
}

enum code bisect_git(int argc, char **argv)
{
	static char name[] = "baton bisect git";
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "-- FILE.scn|COMMAND...",
		.doc = "Find the commit that brought a race, with git bisect run in a work tree of "
		       "its own.",
	};
	struct git_args args = { .good = NULL };
	struct err err = ERR_INIT;
	struct text script = TEXT_INIT;
	enum code code = CODE_OK;

	argv[0] = name;
	option_parse(&argp, argc, argv, &args);
	git_script(&args, &script);
	progress_init(args.quiet);
	if (args.dry_run)
		output_text(&script);
	else
		code = git_run(&script, &err);
	text_release(&script);
	vec_release(&args.test);
	output_err(&err);
	err_release(&err);
	return code;
}
