/* SPDX-License-Identifier: MIT */
/*
 * cmd_replay.c - "baton replay": one execution, from a line or a .sched file.
 */
#include <limits.h>
#include <string.h>

#include "cli/apart.h"
#include "cli/cli.h"
#include "cli/option.h"
#include "cli/output.h"
#include "cli/recorded.h"
#include "cli/replay_core.h"
#include "cli/replay_gdb.h"
#include "cli/select.h"
#include "scenario/show.h"

struct replay_args {
	struct recorded_args recorded;
	bool tolerant;
	unsigned int times;
	bool bare; /* in this process */
	bool gdb;
	const char *commands; /* of gdb, and no questions asked; NULL: it is talked to */
	bool core;
	bool search; /* all, where the core shows nothing */
};

enum {
	OPTION_TOLERANT = OPTION_KEYS,
	OPTION_GDB,
	OPTION_IN_PROCESS,
	OPTION_TIMES,
	OPTION_CORE,
	OPTION_SEARCH,
};

static const struct argp_option options[] = {
	{ .name = "tolerant", .key = OPTION_TOLERANT, .doc = "bend what no longer fits" },
	{ .name = "core", .key = OPTION_CORE, .doc = "obey only what explain has found" },
	{ .name = "search", .key = OPTION_SEARCH, .doc = "of --core: all, if it shows nothing" },
	{ .name = "gdb",
	  .key = OPTION_GDB,
	  .arg = "COMMANDS",
	  .flags = OPTION_ARG_OPTIONAL,
	  .doc = "stop in gdb at the failing step" },
	{ .name = "in-process",
	  .key = OPTION_IN_PROCESS,
	  .doc = "not in a process of its own: for debuggers" },
	{ .name = "times",
	  .key = OPTION_TIMES,
	  .arg = "N",
	  .doc = "so often: is it the same each time?" },
	{ 0 },
};

static void check_core(const struct replay_args *args, struct argp_state *state)
{
	if (args->search && !args->core)
		argp_error(state, "error: --search is of --core");
	if (args->core && (args->tolerant || args->times || args->gdb))
		argp_error(state, "error: --core follows no schedule: it cannot be combined with "
				  "--tolerant, --times or --gdb");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct replay_args *args = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->recorded;
		break;
	case OPTION_GDB:
		args->gdb = true;
		args->commands = arg;
		break;
	case OPTION_CORE:
		args->core = true;
		break;
	case OPTION_SEARCH:
		args->search = true;
		break;
	case ARGP_KEY_END:
		check_core(args, state);
		break;
	case OPTION_TOLERANT:
		args->tolerant = true;
		break;
	case OPTION_IN_PROCESS:
		args->bare = true;
		break;
	case OPTION_TIMES:
		args->times = (unsigned int)option_number(state, "--times", arg, 1, INT_MAX);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

/* What was bent, and what to type to run the same again. */
static void put_bent(const struct rerun *rerun, struct text *text)
{
	char *command = show_replay_command(rerun->runner, &rerun->schedule, cli_command);

	if (!rerun->bent.length)
		text_add(text, "  the schedule fits as it is\n");
	for (const char *line = rerun->bent.bytes; *line; line += strcspn(line, "\n") + 1)
		text_addf(text, "  bent at %.*s\n", (int)strcspn(line, "\n"), line);
	if (rerun->bent.length)
		text_addf(text, "  replay: %s\n", command);
	free(command);
}

void replay_put(const struct rerun *rerun, const struct output *output, struct text *text)
{
	const struct report_options shown = output_options(output);
	const struct trace *trace = &rerun->trace;

	report_finding(trace, &shown, text);
	text_add(text, "  ");
	report_counts(trace, text);
	text_add(text, "\n\n");
	report_table(trace, &shown, text);
	if (shown.verbose > 0) {
		text_add_char(text, '\n');
		report_stacks(trace, &shown, text);
	}
	text_addf(text, "\n  holds: %s", rerun->held.bytes);
	if (rerun->values.length)
		text_addf(text, "  %s\n", rerun->values.bytes);
}

/* "never lost_dma": what the file says of its execution; NULL: nothing. */
static const char *failure_of(const struct replay_args *args, const struct recorded *recorded)
{
	const char *failure = args->tolerant ? recorded->file.failure : NULL;
	const char *name = failure ? strchr(failure, ' ') : NULL;

	return name ? name + 1 : failure;
}

/* Is @name one of "a, b\n"? */
static bool is_held(const char *held, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = held; *at; at += strspn(at, ", \n")) {
		size_t word = strcspn(at, ", \n");

		if (word == length && !strncmp(at, name, length))
			return true;
		at += word;
	}
	return false;
}

