/* SPDX-License-Identifier: MIT */
#include "cli/why.h"

#include <string.h>

#include "cli/apart.h"
#include "cli/cli.h"
#include "cli/option.h"
#include "cli/select.h"
#include "engine/scout.h"
#include "scenario/show.h"

enum {
	OPTION_FAILURE = OPTION_KEYS,
	OPTION_JSON,
	OPTION_LIMIT,
};

static const struct argp_option options[] = {
	{ .name = "failure", .key = OPTION_FAILURE, .arg = "NAME", .doc = "which, if it has many" },
	{ .name = "json", .key = OPTION_JSON, .doc = "print one JSON document" },
	{ .name = "limit", .key = OPTION_LIMIT, .arg = "N", .doc = "executions of one search" },
	{ .name = "output", .key = 'o', .arg = "FILE", .doc = "save what is found" },
	{ 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct why_args *args = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->recorded;
		break;
	case OPTION_FAILURE:
		args->failure = arg;
		break;
	case OPTION_JSON:
		args->json = true;
		break;
	case OPTION_LIMIT:
		args->limit = option_number(state, "--limit", arg, 1, UINT64_MAX / 2);
		break;
	case 'o':
		args->saved = arg;
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static const struct argp_child children[] = { { &recorded_argp, 0, NULL, 0 }, { 0 } };

const struct argp why_argp = { .options = options, .parser = parse, .children = children };

static enum code fail(int status, const struct err *err)
{
	if (err->bug)
		return CODE_BUG;
	return status > 0 ? CODE_DIVERGED : CODE_ERROR;
}

static enum code open_why(struct why *why, const struct why_args *args, struct err *err)
{
	int status;

	*why = (struct why){ .chosen = args->failure };
	if (recorded_open(&why->recorded, args->recorded.schedules[0], &args->recorded, err))
		return CODE_ERROR;
	why->found = true;
	status = failing_open(&why->failing, &why->recorded.which, &why->recorded.source,
			      args->failure, err);
	if (status)
		return fail(status, err);
	why->small = true;
	status = shrink(&why->failing.subject, &why->failing.schedule, args->limit, &why->shrunk,
			err);
	return status ? fail(status, err) : CODE_OK;
}

static void release(struct why *why)
{
	if (why->small)
		shrink_release(&why->shrunk);
	if (why->found)
		failing_release(&why->failing);
	recorded_release(&why->recorded);
}

struct job {
	const struct why_args *args;
	why_fn tell;
};

static int work(void *arg, struct text *text, struct err *err)
{
	const struct job *job = arg;
	struct why why;
	enum code code;
	int status;

	scout_begin_all();
	code = open_why(&why, job->args, err);
	status = code == CODE_OK ? job->tell(job->args, &why, text, err) : 0;
	if (status)
		code = fail(status, err);
	release(&why);
	return (int)code;
}

enum code why_main(int argc, char **argv, const struct argp *argp, why_fn tell)
{
	struct why_args args = { .recorded = { .cell = -1, .wanted = 1 },
				 .limit = SHRINK_LIMIT_DEFAULT };
	struct job job = { &args, tell };

	option_parse(argp, argc, argv, &args);
	return apart_run(work, &job, false);
}

void why_title(const struct why *why, struct text *text)
{
	select_title(&why->recorded.which, text);
	text_addf(text, ": %s", why->failing.subject.failure);
	if (why->failing.others.length && !why->chosen)
		text_addf(text, "; it shows %s, too: --failure NAME", why->failing.others.bytes);
}

void why_shrunk(const struct why *why, struct text *text)
{
	const struct shrunk *shrunk = &why->shrunk;
	bool smaller = sched_cost_compare(&shrunk->cost, &shrunk->before) < 0;
	char *command;

	text_add(text, "  smallest:   ");
	sched_cost_format(&shrunk->cost, text);
	if (smaller) {
		text_add(text, "\n  before:     ");
		sched_cost_format(&shrunk->before, text);
	}
	text_addf(text, "\n  %s %s\n",
		  shrunk->proved ? "proved:    " : "not proved:", shrunk->because.bytes);
	command = show_replay_command(why->failing.runner, &shrunk->schedule, cli_command);
	text_addf(text, "  replay:     %s\n", command);
	free(command);
}

void why_saved(const struct text *path, const struct text *reason, struct text *text)
{
	if (reason->length)
		text_addf(text, "  not saved:  %s\n", reason->bytes);
	else if (path->length)
		text_addf(text, "  saved:      %s\n", path->bytes);
}

bool why_path(const struct why_args *args, const char *suffix, struct text *path)
{
	const char *schedule = args->recorded.schedules[0];
	size_t length = strlen(schedule);

	if (args->saved) {
		text_add(path, args->saved);
		return true;
	}
	if (length <= 6 || strcmp(schedule + length - 6, ".sched") != 0)
		return false;
	text_addf(path, "%.*s%s", (int)length - 6, schedule, suffix);
	return true;
}
