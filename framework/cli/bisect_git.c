/* SPDX-License-Identifier: MIT */
/*
 * bisect_git.c - "baton bisect git": a script around "git bisect run".
 *
 * The script has a work tree of its own, so that whoever asks goes on with theirs; git bisect
 * keeps its refs per work tree, and they go with it. What it does is printed with --dry-run, and
 * can be changed and run by hand.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/bisect.h"
#include "cli/option.h"

struct git_args {
	const char *good, *bad, *build, *repository, *schedule;
	bool dry_run;
	VEC(const char *) test; /* a scenario, or a command and its arguments */
};

enum {
	OPTION_GOOD = OPTION_KEYS,
	OPTION_BAD,
	OPTION_BUILD,
	OPTION_REPOSITORY,
	OPTION_SCHEDULE,
	OPTION_DRY_RUN,
};

static const struct argp_option options[] = {
	{ .name = "good", .key = OPTION_GOOD, .arg = "COMMIT", .doc = "one without the race" },
	{ .name = "bad", .key = OPTION_BAD, .arg = "COMMIT", .doc = "one with it (HEAD)" },
	{ .name = "build", .key = OPTION_BUILD, .arg = "CMD", .doc = "builds a commit" },
	{ .name = "repository", .key = OPTION_REPOSITORY, .arg = "DIR", .doc = "where it is (.)" },
	{ .name = "sched", .key = OPTION_SCHEDULE, .arg = "FILE", .doc = "that showed the race" },
	{ .name = "dry-run", .key = OPTION_DRY_RUN, .doc = "print the script, do not run it" },
	OPTION_HELP_SHORT,
	{ 0 },
};

