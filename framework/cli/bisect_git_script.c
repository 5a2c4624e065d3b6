/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cli/bisect_git.h"

static bool ends_with(const char *path, const char *end)
{
	size_t length = strlen(path);

	return length > strlen(end) && !strcmp(path + length - strlen(end), end);
}

bool git_tests_scenario(const struct git_args *args)
{
	return args->test.count == 1 && ends_with(args->test.items[0], ".scn");
}

bool git_tests_core(const struct git_args *args)
{
	return args->test.count == 1 && ends_with(args->test.items[0], ".core.scn");
}

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

/* In the work tree, and not where the shell looks for commands. */
static void set_program(struct text *script, const char *baton)
{
	struct text path = TEXT_INIT;

	text_addf(&path, "%s%s", strchr(baton, '/') ? "" : "./", baton);
	set(script, "baton", path.bytes);
	text_release(&path);
}

/*
 * The test of one commit, as lines of a shell function: its exit code is that of baton, and $by
 * is what decided. What was saved goes first, as it is quick: the schedule, bent to the commit;
 * the core. Only what they show counts; if that is nothing, all is searched.
 */
static void add_scenario_test(const struct git_args *args, struct text *script)
{
	if (args->schedule)
		text_add(script, "\tby=' by the schedule'\n"
				 "\t\"$baton\" replay -q --tolerant \"$schedule\" --scenario "
				 "\"$scenario\" ||\n\t\t[ $? -ne 1 ] || return 1\n");
	if (git_tests_core(args))
		text_add(script, "\tby=core\n"
				 "\t\"$baton\" replay -q --core --search \"$scenario\"\n");
	else
		text_add(script, "\tby=' by a search'\n"
				 "\t\"$baton\" run -q --fail-fast \"$scenario\"\n");
}