/* What was bent counts as the same only if it shows the same. */
static bool shows_failure(const struct replay_args *args, const struct recorded *recorded,
			  const struct rerun *again)
{
	const char *failure = failure_of(args, recorded);

	if (!failure || !strncmp(recorded->file.failure, "always", strlen("always")))
		return again->anything;
	return is_held(again->held.bytes, failure);
}

static void put_failure(const struct replay_args *args, const struct recorded *recorded,
			const struct rerun *again, struct text *text)
{
	if (failure_of(args, recorded) && !shows_failure(args, recorded, again))
		text_addf(text, "  %s, which the schedule showed, is not shown\n",
			  failure_of(args, recorded));
}

/* Show what the execution came to, or hand it over to gdb. */
static enum code show(const struct replay_args *args, const struct recorded *recorded,
		      const struct rerun *again, struct text *text, struct err *err)
{
	if (args->gdb)
		return replay_gdb(recorded, again, args->commands, err);
	select_title(&recorded->which, text);
	text_add_char(text, '\n');
	if (args->tolerant)
		put_bent(again, text);
	replay_put(again, &args->recorded.output, text);
	put_failure(args, recorded, again, text);
	if (args->times)
		text_addf(text, "  %u times the same\n", args->times);
	if (again->trace.finding.name && !strcmp(again->trace.finding.name, "bug"))
		return CODE_BUG;
	return shows_failure(args, recorded, again) ? CODE_FAIL : CODE_OK;
}

/* Run it again, --times in all. Return: 0 if it was the same each time. */
static int repeat(const struct replay_args *args, const struct recorded *recorded,
		  const struct rerun *first, struct err *err)
{
	int status = 0;

	for (unsigned int i = 2; i <= args->times && !status; i++) {
		struct rerun again;

		status = rerun_scenario(&again, &recorded->which, &recorded->source, err);
		if (!status && (again.trace.hash != first->trace.hash ||
				strcmp(again.held.bytes, first->held.bytes) != 0))
			status = err_add(err,
					 "the execution differs from the first when it is run "
					 "for the %uth time",
					 i);
		rerun_release(&again);
	}
	return status;
}

/* What else can be tried with a schedule that no longer fits. */
static void put_next(const struct recorded *recorded, struct text *text)
{
	struct text core = TEXT_INIT;

	text_add(text, "(--tolerant goes on as near to the schedule as it can");
	if (!replay_core_path(recorded->source.path, &core))
		text_addf(text, "; --core obeys only the orders in\n%s", core.bytes);
	text_add(text, ")\n");
	text_release(&core);
}

static enum code rerun(const struct replay_args *args, const struct recorded *recorded,
		       struct text *text, struct err *err)
{
	struct rerun again;
	enum code code = recorded_run(recorded, &again, err);

	if (code == CODE_DIVERGED)
		put_next(recorded, &err->text);
	else if (code == CODE_OK && repeat(args, recorded, &again, err))
		code = CODE_ERROR;
	else if (code == CODE_OK)
		code = show(args, recorded, &again, text, err);
	rerun_release(&again);
	return code;
}

static int replay(void *arg, struct text *text, struct err *err)
{
	const struct replay_args *args = arg;
	enum code code = CODE_ERROR;
	struct recorded recorded = { 0 };

	if (args->core) {
		code = replay_core(args->recorded.schedules[0], args->search,
				   &args->recorded.output, text, err);
	} else if (!recorded_open(&recorded, args->recorded.schedules[0], &args->recorded, err)) {
		recorded.source.tolerant = args->tolerant;
		recorded.source.in_process = args->bare || args->gdb;
		code = rerun(args, &recorded, text, err);
	}
	recorded_release(&recorded);
	return (int)code;
}

enum code cmd_replay(int argc, char **argv)
{
	static const struct argp_child children[] = { { &recorded_argp, 0, NULL, 0 }, { 0 } };
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "SCHEDULE|FILE.sched",
		.doc = "Run one execution again and look at it.",
		.children = children,
	};
	struct replay_args args = { .recorded = { .cell = -1, .wanted = 1 } };

	option_parse(&argp, argc, argv, &args);
	return apart_run(replay, &args, args.bare || args.gdb);
}
