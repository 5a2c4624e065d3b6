/* SPDX-License-Identifier: MIT */
/*
 * cmd_mutate.c - "baton mutate": would the scenarios notice if a call were missing?
 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/mutate.h"
#include "cli/option.h"
#include "cli/output.h"
#include "cli/select.h"
#include "injectors/fiu.h"
#include "reports/format.h"

#define SECONDS_DEFAULT 10
#define SECONDS_MAX 86400
#define JOBS_MAX 256

struct mutate_args {
	struct option_paths paths;
	bool list;
	const char *kind, *reasons;
	unsigned int jobs, seconds;
	struct output output;
};

enum {
	OPTION_LIST = OPTION_KEYS,
	OPTION_KIND,
	OPTION_REASONS,
	OPTION_SECONDS,
};

static const struct argp_option options[] = {
	{ .name = "list", .key = OPTION_LIST, .doc = "only show which there are" },
	{ .name = "kind", .key = OPTION_KIND, .arg = "WORD", .doc = "only these: lock, get..." },
	{ .name = "reasons",
	  .key = OPTION_REASONS,
	  .arg = "FILE",
	  .doc = "why some need not be killed" },
	{ .name = "seconds",
	  .key = OPTION_SECONDS,
	  .arg = "N",
	  .doc = "for one search of a mutant (10)" },
	{ .key = 'j', .arg = "N", .doc = "mutants that run at once" },
	{ 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct mutate_args *args = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->output;
		break;
	case ARGP_KEY_ARG:
		vec_push(&args->paths.list, arg);
		break;
	case ARGP_KEY_END:
		if (!args->list && !args->paths.list.count)
			argp_error(state, "error: no scenario file or directory given");
		break;
	case 'j':
		args->jobs = (unsigned int)option_number(state, "-j", arg, 1, JOBS_MAX);
		break;
	case OPTION_LIST:
		args->list = true;
		break;
	case OPTION_KIND:
		args->kind = arg;
		break;
	case OPTION_REASONS:
		args->reasons = arg;
		break;
	case OPTION_SECONDS:
		args->seconds =
			(unsigned int)option_number(state, "--seconds", arg, 1, SECONDS_MAX);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

/* Of the run: what tell() needs beside the mutant. */
static struct report_options report_options;
static bool quiet;

static void put_killer(const struct mutant *mutant, struct text *line)
{
	select_title(&mutant->killer->which, line);
	text_addf(line, ": %s", mutant->what);
}

static void put_survivor(const struct mutant *mutant, struct text *line)
{
	if (mutant->ran)
		text_add_counted(line, mutant->ran, "search", "searches");
	else
		text_add(line, "no variant that expects \"never\" reaches it");
	if (mutant->cut)
		text_addf(line, ", %u of them ended by the limit of time", mutant->cut);
	if (mutant->reason)
		text_addf(line, "; %s", mutant->reason);
}

static void tell(const struct mutant *mutant)
{
	static const char *const words[] = {
		[MUTANT_KILLED] = "killed",
		[MUTANT_SURVIVES] = "SURVIVES",
		[MUTANT_UNREACHED] = "UNREACHED",
	};
	bool killed = mutant->state == MUTANT_KILLED;
	struct text text = TEXT_INIT, line = TEXT_INIT;

	if (killed && quiet)
		return;
	text_addf(&line, "%-9s %-8s ", mutant->reason && !killed ? "excused" : words[mutant->state],
		  mutant->place->kind);
	text_add(&line, mutant->name);
	format_paragraph(line.bytes, 0, 21, &report_options, &text);
	text_clear(&line);
	if (killed)
		put_killer(mutant, &line);
	else
		put_survivor(mutant, &line);
	format_paragraph(line.bytes, 19, 21, &report_options, &text);
	output_text(&text);
	fflush(stdout);
	text_release(&text);
	text_release(&line);
}

static void list(const struct mutation *mutation)
{
	struct text text = TEXT_INIT;

	for (size_t i = 0; i < mutation->mutants.count; i++)
		text_addf(&text, "%-8s %s\n", mutation->mutants.items[i].place->kind,
			  mutation->mutants.items[i].name);
	output_text(&text);
	text_release(&text);
}

/* How many, of one kind or all. */
struct tally_of {
	unsigned int all, killed, survive, unreached, excused;
};

