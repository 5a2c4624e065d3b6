/* SPDX-License-Identifier: MIT */
#include "check/rules.h"

#include <string.h>

#include "base/vec.h"

#define FUNCTION_LINES_MAX 70

/* An include goes down only. The first entry whose folder begins a path decides. */
static const struct {
	const char *folder, *may;
} layers[] = {
	{ "framework/include/", "baton" },
	{ "framework/base/", "base" },
	{ "framework/engine/", "engine base baton" },
	{ "framework/explore/", "explore engine base baton" },
	{ "framework/explain/", "explain explore engine base baton" },
	{ "framework/kernel/", "kernel engine base baton" },
	{ "framework/posix/", "posix engine base baton" },
	{ "framework/tsan/", "tsan posix engine base baton" },
	{ "framework/api/", "api reports explain explore engine base baton" },
	{ "framework/mm/", "mm kernel engine base baton" },
	{ "framework/selfcheck/", "selfcheck kernel engine base baton" },
	{ "framework/scenario/", "scenario mm kernel explain explore engine base baton" },
	{ "framework/bisect/", "bisect scenario explain explore engine base baton" },
	{ "framework/conform/", "conform mm kernel explore engine base baton" },
	{ "injectors/", "injectors mm kernel explore engine base baton" },
	{ "reports/", "reports mm kernel explain explore engine base baton" },
	{ "framework/cli/",
	  "cli bisect conform scenario injectors reports selfcheck mm kernel explain "
	  "explore engine base baton" },
	{ "framework/check/", "check base" },
	{ "scenarios/",
	  "scenarios posix cli bisect scenario injectors reports selfcheck mm kernel explain "
	  "explore engine base baton" },
	{ "bench/", "bench scenarios cli kernel explore engine base baton" },
	{ "pages/", "pages reports base" },
	{ "packaging/", "baton" },
	{ "fuzz/",
	  "fuzz pages conform scenario injectors reports mm kernel explore engine base baton" },
};

static const char *const all_layers[] = {
	"base",      "engine",    "api",  "explore", "kernel", "mm",        "scenario", "reports",
	"injectors", "conform",   "cli",  "check",   "baton",  "scenarios", "bench",    "pages",
	"explain",   "selfcheck", "fuzz", "bisect",  "posix",  "tsan",
};

/* Calls that make a result depend on more than the choices, or that overrun. */
static const struct {
	const char *name, *instead;
} banned_calls[] = {
	{ "rand", "baton_choose()" },
	{ "random", "baton_choose()" },
	{ "srand", "baton_choose()" },
	{ "time", "a count of steps" },
	{ "gettimeofday", "a count of steps" },
	{ "clock_gettime", "a count of steps" }, /* see may_look_at_clock() */
	{ "getpid", "the index of the CPU" },
	{ "sprintf", "text_addf()" },
	{ "vsprintf", "text_vaddf()" },
	{ "strcpy", "text_add() or xstrdup()" },
	{ "strcat", "text_add()" },
};

/* Words with which a library would print or exit. */
static const struct {
	const char *name, *instead;
} cli_words[] = {
	{ "printf", "text_addf()" },   { "vprintf", "text_vaddf()" },
	{ "puts", "text_add()" },      { "putchar", "text_add_char()" },
	{ "perror", "err_add()" },     { "stdout", "text_add()" },
	{ "stderr", "err_add()" },     { "exit", "a return value" },
	{ "_exit", "a return value" }, { "_Exit", "a return value" },
	{ "abort", "BUG_ON()" },
};

/*
 * Who may: the command, tests and example programs; those who end the process because
 * nothing can go on; and what outside a simulation does the same as assert().
 */
static const char *const cli_paths[] = {
	"include/baton/report.h",
	"framework/cli/",
	"framework/check/",
	"scenarios/",
	"bench/",
	"fuzz/",
	"pages/main.c",
	"packaging/outside/",
	"_test.c",
	"framework/base/bug.c",
	"framework/base/give_up.c",
	"framework/engine/fail.c",
	"framework/engine/assert.c",
	"framework/selfcheck/",        /* code that is wrong on purpose */
	"framework/explore/workers.c", /* a worker's process ends with its work */
	"framework/engine/scout.c",    /* and so does a scout's */
	"framework/conform/live_host.c",
	"framework/conform/live_watch.c",
	"framework/conform/live_worker.c",
};

/* Is the @length bytes long @word one of the words of @list? */
static bool is_listed(const char *list, const char *word, size_t length)
{
	for (size_t i = 0; list[i]; i++)
		if ((i == 0 || list[i - 1] == ' ') && !strncmp(list + i, word, length) &&
		    (list[i + length] == ' ' || !list[i + length]))
			return true;
	return false;
}

