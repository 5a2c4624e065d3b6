/* SPDX-License-Identifier: MIT */
/*
 * cmd_merge.c - "baton merge": the shards of a run, told as the whole run would have been.
 */
#include <string.h>

#include "cli/cli.h"
#include "cli/run.h"

enum {
	OPTION_SCENARIO = OPTION_KEYS,
	OPTION_REQUIRE,
	OPTION_SAVE,
	OPTION_JSON,
	OPTION_OUTPUT,
};

#define OPTION(text, number, argument, help)                                                  \
	{                                                                                     \
		.name = (text), .key = (number), .arg = (argument), .doc = (help), .group = 1 \
	}

static const struct argp_option options[] = {
	OPTION("scenario", OPTION_SCENARIO, "FILE", "where the scenario is now"),
	OPTION("require", OPTION_REQUIRE, "WORD", "exhaustive, bounded (default), sampled"),
	OPTION("save", OPTION_SAVE, "DIR", "write what is shown to .sched files"),
	OPTION("json", OPTION_JSON, NULL, "print one JSON document"),
	OPTION("output", OPTION_OUTPUT, "FORMAT[:FILE]",
	       "text, html, json, jsonl, ktap, tap, junit"),
	{ 0 },
};

struct merge_args {
	struct output output;
	struct option_paths shards; /* files */
	const char *scenario;
	VEC(const char *) seen; /* file of each shard, NULL: none */
	struct {
		VEC(char *) list; /* for "baton run" */
	} run;
};

static void add(struct merge_args *args, const char *name, const char *value)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "--%s%s%s", name, *value ? "=" : "", value);
	vec_push(&args->run.list, text_detach(&text));
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct merge_args *args = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->output;
		break;
	case ARGP_KEY_ARG:
		vec_push(&args->shards.list, arg);
		break;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "error: no file given that 'baton run --shard' wrote");
		break;
	case OPTION_SCENARIO:
		args->scenario = arg;
		break;
	case OPTION_REQUIRE:
		add(args, "require", arg);
		break;
	case OPTION_SAVE:
		add(args, "save", arg);
		break;
	case OPTION_JSON:
		add(args, "json", "");
		break;
	case OPTION_OUTPUT:
		add(args, "output", arg);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static void parse_args(struct merge_args *args, int argc, char **argv)
{
	static const struct argp_child children[] = { { &output_argp, 0, NULL, 0 }, { 0 } };
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "FILE...",
		.doc = "Join what 'baton run --shard' left in files, and judge the whole.",
		.children = children,
	};

	*args = (struct merge_args){ .scenario = NULL };
	vec_push(&args->run.list, xstrdup(argv[0]));
	option_parse(&argp, argc, argv, args);
}

/* ---- Joining ------------------------------------------------------------------------------ */

static int read_one(struct checkpoint *checkpoint, const char *path, struct err *err)
{
	checkpoint_init(checkpoint);
	checkpoint->path = xstrdup(path);
	return checkpoint_read(checkpoint, err);
}

/* Of "2/5" the 2 and the 5; a run without shards is the only one. */
static struct explore_shard shard_of(const struct checkpoint *checkpoint)
{
	const char *value = checkpoint_option(checkpoint, "shard");
	const char *slash = value ? strchr(value, '/') : NULL;
	struct explore_shard shard = { 0, 1 };

	if (slash) {
		shard.index = (uint32_t)strtoul(value, NULL, 10) - 1;
		shard.count = (uint32_t)strtoul(slash + 1, NULL, 10);
	}
	return shard;
}

/* @path is one of them, and the first of its number. */
static int note_shard(struct merge_args *args, const struct checkpoint *checkpoint,
		      const char *path, struct err *err)
{
	struct explore_shard shard = shard_of(checkpoint);

	if (!args->seen.count)
		for (uint32_t i = 0; i < shard.count && i < SHARDS_MAX; i++)
			vec_push(&args->seen, NULL);
	if (shard.count != args->seen.count || shard.index >= shard.count)
		return err_add(err, "'%s' is not one of %zu shards", path, args->seen.count);
	if (args->seen.items[shard.index])
		return err_add(err, "'%s' and '%s' are the same shard, %u/%u",
			       args->seen.items[shard.index], path, shard.index + 1, shard.count);
	args->seen.items[shard.index] = path;
	return 0;
}