static void check_args(const struct git_args *args, struct argp_state *state)
{
	if (!args->good)
		argp_error(state, "error: --good COMMIT is missing");
	if (!args->test.count)
		argp_error(state, "error: no scenario and no command to test with; write it "
				  "behind --");
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

/* ---- The script -------------------------------------------------------------------------- */

/* Between single quotes, as a shell reads it. */
static void add_word(struct text *script, const char *word)
{
	text_add_char(script, '\'');
	for (; *word; word++)
		if (*word == '\'')
			text_add(script, "'\\''");
		else
			text_add_char(script, *word);
	text_add_char(script, '\'');
}

static void set(struct text *script, const char *variable, const char *value)
{
	text_addf(script, "%s=", variable);
	add_word(script, value);
	text_add_char(script, '\n');
}

/* Files that are given stay where they are, also for the script in its own work tree. */
static void set_path(struct text *script, const char *variable, const char *path)
{
	char *whole = realpath(path, NULL);

	set(script, variable, whole ? whole : path);
	free(whole);
}

static bool is_scenario(const struct git_args *args)
{
	const char *first = args->test.items[0];
	size_t length = strlen(first);

	return args->test.count == 1 && length > 4 && !strcmp(first + length - 4, ".scn");
}

/*
 * The test of one commit, as lines of a shell function: its exit code is that of baton. What was
 * saved goes first, as it is quick: the schedule, bent to the commit. Only what it shows counts;
 * if that is nothing, all is searched.
 */
static void add_scenario_test(const struct git_args *args, struct text *script)
{
	if (args->schedule)
		text_add(script, "\t\"$baton\" replay -q --tolerant \"$schedule\" --scenario "
				 "\"$scenario\" ||\n\t\t[ $? -ne 1 ] || return 1\n");
	text_add(script, "\t\"$baton\" run -q --fail-fast \"$scenario\"\n");
}

static void add_test(const struct git_args *args, struct text *script)
{
	text_add(script, "try() {\n");
	if (is_scenario(args)) {
		add_scenario_test(args, script);
	} else {
		text_add_char(script, '\t');
		for (size_t i = 0; i < args->test.count; i++) {
			text_add(script, i ? " " : "");
			add_word(script, args->test.items[i]);
		}
		text_add_char(script, '\n');
	}
	text_add(script, "}\n");
}

/* In the work tree at a commit; its exit code is for git: 0 good, 1 bad, 125 cannot be told. */
static const char step[] =
	"tell() {\n"
	"\techo \"$(git log -1 --format=%h) $1: $(git log -1 --format=%s)\" |\n"
	"\t\ttee -a \"$place/told\"\n"
	"}\n"
	"skip() {\n"
	"\twhy=$(grep -m 1 -i error \"$place/log\" || tail -n 1 \"$place/log\")\n"
	"\ttell \"skipped, $1${why:+ ($why)}\"\n"
	"\texit 125\n"
	"}\n"
	"step() {\n"
	"\techo >>\"$place/builds\"\n"
	"\t(eval \"$build\") >\"$place/log\" 2>&1 </dev/null || skip \"it does not build\"\n"
	"\tstatus=0\n"
	"\ttry >\"$place/log\" 2>&1 </dev/null || status=$?\n"
	"\tcase $status in\n"
	"\t0) tell good ;;\n"
	"\t1) tell bad ;;\n"
	"\t2) skip \"a mistake in the test, or a point is missing\" ;;\n"
	"\t3) skip \"the search was too weak\" ;;\n"
	"\t4) skip \"nothing ran\" ;;\n"
	"\t5) skip \"the replay diverged\" ;;\n"
	"\t6) tell \"a BUG, $(head -n 1 \"$place/log\")\"; exit 255 ;;\n"
	"\t*) skip \"the test ended with $status\" ;;\n"
	"\tesac\n"
	"\texit \"$status\"\n"
	"}\n";

static const char search[] =
	"if [ \"${1-}\" = step ]; then\n"
	"\tplace=$2\n"
	"\tstep\n"
	"fi\n"
	"script=$(realpath \"$0\")\n"
	"cd \"$repository\"\n"
	"check() {\n"
	"\tgit rev-parse --verify --quiet \"$2^{commit}\" >/dev/null && return\n"
	"\techo \"error: $1: there is no commit '$2' in $repository\" >&2\n"
	"\texit 2\n"
	"}\n"
	"check --good \"$good\"\n"
	"check --bad \"$bad\"\n"
	"place=$(mktemp -d)\n"
	"trap 'git worktree remove --force \"$place/tree\" 2>/dev/null; rm -rf \"$place\"' EXIT\n"
	"trap 'exit 130' INT TERM\n"
	"git worktree add --quiet --detach \"$place/tree\" \"$bad\"\n"
	": >\"$place/builds\"\n"
	": >\"$place/log\"\n"
	"(\n"
	"\tcd \"$place/tree\" &&\n"
	"\tgit bisect start \"$bad\" \"$good\" &&\n"
	"\tgit bisect run sh \"$script\" step \"$place\"\n"
	") >\"$place/git\" 2>&1 || status=$?\n"
	"cat \"$place/told\" 2>/dev/null || cat \"$place/git\" >&2\n"
	"builds=$(wc -l <\"$place/builds\")\n"
	"echo \"$builds build$([ \"$builds\" -eq 1 ] || echo s)\"\n"
	"if [ \"${status-0}\" -eq 0 ]; then\n"
	"\tgit -C \"$place/tree\" log -1 --format='first bad: %h %s (%an, %as)' refs/bisect/bad\n"
	"\texit 0\n"
	"fi\n"
	"grep -q \"only 'skip'ped commits left\" \"$place/git\" || exit 2\n"
	"echo \"first bad: one of these, the others could not be told\"\n"
	"git -C \"$place/tree\" log --format='  %h %s' refs/bisect/bad \\\n"
	"\t--not $(git -C \"$place/tree\" for-each-ref --format='%(objectname)' "
	"'refs/bisect/good-*')\n"
	"exit 3\n";

static void make_script(const struct git_args *args, struct text *script)
{
	text_add(script, "#!/bin/sh\n# Made by baton bisect git. \"step\" tests the commit of the "
			 "work tree, for git bisect run.\nset -eu\n\n");
	set_path(script, "repository", args->repository ? args->repository : ".");
	set(script, "good", args->good);
	set(script, "bad", args->bad ? args->bad : "HEAD");
	set(script, "build", args->build ? args->build : ":");
	if (is_scenario(args)) {
		set_path(script, "baton", "/proc/self/exe");
		set(script, "scenario", args->test.items[0]);
	}
	if (args->schedule)
		set_path(script, "schedule", args->schedule);
	text_add_char(script, '\n');
	add_test(args, script);
	text_addf(script, "%s\n%s", step, search);
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
	make_script(&args, &script);
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
