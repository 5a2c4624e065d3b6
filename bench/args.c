/* SPDX-License-Identifier: MIT */
#include "bench/args.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "bench/reference.h"
#include "cli/option.h"

enum {
	OPTION_STRATEGY = OPTION_KEYS,
	OPTION_COMMUTING,
	OPTION_EXECUTIONS,
	OPTION_SECONDS,
	OPTION_JSON,
};

static const struct argp_option options[] = {
	{ "strategy", OPTION_STRATEGY, "WORD", 0, "dpor (default), dfs, random, pos or pct[:DEPTH]",
	  0 },
	{ "commuting", OPTION_COMMUTING, "on|off", 0,
	  "are additions whose result nobody uses independent? (of pin and pinbug; default off)",
	  0 },
	{ "executions", OPTION_EXECUTIONS, "N", 0, "end each search after so many", 0 },
	{ "seconds", OPTION_SECONDS, "N", 0,
	  "repeat a search until it has used N seconds of CPU time (default 0.3)", 0 },
	{ "jobs", 'j', "N", 0,
	  "search with N processes; rates are then those of the clock, not of CPU time", 0 },
	{ "json", OPTION_JSON, NULL, 0, "print one JSON document", 0 },
	{ 0 },
};

/* What is asked for, while it is being read. */
struct wanted {
	struct args *args;
	struct row row; /* strategy, depth, commuting */
	bool strategy_given, commuting_given;
};

static const char *const strategy_words[] = {
	[EXPLORE_DPOR] = "dpor", [EXPLORE_DFS] = "dfs", [EXPLORE_RANDOM] = "random",
	[EXPLORE_POS] = "pos",   [EXPLORE_PCT] = "pct", [EXPLORE_PCT + 1] = NULL,
};

void row_strategy(const struct row *row, struct text *text)
{
	text_add(text, strategy_words[row->strategy]);
	if (row->strategy == EXPLORE_PCT)
		text_addf(text, ":%u", row->depth);
}

static void parse_strategy(struct wanted *wanted, const char *arg, struct argp_state *state)
{
	wanted->strategy_given = true;
	wanted->row.depth = 3;
	if (!strncmp(arg, "pct:", 4)) {
		wanted->row.strategy = EXPLORE_PCT;
		wanted->row.depth = (unsigned int)option_number(state, "--strategy pct:", arg + 4,
								1, BATON_CPUS_MAX);
		return;
	}
	wanted->row.strategy =
		(enum explore_strategy)option_word(state, "--strategy", arg, strategy_words);
}

static void parse_commuting(struct wanted *wanted, const char *arg, struct argp_state *state)
{
	static const char *const words[] = { "off", "on", NULL };

	wanted->commuting_given = true;
	wanted->row.commuting = option_word(state, "--commuting", arg, words);
}

static double parse_seconds(const char *arg, struct argp_state *state)
{
	char *end;
	double seconds = strtod(arg, &end);

	if (end == arg || *end || !(seconds >= 0 && seconds <= 3600))
		argp_error(state, "error: --seconds takes a number from 0 to 3600, not '%s'", arg);
	return seconds;
}

static _Noreturn void fail_unknown(struct argp_state *state, const char *name)
{
	const char *names[64], *nearest;
	struct text list = TEXT_INIT;
	size_t count = 0;

	for (const struct program_entry *entry = program_table; entry->name; entry++) {
		text_addf(&list, "%s%s", count ? ", " : "", entry->name);
		names[count++] = entry->name;
	}
	nearest = err_nearest(name, names, count);
	if (nearest)
		argp_error(state, "error: there is no program '%s'; did you mean '%s'?", name,
			   nearest);
	argp_error(state, "error: there is no program '%s', but %s", name, list.bytes);
	abort(); /* argp_error() does not return */
}

/* "pin:3" */
static void parse_program(struct wanted *wanted, const char *arg, struct argp_state *state)
{
	size_t length = strcspn(arg, ":");
	struct row row = wanted->row;
	char *name = xstrdup(arg);
	struct text option = TEXT_INIT;

	name[length] = '\0';
	row.program = program_find(name);
	if (!row.program)
		fail_unknown(state, name);
	if (!arg[length])
		argp_error(state, "error: '%s' needs a size, as in '%s:%u'", name, name,
			   row.program->least);
	text_addf(&option, "'%s:'", name);
	row.size = (unsigned int)option_number(state, option.bytes, arg + length + 1,
					       row.program->least, row.program->most);
	vec_push(&wanted->args->rows.list, row);
	text_release(&option);
	free(name);
}

/* Options hold for all programs, wherever they stand. */
static void complete(struct wanted *wanted)
{
	struct rows *rows = &wanted->args->rows;
	bool usual = !rows->list.count;
	size_t kept = 0;

	if (usual)
		reference_rows(rows);
	for (size_t i = 0; i < rows->list.count; i++) {
		struct row row = rows->list.items[i];

		if (usual && wanted->strategy_given && row.strategy != EXPLORE_DPOR)
			continue;
		if (usual && wanted->commuting_given && row.commuting != wanted->row.commuting)
			continue;
		if (!usual || wanted->strategy_given) {
			row.strategy = wanted->row.strategy;
			row.depth = wanted->row.depth;
		}
		if (!usual)
			row.commuting = wanted->row.commuting;
		rows->list.items[kept++] = row;
	}
	rows->list.count = kept;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct wanted *wanted = state->input;

	switch (key) {
	case OPTION_STRATEGY:
		parse_strategy(wanted, arg, state);
		break;
	case OPTION_COMMUTING:
		parse_commuting(wanted, arg, state);
		break;
	case OPTION_EXECUTIONS:
		wanted->args->limits.executions_max =
			option_number(state, "--executions", arg, 1, INT64_MAX);
		break;
	case OPTION_SECONDS:
		wanted->args->limits.seconds = parse_seconds(arg, state);
		break;
	case 'j':
		wanted->args->limits.jobs =
			(unsigned int)option_number(state, "--jobs", arg, 1, EXPLORE_JOBS_MAX);
		break;
	case OPTION_JSON:
		wanted->args->json = true;
		break;
	case ARGP_KEY_ARG:
		parse_program(wanted, arg, state);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

void args_parse(struct args *args, int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "[PROGRAM:SIZE...]",
		.doc = "Explore small programs, and compare what that takes with what is known of "
		       "them; without arguments a set of about a minute.",
	};
	struct wanted wanted = { .args = args, .row = { .strategy = EXPLORE_DPOR, .depth = 3 } };

	*args = (struct args){ .limits = { .seconds = 0.3, .jobs = 1 } };
	option_parse(&argp, argc, argv, &wanted);
	complete(&wanted);
}

void args_release(struct args *args)
{
	vec_release(&args->rows.list);
}