static int check_all_seen(const struct merge_args *args, struct err *err)
{
	int status = 0;

	for (size_t i = 0; i < args->seen.count; i++)
		if (!args->seen.items[i])
			status = err_add(err, "shard %zu/%zu is missing", i + 1, args->seen.count);
	return status;
}

static int join_others(struct merge_args *args, struct checkpoint *joined, struct err *err)
{
	int status = 0;

	for (size_t i = 1; !status && i < args->shards.list.count; i++) {
		struct checkpoint next;

		status = read_one(&next, args->shards.list.items[i], err);
		if (!status)
			status = note_shard(args, &next, args->shards.list.items[i], err);
		if (!status)
			status = checkpoint_join(joined, &next, err);
		checkpoint_release(&next);
	}
	return status;
}

/* What is in the file "a.scn" may be called "b/a.scn" here. */
static int move_scenario(const struct merge_args *args, struct checkpoint *joined, struct err *err)
{
	if (!args->scenario)
		return 0;
	if (joined->scenarios.count != 1)
		return err_add(err,
			       "--scenario is for shards of one scenario, and these are of %zu",
			       joined->scenarios.count);
	free(joined->scenarios.items[0].path);
	joined->scenarios.items[0].path = xstrdup(args->scenario);
	return 0;
}

/* The files and directories that the shards were run with, a line each. */
static void add_files(struct merge_args *args, const char *files)
{
	while (*files) {
		size_t length = strcspn(files, "\n");
		struct text file = TEXT_INIT;

		text_add_bytes(&file, files, length);
		vec_push(&args->run.list, text_detach(&file));
		files += length + (files[length] == '\n');
	}
}

/* The arguments of a "baton run" that does what all shards have done together. */
static void add_run(struct merge_args *args, const struct checkpoint *joined)
{
	const char *files = checkpoint_option(joined, CHECKPOINT_FILES);

	for (size_t i = 0; i < joined->options.count; i++) {
		const struct checkpoint_option *option = &joined->options.items[i];

		if (strcmp(option->name, "shard") != 0 &&
		    strcmp(option->name, CHECKPOINT_FILES) != 0)
			add(args, option->name, option->value);
	}
	vec_push(&args->run.list, xstrdup("--"));
	if (args->scenario)
		vec_push(&args->run.list, xstrdup(args->scenario));
	else
		add_files(args, files ? files : "");
}

static enum code tell(struct merge_args *args, struct checkpoint *joined)
{
	struct run_args run;
	enum code code;

	add_run(args, joined);
	run_args_parse(&run, (int)args->run.list.count, args->run.list.items);
	run.output = args->output;
	free(joined->path);
	joined->path = NULL;
	joined->joined = true;
	code = run_scenarios(&run, joined);
	run_args_release(&run);
	return code;
}

static void release(struct merge_args *args)
{
	for (size_t i = 0; i < args->run.list.count; i++)
		free(args->run.list.items[i]);
	vec_release(&args->run.list);
	vec_release(&args->shards.list);
	vec_release(&args->seen);
}

enum code cmd_merge(int argc, char **argv)
{
	struct merge_args args;
	struct checkpoint joined;
	struct err err = ERR_INIT;
	enum code code = CODE_ERROR;

	parse_args(&args, argc, argv);
	if (!read_one(&joined, args.shards.list.items[0], &err) &&
	    !note_shard(&args, &joined, joined.path, &err) && !join_others(&args, &joined, &err) &&
	    !check_all_seen(&args, &err) && !move_scenario(&args, &joined, &err))
		code = tell(&args, &joined);
	output_err(&err);
	checkpoint_release(&joined);
	err_release(&err);
	release(&args);
	return code;
}
