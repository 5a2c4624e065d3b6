/* SPDX-License-Identifier: MIT */
/*
 * main.c - the command: which verb, and with which exit code it ends.
 */
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/vec.h"
#include "cli/cli.h"
#include "cli/option.h"
#include "cli/output.h"

static const struct verb verbs[] = {
	{ "run", "FILE|DIR...", "explore scenarios and judge what they show", cmd_run },
	{ "merge", "FILE...", "join what several machines have explored", cmd_merge },
	{ "check", "FILE|DIR...", "find mistakes in scenarios without running them", cmd_check },
	{ "list", "FILE|DIR...", "show what is in scenarios: variants, cells, CPUs", cmd_list },
	{ "points", "", "what scenarios can use: points, operations, patches", cmd_points },
	{ "mutate", "FILE|DIR...", "leave out calls of the model: is it noticed?", cmd_mutate },
	{ "replay", "SCHEDULE|FILE", "run one execution again and look at it", cmd_replay },
	{ "shrink", "SCHEDULE|FILE", "find the smallest schedule that fails as it does",
	  cmd_shrink },
	{ "explain", "SCHEDULE|FILE", "say which orders make an execution fail", cmd_explain },
	{ "diff", "A B", "show where two executions part", cmd_diff },
	{ "export", "SCHEDULE|FILE", "write one execution for another tool", cmd_export },
	{ "bisect", "WHAT ...", "find the variant, patch or commit to blame", cmd_bisect },
};

const char *cli_command;

/* The verbs in the order of the help; NULL behind the last. */
static const struct verb *verb_at(size_t i)
{
	if (i < ARRAY_SIZE(verbs))
		return &verbs[i];
	return cli_model_verbs[i - ARRAY_SIZE(verbs)].name ?
		       &cli_model_verbs[i - ARRAY_SIZE(verbs)] :
		       NULL;
}

static void print_verb(const struct verb *verb, FILE *stream)
{
	fprintf(stream, "  %-7s %-14s %s\n", verb->name, verb->arguments, verb->help);
}

static void print_help(FILE *stream)
{
	fputs("Usage: baton VERB [OPTION...] ...\n"
	      "Run C code on simulated CPUs in every order, and with every fault.\n\n",
	      stream);
	for (size_t i = 0; verb_at(i); i++)
		print_verb(verb_at(i), stream);
	fputs("\n"
	      "baton VERB --help says more about one of them; baton --version which this is.\n"
	      "Exit codes: 0 as expected, 1 not as expected, 2 usage or scenario error,\n"
	      "3 inconclusive, 4 nothing ran, 5 replay diverged, 6 a BUG of baton.\n",
	      stream);
}

static enum code unknown_verb(const char *word)
{
	VEC(const char *) names = { 0 };
	const char *nearest;
	size_t i = 0;

	for (const struct verb *verb = verb_at(i); verb; verb = verb_at(++i))
		vec_push(&names, verb->name);
	nearest = err_nearest(word, names.items, names.count);
	vec_release(&names);
	fprintf(stderr, "baton: error: unknown %s '%s'", *word == '-' ? "option" : "verb", word);
	if (nearest)
		fprintf(stderr, "; did you mean '%s'?", nearest);
	fputs("\nTry 'baton --help'.\n", stderr);
	return CODE_ERROR;
}

static bool is_any(const char *word, const char *a, const char *b, const char *c)
{
	return !strcmp(word, a) || !strcmp(word, b) || !strcmp(word, c);
}

/* "baton options VERB": what it can be given, for those who make completions of shells. */
static void take_tables(int *argc, char ***argv)
{
	if (*argc < 3 || strcmp((*argv)[1], "options") != 0)
		return;
	option_show_tables();
	--*argc;
	++*argv;
}

/* "baton help VERB" and "baton VERB --help" are the same. */
static enum code run_verb(const struct verb *verb, int argc, char **argv)
{
	struct text name = TEXT_INIT;
	enum code code;

	text_addf(&name, "baton %s", verb->name);
	argv[0] = name.bytes;
	code = verb->run(argc, argv);
	text_release(&name);
	return code;
}

static enum code run(int argc, char **argv)
{
	static char help[] = "help", dashed[] = "--help";

	if (argc < 2) {
		print_help(stderr);
		return CODE_ERROR;
	}
	if (argc > 2 && !strcmp(argv[1], help)) {
		argv[1] = argv[2];
		argv[2] = dashed;
	}
	if (is_any(argv[1], "-h", dashed, help)) {
		print_help(stdout);
		return CODE_OK;
	}
	if (is_any(argv[1], "-V", "--version", "version")) {
		puts("baton " BATON_VERSION);
		return CODE_OK;
	}
	take_tables(&argc, &argv);
	for (size_t i = 0; verb_at(i); i++)
		if (!strcmp(argv[1], verb_at(i)->name))
			return run_verb(verb_at(i), argc - 1, argv + 1);
	return unknown_verb(argv[1]);
}

/* Is it --git-bisect, or what getopt takes for it? */
static bool wants_git_bisect(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strlen(argv[i]) > 2 && !strncmp("--git-bisect", argv[i], strlen(argv[i])))
			return true;
	return false;
}

/*
 * In a process of its own: also a BUG, a crash and a usage error must not look like a
 * verdict, however they end the process.
 */
static int run_for_git_bisect(int argc, char **argv)
{
	pid_t child = fork();
	int status;

	if (child < 0) {
		perror("baton: fork");
		return code_for_git_bisect(W_EXITCODE(CODE_BUG, 0));
	}
	if (!child)
		exit((int)output_close(run(argc, argv)));
	while (waitpid(child, &status, 0) < 0)
		;
	return code_for_git_bisect(status);
}

/* jansson's memory: a document without what did not fit would be a wrong one. */
static void *allocate(size_t size)
{
	return xrealloc(NULL, size);
}

/*
 * Without standard streams, the next file that is opened would be one, and get what is
 * printed. These give errors.
 */
static void open_standard(void)
{
	for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
		if (fcntl(i, F_GETFD) < 0 && errno == EBADF)
			(void)open("/dev/null", i == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv)
{
	open_standard();
	atexit(output_at_exit);
	json_set_alloc_funcs(allocate, free);
	cli_command = argc ? argv[0] : "baton";
	if (wants_git_bisect(argc, argv))
		return run_for_git_bisect(argc, argv);
	return (int)output_close(run(argc, argv));
}