static void count(struct tally_of *tally, const struct mutant *mutant)
{
	bool killed = mutant->state == MUTANT_KILLED;

	tally->all++;
	tally->killed += killed;
	tally->excused += !killed && mutant->reason;
	tally->survive += mutant->state == MUTANT_SURVIVES && !mutant->reason;
	tally->unreached += mutant->state == MUTANT_UNREACHED && !mutant->reason;
}

static double percent(unsigned int part, unsigned int whole)
{
	return whole ? 100.0 * part / whole : 0.0;
}

/* Killed are so many of all, and so many of those that nobody excuses. */
static void put_tally(const char *kind, const struct tally_of *tally, struct text *text)
{
	text_addf(text, "%-9s %7u %7u %8u %9u %10u %6.1f %% %10.1f %%\n", kind, tally->all,
		  tally->killed, tally->excused, tally->survive, tally->unreached,
		  percent(tally->killed, tally->all),
		  percent(tally->killed, tally->all - tally->excused));
}

/* Is this the first mutant of its kind? */
static bool begins_kind(const struct mutation *mutation, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (!strcmp(mutation->mutants.items[i].place->kind,
			    mutation->mutants.items[index].place->kind))
			return false;
	return true;
}

/* Return: CODE_FAIL if one is left without a reason. */
static enum code summarize(const struct mutation *mutation)
{
	struct tally_of all = { 0 };
	struct text text = TEXT_INIT;

	text_addf(&text, "\n%-9s %7s %7s %8s %9s %10s %8s %12s\n", "kind", "mutants", "killed",
		  "excused", "survive", "unreached", "of all", "not excused");
	for (size_t i = 0; i < mutation->mutants.count; i++) {
		struct tally_of tally = { 0 };

		count(&all, &mutation->mutants.items[i]);
		if (!begins_kind(mutation, i))
			continue;
		for (size_t k = i; k < mutation->mutants.count; k++)
			if (!strcmp(mutation->mutants.items[k].place->kind,
				    mutation->mutants.items[i].place->kind))
				count(&tally, &mutation->mutants.items[k]);
		put_tally(mutation->mutants.items[i].place->kind, &tally, &text);
	}
	put_tally("all", &all, &text);
	output_text(&text);
	text_release(&text);
	return all.survive || all.unreached ? CODE_FAIL : CODE_OK;
}

/* A reason for what is killed is out of date. */
static void check_reasons(const struct mutation *mutation, struct err *err)
{
	for (size_t i = 0; i < mutation->mutants.count; i++) {
		const struct mutant *mutant = &mutation->mutants.items[i];

		if (mutant->reason && mutant->state == MUTANT_KILLED)
			err_add(err, "'%s' is killed, and needs no reason", mutant->name);
	}
}

static enum code run(struct mutation *mutation, const struct mutate_args *args, struct err *err)
{
	struct paths paths = { 0 };
	enum code code = paths_expand(&paths, &args->paths, err);

	if (inject_fiu_init(err) || mutate_load(mutation, &paths, err)) {
		paths_release(&paths);
		return code_worse(code, CODE_ERROR);
	}
	if (mutate_baseline(mutation, err))
		code = code_worse(code, CODE_FAIL);
	output_err(err);
	mutate_run(mutation, tell);
	code = code_worse(code, summarize(mutation));
	check_reasons(mutation, err);
	if (err->count)
		code = code_worse(code, CODE_ERROR);
	paths_release(&paths);
	return code;
}

enum code cmd_mutate(int argc, char **argv)
{
	static const struct argp_child children[] = { { .argp = &output_argp }, { 0 } };
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = children,
		.args_doc = "FILE|DIR...",
		.doc = "Leave out one call of the model after the other: is it noticed?",
	};
	struct mutate_args args = { .jobs = 1, .seconds = SECONDS_DEFAULT };
	struct mutation mutation;
	struct err err = ERR_INIT;
	enum code code = CODE_OK;

	option_parse(&argp, argc, argv, &args);
	report_options = output_options(&args.output);
	quiet = args.output.quiet;
	mutate_init(&mutation);
	mutation.jobs = args.jobs;
	mutation.seconds = args.seconds;
	if (args.reasons && mutate_read_reasons(&mutation, args.reasons, &err))
		code = CODE_ERROR;
	if (args.kind)
		mutate_choose(&mutation, args.kind);
	if (code == CODE_OK && args.list)
		list(&mutation);
	else if (code == CODE_OK)
		code = run(&mutation, &args, &err);
	output_err(&err);
	mutate_release(&mutation);
	err_release(&err);
	vec_release(&args.paths.list);
	return code;
}