static void add_test(const struct git_args *args, struct text *script)
{
	text_add(script, "try() {\n");
	if (git_tests_scenario(args)) {
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
	"\tprintf '%s\\n' \"$(git log -1 --format=%h) $1: $(git log -1 --format=%s)\" |\n"
	"\t\ttee -a \"$place/told\"\n"
	"}\n"
	"skip() {\n"
	"\twhy=$(grep -m 1 -i error \"$place/log\" || tail -n 1 \"$place/log\")\n"
	"\ttell \"skipped, $1${why:+ ($why)}\"\n"
	"\texit 125\n"
	"}\n"
	"how() {\n"
	"\t[ \"$by\" = core ] || echo \"$by\"\n"
	"\t[ \"$by\" != core ] || sed -n 's/^  judged\\( by [^:]*\\):.*/\\1/p' \"$place/log\"\n"
	"}\n"
	"# For who watches: a line that is erased again.\n"
	"show() {\n"
	"\t[ -z \"${BATON_PROGRESS-}\" ] || printf '\\r\\033[K%s' \"$1\" >&3\n"
	"}\n"
	"say() {\n"
	"\tnumber=$(($(wc -l <\"$place/builds\")))\n"
	"\tleft=$(sed -n 's/.*(roughly \\([0-9]*\\) step.*/, about \\1 more/p' \"$place/git\" |\n"
	"\t\ttail -n 1 | sed 's/.* 0 more//')\n"
	"\tshow \"build $number$left: $1 $(git log -1 --format='%h %<(40,trunc)%s')\"\n"
	"}\n"
	"step() {\n"
	"\techo >>\"$place/builds\"\n"
	"\tsay building\n"
	"\t(eval \"$build\") >\"$place/log\" 2>&1 </dev/null || skip \"it does not build\"\n"
	"\tstatus=0 by=\n"
	"\tsay testing\n"
	"\ttry >\"$place/log\" 2>&1 </dev/null || status=$?\n"
	"\tcase $status in\n"
	"\t0) tell \"good$(how)\" ;;\n"
	"\t1) tell \"bad$(how)\" ;;\n"
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
	"exec 3>&2\n"
	"script=$(realpath \"$0\")\n"
	"cd \"$repository\"\n"
	"check() {\n"
	"\tgit rev-parse --verify --quiet \"$2^{commit}\" >/dev/null && return\n"
	"\techo \"error: $1: there is no commit '$2' in $repository\" >&2\n"
	"\texit 2\n"
	"}\n"
	"check --good \"$good\"\n"
	"check --bad \"$bad\"\n"
	"if git merge-base --is-ancestor \"$bad\" \"$good\"; then\n"
	"\techo \"error: --good: $good comes after $bad: are they swapped?\" >&2\n"
	"\texit 2\n"
	"fi\n"
	"place=$(mktemp -d)\n"
	"clear() {\n"
	"\ttrap '' INT TERM\n"
	"\tshow ''\n"
	"\tgit worktree remove --force \"$place/tree\" 2>/dev/null || :\n"
	"\trm -rf \"$place\"\n"
	"}\n"
	"trap clear EXIT\n"
	"trap 'exit 130' INT TERM\n"
	"git worktree add --quiet --detach \"$place/tree\" \"$bad\"\n"
	": >\"$place/builds\"\n"
	": >\"$place/log\"\n"
	": >\"$place/told\"\n"
	": >\"$place/git\"\n"
	"ask() {\n"
	"\tgit -C \"$place/tree\" checkout --quiet --detach \"$1\"\n"
	"\tend=0\n"
	"\t(cd \"$place/tree\" && sh \"$script\" step \"$place\") >/dev/null || end=$?\n"
	"\tshow ''\n"
	"}\n"
	"# The rest of what is told; the caller exits.\n"
	"summary() {\n"
	"\tcat \"$place/told\"\n"
	"\tbuilds=$(wc -l <\"$place/builds\")\n"
	"\techo \"$builds build$([ \"$builds\" -eq 1 ] || echo s)\"\n"
	"}\n"
	"refuse() {\n"
	"\tsummary\n"
	"\tcase $end in\n"
	"\t125) echo \"error: $1: $2 cannot be told: there is nothing to begin with\" >&2 ;;\n"
	"\t255) exit 6 ;;\n"
	"\t*) echo \"error: $1: $2 is $3: $4\" >&2 ;;\n"
	"\tesac\n"
	"\t[ \"$end\" -ne 125 ] || exit 3\n"
	"\texit 2\n"
	"}\n"
	"ask \"$bad\"\n"
	"[ \"$end\" -eq 1 ] || refuse --bad \"$bad\" good 'the test must fail there'\n"
	"(\n"
	"\tcd \"$place/tree\" &&\n"
	"\tgit bisect start \"$bad\" \"$good\" &&\n"
	"\t{ grep -q 'first bad commit' \"$(git rev-parse --git-path BISECT_LOG)\" ||\n"
	"\t\tgit bisect run sh \"$script\" step \"$place\"; }\n"
	") >\"$place/git\" 2>&1 || status=$?\n"
	"show ''\n"
	"! grep -q '^[0-9a-f]* a BUG, ' \"$place/told\" || { summary; exit 6; }\n"
	"if [ \"$(wc -l <\"$place/told\")\" -eq 1 ] && [ \"${status-0}\" -ne 0 ]; then\n"
	"\tcat \"$place/told\"\n"
	"\tcat \"$place/git\" >&2\n"
	"\texit 2\n"
	"fi\n"
	"# The answer rests on the good end only where nothing else was good.\n"
	"if ! grep -q '^[0-9a-f]* good' \"$place/told\"; then\n"
	"\task \"$good\"\n"
	"\t[ \"$end\" -eq 0 ] || refuse --good \"$good\" bad 'the test must pass there'\n"
	"fi\n"
	"summary\n"
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

void git_script(const struct git_args *args, struct text *script)
{
	text_add(script, "#!/bin/sh\n# Made by baton bisect git. \"step\" tests the commit of the "
			 "work tree, for git bisect run.\nset -eu\n\n"
			 "# What git and compilers say is read, and nobody turns pages.\n"
			 "LANGUAGE=en GIT_PAGER=cat\nexport LANGUAGE GIT_PAGER\n\n");
	set_path(script, "repository", args->repository ? args->repository : ".");
	set(script, "good", args->good);
	set(script, "bad", args->bad ? args->bad : "HEAD");
	set(script, "build", args->build ? args->build : ":");
	if (git_tests_scenario(args) && args->baton)
		set_program(script, args->baton);
	else if (git_tests_scenario(args))
		set_path(script, "baton", "/proc/self/exe");
	if (git_tests_core(args))
		set_path(script, "scenario", args->test.items[0]);
	else if (git_tests_scenario(args))
		set(script, "scenario", args->test.items[0]);
	if (args->schedule)
		set_path(script, "schedule", args->schedule);
	text_add_char(script, '\n');
	add_test(args, script);
	text_addf(script, "%s\n%s", step, search);
}
