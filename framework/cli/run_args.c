/* SPDX-License-Identifier: MIT */
#include "cli/run_args.h"

#include <limits.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/run_faults.h"
#include "cli/select.h"

enum {
	OPTION_VARIANT = OPTION_KEYS,
	OPTION_CELL,
	OPTION_PREEMPTIONS,
	OPTION_LIMIT,
	OPTION_STEPS,
	OPTION_SECONDS,
	OPTION_MEMORY,
	OPTION_LIVELOCK,
	OPTION_STRATEGY,
	OPTION_SEED,
	OPTION_FIRST,
	OPTION_PERMUTATIONS,
	OPTION_REQUIRE,
	OPTION_SAVE,
	OPTION_CHECKPOINT,
	OPTION_RESUME,
	OPTION_INTERVAL,
	OPTION_SHARD,
	OPTION_JSON,
	OPTION_OUTPUT,
	OPTION_FAIL_FAST,
	OPTION_COVERAGE,
	OPTION_VERIFY,
	OPTION_ESTIMATE,
	OPTION_GIT_BISECT,
};

#define OPTION(text, number, argument, help)                                                  \
	{                                                                                     \
		.name = (text), .key = (number), .arg = (argument), .doc = (help), .group = 1 \
	}

#define OPTION_JOBS                                                                              \
	{                                                                                        \
		.key = 'j', .arg = "N", .doc = "processes that explore; the result is the same", \
		.group = 1                                                                       \
	}

static const struct argp_option options[] = {
	OPTION("variant", OPTION_VARIANT, "GLOB", "only variants with such a title"),
	OPTION("cell", OPTION_CELL, "N", "only this cell of the matrix, from 0"),
	OPTION("preemptions", OPTION_PREEMPTIONS, "N", "at most so many; or none: no bound"),
	OPTION("steps", OPTION_STEPS, "N", "cut an execution there"),
	OPTION("limit", OPTION_LIMIT, "N", "executions of a variant"),
	OPTION("seconds", OPTION_SECONDS, "N", "for the search of a variant"),
	OPTION("memory", OPTION_MEMORY, "MIB", "of each process, for the search of a variant"),
	OPTION("livelock", OPTION_LIVELOCK, "N", "steps of an execution that are one"),
	OPTION("first", OPTION_FIRST, NULL, "preemptions 0, 1, 2... up to a failure"),
	OPTION("strategy", OPTION_STRATEGY, "WORD", "dpor, dfs, random, pos, pct[:DEPTH]"),
	OPTION("seed", OPTION_SEED, "N", "of random, pos and pct"),
	OPTION("permutations-only", OPTION_PERMUTATIONS, NULL, "do not explore"),
	OPTION("require", OPTION_REQUIRE, "WORD", "exhaustive, bounded (default), sampled"),
	OPTION("save", OPTION_SAVE, "DIR", "write what is shown to .sched files"),
	OPTION_JOBS,
	OPTION("checkpoint", OPTION_CHECKPOINT, "FILE", "keep in it how far the run has come"),
	OPTION("resume", OPTION_RESUME, "FILE", "go on with a run that was kept"),
	OPTION("interval", OPTION_INTERVAL, "SECONDS", "between two writes of the checkpoint"),
	OPTION("shard", OPTION_SHARD, "I/N", "only the Ith of N parts: see 'baton merge'"),
	OPTION("json", OPTION_JSON, NULL, "print one JSON document"),
	OPTION("output", OPTION_OUTPUT, "FORMAT[:FILE]",
	       "text, html, json, jsonl, ktap, tap, junit"),
	OPTION("fail-fast", OPTION_FAIL_FAST, NULL, "end after the first FAIL"),
	OPTION("coverage", OPTION_COVERAGE, NULL, "show which orders of accesses were seen"),
	OPTION("estimate", OPTION_ESTIMATE, NULL, "only say how long it would take"),
	OPTION("verify", OPTION_VERIFY, NULL, "check dpor against dfs instead"),
	OPTION("git-bisect", OPTION_GIT_BISECT, NULL, "exit codes for git bisect run"),
	{ 0 },
};

/* @none: what to answer where there is no bound */
static int parse_bound(struct argp_state *state, const char *option, const char *arg, int none)
{
	if (!strcmp(arg, "none"))
		return none;
	return (int)option_number(state, option, arg, 0, INT_MAX);
}

static unsigned int parse_count(struct argp_state *state, const char *option, const char *arg)
{
	return (unsigned int)option_number(state, option, arg, 1, INT_MAX);
}

