/* SPDX-License-Identifier: MIT */
/*
 * bisect_git.c - "baton bisect git": a script around "git bisect run".
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/bisect.h"
#include "cli/bisect_git.h"
#include "cli/option.h"

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
	OPTION_HELP_SHORT,
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
	case 'h':
		option_help(state);
		return 0;
	default:
		return parse_file(key, arg, args);
	}
}

/* ---- Running it -------------------------------------------------------------------------- */

static int write_all(int file, const struct text *text)
{
	size_t done = 0;

	while (done < text->length) {
		ssize_t length = write(file, text->bytes + done, text->length - done);

		if (length < 0 && errno != EINTR)
			return -1;
		done += length > 0 ? (size_t)length : 0;
	}
	return close(file);
}

/* Its exit code is the verb's. */
static enum code run_file(const char *path)
{
	pid_t child = fork();
	int status;

	if (!child) {
		execlp("sh", "sh", path, (char *)NULL);
		_exit(CODE_ERROR);
	}
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (child < 0 || !WIFEXITED(status))
		return CODE_ERROR;
	return WEXITSTATUS(status) <= CODE_BUG ? (enum code)WEXITSTATUS(status) : CODE_ERROR;
}

static enum code run_script(const struct text *script, struct err *err)
{
	const char *folder = getenv("TMPDIR");
	struct text path = TEXT_INIT;
	enum code code = CODE_ERROR;
	int file;

	text_addf(&path, "%s/baton-bisect-XXXXXX", folder ? folder : "/tmp");
	file = mkstemp(path.bytes);
	if (file < 0 || write_all(file, script))
		err_add(err, "cannot write '%s': %s", path.bytes, strerror(errno));
	else
		code = run_file(path.bytes);
	if (file >= 0)
		unlink(path.bytes);
	text_release(&path);
	return code;
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
	if (args.dry_run)
		output_text(&script);
	else
		code = run_script(&script, &err);
	text_release(&script);
	vec_release(&args.test);
	output_err(&err);
	err_release(&err);
	return code;
}