static void check_include(const struct file *file, size_t at, const char *may)
{
	const char *name = file->bytes + at + 1;
	size_t length = strcspn(name, "/>\"\n");
	bool ours = false;

	for (size_t i = 0; i < ARRAY_SIZE(all_layers); i++)
		ours |= is_listed(all_layers[i], name, length) && name[length] == '/';
	if (!ours && file->bytes[at] == '"')
		found(file, at, "include by layer: \"base/text.h\"");
	else if (ours && !is_listed(may, name, length))
		found(file, at, "may not include %.*s/; from here: %s", (int)length, name, may);
}

static void check_includes(const struct file *file)
{
	const char *may = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(layers) && !may; i++)
		if (begins(file->path, layers[i].folder))
			may = layers[i].may;
	if (!may)
		found(file, 0, "in no layer");
	for (size_t at = 0; may && at < file->length; at = line_end(file, at) + 1) {
		size_t i = at + strspn(file->code + at, " \t");

		if (file->code[i++] != '#')
			continue;
		i += strspn(file->code + i, " \t");
		if (!begins(file->code + i, "include"))
			continue;
		i += strcspn(file->code + i, "<\"\n");
		if (file->code[i] != '\n')
			check_include(file, i, may);
	}
}

static bool may_print(const struct file *file)
{
	for (size_t i = 0; i < ARRAY_SIZE(cli_paths); i++)
		if (begins(file->path, cli_paths[i]) || ends(file->path, cli_paths[i]))
			return true;
	return false;
}

/* One place gives the time to those who may depend on it: base/clock.h says who. */
static bool may_look_at_clock(const struct file *file, const char *name)
{
	return !strcmp(name, "clock_gettime") && !strcmp(file->path, "framework/base/clock.c");
}

/* Where they are stood in for, code that is explored by way of that, and the engine's questions
 * whether it still runs on its own. */
static bool may_name_threads(const struct file *file)
{
	static const char *const paths[] = {
		"framework/posix/",
		"framework/tsan/",
		"framework/api/death_test.c",
		"framework/api/values_test.c",
		"framework/engine/sim.c",
		"framework/engine/death.c",
		"framework/include/baton/pthread.h",
		"packaging/outside/",
		"scenarios/",
	};

	for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
		if (begins(file->path, paths[i]))
			return true;
	return false;
}

static void check_call(const struct file *file, size_t at)
{
	for (size_t i = 0; i < ARRAY_SIZE(banned_calls); i++)
		if (is_word_at(file->code, at, banned_calls[i].name) &&
		    !may_look_at_clock(file, banned_calls[i].name))
			found(file, at, "%s() is banned; use %s", banned_calls[i].name,
			      banned_calls[i].instead);
	if (begins(file->code + at, "pthread_") && !may_name_threads(file))
		found(file, at, "pthread_*() is banned; use a fiber");
}

/* Printing and ending are calls; a stream is enough to print with. */
static void check_cli_word(const struct file *file, size_t at, bool call)
{
	for (size_t i = 0; i < ARRAY_SIZE(cli_words); i++)
		if (is_word_at(file->code, at, cli_words[i].name) &&
		    (call || begins(cli_words[i].name, "std")))
			found(file, at, "only cli prints and exits: no %s here; use %s",
			      cli_words[i].name, cli_words[i].instead);
}

/* A call: a word, then a parenthesis, and not a member. */
static bool is_call(const struct file *file, size_t at)
{
	size_t after = at;

	while (is_word(file->code[after]))
		after++;
	after += strspn(file->code + after, " \t\n");
	return file->code[after] == '(' && (at == 0 || !strchr(".>", file->code[at - 1]));
}

static void check_words(const struct file *file)
{
	bool banned = !begins(file->path, "scenarios/") && !ends(file->path, "base/clock.c");
	bool printing = may_print(file), call;

	for (size_t at = 0; at < file->length; at++) {
		if (!is_word(file->code[at]) || (at && is_word(file->code[at - 1])))
			continue;
		call = is_call(file, at);
		if (banned && call)
			check_call(file, at);
		if (!printing)
			check_cli_word(file, at, call);
	}
}

/* An address in the output differs from run to run. */
static void check_formats(const struct file *file)
{
	for (size_t at = 0; at < file->length; at++) {
		size_t after = at + 1;

		if (file->literals[at] != '%')
			continue;
		after += strspn(file->literals + after, "-+#0123456789.*");
		if (file->literals[after] == '%')
			at = after;
		else if (file->literals[after] == 'p')
			found(file, at, "%%p is banned; print a name or an index");
	}
}

/* A function begins and ends with a brace in the first column. */
static void check_functions(const struct file *file)
{
	size_t begin = 0, lines = 0;

	for (size_t at = 0; at < file->length; at = line_end(file, at) + 1) {
		lines++;
		if (begins(file->code + at, "{\n")) {
			begin = at;
			lines = 1;
		}
		if (file->code[at] != '}' || !begin)
			continue;
		if (lines > FUNCTION_LINES_MAX)
			found(file, begin, "a function of %zu lines, more than %d", lines,
			      FUNCTION_LINES_MAX);
		begin = 0;
	}
}

void rules_c(const struct file *file)
{
	check_includes(file);
	check_words(file);
	check_formats(file);
	check_functions(file);
}