/* "pct:2" */
static void parse_strategy(struct run_options *run, const char *arg, struct argp_state *state)
{
	static const char *const words[] = { "dpor", "dfs", "random", "pos", "pct", NULL };
	static const enum explore_strategy strategies[] = { EXPLORE_DPOR, EXPLORE_DFS,
							    EXPLORE_RANDOM, EXPLORE_POS,
							    EXPLORE_PCT };

	run->strategy_given = true;
	run->depth = 3;
	if (!strncmp(arg, "pct:", 4)) {
		run->strategy = EXPLORE_PCT;
		run->depth = (unsigned int)option_number(state, "--strategy pct:", arg + 4, 1,
							 BATON_CPUS_MAX);
		return;
	}
	run->strategy = strategies[option_word(state, "--strategy", arg, words)];
}

static void parse_bounds(int key, const char *arg, struct argp_state *state)
{
	struct run_options *run = &((struct run_args *)state->input)->options;

	switch (key) {
	case OPTION_PREEMPTIONS:
		run->preemptions_max = parse_bound(state, "--preemptions", arg, RUN_NO_BOUND);
		break;
	case OPTION_STEPS:
		run->steps_bound = parse_count(state, "--steps", arg);
		break;
	case OPTION_SECONDS:
		run->seconds_max = parse_count(state, "--seconds", arg);
		break;
	case OPTION_MEMORY:
		run->memory_max = parse_count(state, "--memory", arg);
		break;
	case OPTION_LIMIT:
		run->executions_max = option_number(state, "--limit", arg, 1, LONG_MAX);
		break;
	default:
		run->livelock = parse_count(state, "--livelock", arg);
		break;
	}
}

static void parse_search(int key, const char *arg, struct argp_state *state)
{
	static const char *const strengths[] = { "exhaustive", "bounded", "sampled", NULL };
	struct run_args *args = state->input;

	switch (key) {
	case OPTION_STRATEGY:
		parse_strategy(&args->options, arg, state);
		break;
	case OPTION_SEED:
		args->options.seed_given = true;
		args->options.seed = option_number(state, "--seed", arg, 0, LONG_MAX);
		break;
	case OPTION_REQUIRE:
		args->require = (enum strength)option_word(state, "--require", arg, strengths);
		break;
	default:
		parse_bounds(key, arg, state);
		break;
	}
}

static int parse_flag(int key, struct run_args *args, struct argp_state *state)
{
	switch (key) {
	case OPTION_PERMUTATIONS:
		args->options.permutations_only = true;
		return 0;
	case OPTION_FIRST:
		args->options.first = true;
		return 0;
	case OPTION_JSON:
		outputs_parse(&args->outputs, "json", state);
		return 0;
	case OPTION_FAIL_FAST:
		args->fail_fast = true;
		return 0;
	case OPTION_COVERAGE:
		args->options.coverage = true;
		return 0;
	case OPTION_ESTIMATE:
		args->estimate = true;
		return 0;
	case OPTION_VERIFY:
		args->verify = true;
		return 0;
	case OPTION_GIT_BISECT: /* main() has seen it */
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* It prints lines, and shows no executions. */
static void check_verify(const struct run_args *args, struct argp_state *state)
{
	const char *option = args->verify ? "--verify" : "--estimate";

	if (args->verify && args->estimate)
		argp_error(state, "error: --verify or --estimate, not both");
	if ((args->verify || args->estimate) &&
	    (args->outputs.list.count || args->save || args->options.permutations_only))
		argp_error(state,
			   "error: %s judges nothing, so it goes without --json, --output, --save "
			   "and --permutations-only",
			   option);
}

/* Does what a search finds, and whether it can be put together, depend on the option? */
static bool is_of_search(int key)
{
	switch (key) {
	case OPTION_VARIANT:
	case OPTION_CELL:
	case OPTION_PREEMPTIONS:
	case OPTION_STEPS:
	case OPTION_LIMIT:
	case OPTION_LIVELOCK:
	case OPTION_STRATEGY:
	case OPTION_SEED:
	case OPTION_COVERAGE:
	case OPTION_PERMUTATIONS:
	case OPTION_SHARD:
		return true;
	default:
		return false;
	}
}

void run_args_remember(struct run_args *args, const char *name, const char *value)
{
	const struct run_given given = { name, value ? value : "" };

	for (size_t i = 0; i < args->given.count; i++)
		if (!strcmp(args->given.items[i].name, given.name)) {
			args->given.items[i] = given;
			return;
		}
	vec_push(&args->given, given);
}

static const char *name_of(int key)
{
	const struct argp_option *option = options;

	while (option->key != key)
		option++;
	return option->name;
}

/* "2/5": the second of five. */
static void parse_shard(struct run_args *args, const char *arg, struct argp_state *state)
{
	unsigned long index, count = 0;
	char *end;

	index = strtoul(arg, &end, 10);
	if (*arg >= '0' && *arg <= '9' && *end == '/' && end[1] >= '0' && end[1] <= '9')
		count = strtoul(end + 1, &end, 10);
	if (!count || *end || count > SHARDS_MAX || index < 1 || index > count)
		argp_error(
			state,
			"error: --shard takes I/N, as in 2/5, with N up to %u and I up to N, not "
			"'%s'",
			SHARDS_MAX, arg);
	args->shard = (struct explore_shard){ (uint32_t)index - 1, (uint32_t)count };
}

static error_t parse_keep(int key, char *arg, struct argp_state *state)
{
	struct run_args *args = state->input;

	switch (key) {
	case OPTION_CHECKPOINT:
		args->checkpoint = arg;
		return 0;
	case OPTION_RESUME:
		args->resume = arg;
		return 0;
	case OPTION_INTERVAL:
		args->interval =
			(unsigned int)option_number(state, "--interval", arg, 0, UINT32_MAX);
		return 0;
	case OPTION_SHARD:
		parse_shard(args, arg, state);
		return 0;
	case OPTION_OUTPUT:
		outputs_parse(&args->outputs, arg, state);
		return 0;
	default:
		return parse_flag(key, args, state);
	}
}

/* What cannot be kept, or not be put together. */
static void check_keep(const struct run_args *args, struct argp_state *state)
{
	bool kept = args->checkpoint || args->resume;

	if (args->checkpoint && args->resume)
		argp_error(state, "error: --resume goes on writing to its file; give no "
				  "--checkpoint beside it");
	if (kept && (args->options.first || args->verify || args->estimate))
		argp_error(state, "error: what --first, --verify and --estimate do cannot be kept; "
				  "leave out --checkpoint and --resume");
	if (!args->shard.count)
		return;
	if (!kept)
		argp_error(state, "error: --shard leaves its results in a file; say which with "
				  "--checkpoint");
	if (args->options.seconds_max || args->options.memory_max ||
	    args->options.permutations_only)
		argp_error(state, "error: --shard goes without --seconds, --memory and "
				  "--permutations-only");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct run_args *args = state->input;

	if (is_of_search(key))
		run_args_remember(args, name_of(key), arg);
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = args;
		state->child_inputs[1] = &args->output;
		break;
	case ARGP_KEY_ARG:
		vec_push(&args->paths.list, arg);
		break;
	case ARGP_KEY_END:
		check_verify(args, state);
		check_keep(args, state);
		break;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "error: no scenario file or directory given");
		break;
	case OPTION_VARIANT:
		args->variant = arg;
		break;
	case OPTION_CELL:
		args->cell = (int)option_number(state, "--cell", arg, 0, SCENARIO_CELLS_MAX - 1);
		break;
	case OPTION_SAVE:
		args->save = arg;
		break;
	case 'j':
		args->options.jobs =
			(unsigned int)option_number(state, "-j", arg, 1, EXPLORE_JOBS_MAX);
		break;
	case OPTION_PREEMPTIONS:
	case OPTION_STEPS:
	case OPTION_SECONDS:
	case OPTION_MEMORY:
	case OPTION_LIMIT:
	case OPTION_LIVELOCK:
	case OPTION_STRATEGY:
	case OPTION_SEED:
	case OPTION_REQUIRE:
		parse_search(key, arg, state);
		break;
	default:
		return parse_keep(key, arg, state);
	}
	return 0;
}

void run_args_parse(struct run_args *args, int argc, char **argv)
{
	static const struct argp_child children[] = { { &run_fault_argp, 0, NULL, 1 },
						      { &output_argp, 0, NULL, 0 },
						      { 0 } };
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "FILE|DIR...",
		.doc = "Explore scenarios and judge what they show.",
		.children = children,
	};

	*args = (struct run_args){
		.options = { .preemptions_max = -1, .command = cli_command },
		.cell = SELECT_ALL_CELLS,
		.require = STRENGTH_BOUNDED,
		.interval = CHECKPOINT_INTERVAL / 1000,
		.fail = TEXT_INIT,
	};
	option_parse(&argp, argc, argv, args);
}

void run_args_release(struct run_args *args)
{
	vec_release(&args->paths.list);
	vec_release(&args->given);
	text_release(&args->fail);
	vec_release(&args->outputs.list);
}
