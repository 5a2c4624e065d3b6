/* SPDX-License-Identifier: MIT */
#include "cli/run_faults.h"

#include <limits.h>
#include <string.h>

enum {
	OPTION_FAIL = OPTION_KEYS + 0x40,
	OPTION_FAULTS,
	OPTION_FAIL_NTH,
};

static const struct argp_option options[] = {
	{ .name = "fail",
	  .key = OPTION_FAIL,
	  .arg = "RULE",
	  .doc = "'mm/alloc_page nth=2': may fail, too" },
	{ .name = "faults",
	  .key = OPTION_FAULTS,
	  .arg = "N",
	  .doc = "at most so many, of any point; or none: no bound" },
	{ .name = "fail-nth",
	  .key = OPTION_FAIL_NTH,
	  .arg = "POINTS",
	  .flags = OPTION_ARG_OPTIONAL,
	  .doc = "fail each pass once, and list what came of it" },
	{ 0 },
};

static void add_fail(struct run_args *args, const char *arg)
{
	text_addf(&args->fail, "%s%s", args->fail.length ? "; " : "", arg);
	run_args_remember(args, "fail", args->fail.bytes);
}

/* One failure at most is what --fail-nth means. */
static void check(struct run_args *args, struct argp_state *state)
{
	if (!args->options.fail_nth)
		return;
	if (args->options.faults_given)
		argp_error(state, "error: --fail-nth fails one pass in each execution, so it goes "
				  "without --faults");
	if (args->verify || args->estimate)
		argp_error(state, "error: --fail-nth goes without --verify and --estimate");
	args->options.faults_given = true;
	args->options.faults_max = 1;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct run_args *args = state->input;

	switch (key) {
	case OPTION_FAIL:
		if (!arg[strspn(arg, " ")])
			argp_error(state, "error: --fail takes what may fail, as in "
					  "'mm/alloc_page nth=2'");
		add_fail(args, arg);
		return 0;
	case OPTION_FAULTS:
		args->options.faults_given = true;
		args->options.faults_max = -1;
		if (strcmp(arg, "none") != 0)
			args->options.faults_max =
				(int)option_number(state, "--faults", arg, 0, INT_MAX);
		run_args_remember(args, "faults", arg);
		return 0;
	case OPTION_FAIL_NTH:
		args->options.fail_nth = true;
		args->fail_nth = arg ? arg : "*";
		run_args_remember(args, "fail-nth", args->fail_nth);
		return 0;
	case ARGP_KEY_END:
		check(args, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp run_fault_argp = { .options = options, .parser = parse };

int run_faults_apply(const struct run_args *args, struct scenario *scenario, struct err *err)
{
	struct faults *faults = &scenario->faults;

	const char *points = args->fail_nth;

	if (args->fail.length && scenario_add_faults(scenario, args->fail.bytes, err))
		return -1;
	if (!args->options.faults_given)
		return 0;
	faults->budget = UINT_MAX;
	if (!points && !args->fail.length && args->options.faults_max)
		points = "*";
	faults->any_times = points != NULL;
	return points ? scenario_add_faults(scenario, points, err) : 0;
}

/* What to say of option @fault now; "*" names no point. */
static void tell(struct run_faults_line *line, const struct scenario *scenario,
		 const struct fault *fault)
{
	struct err err = ERR_INIT;

	if (strcmp(fault->name.text, "*") != 0)
		run_coverage_tell_fault(scenario, fault, &line->reach, &err);
	line->fatal = err.count != 0;
	free(line->told);
	line->told = text_detach(&err.text);
}

void run_faults_note(struct run_faults_lines *lines, const struct scenario *scenario,
		     const struct run_coverage *coverage)
{
	const struct faults *faults = &scenario->faults;
	size_t next = 0;

	for (size_t i = 0; i < faults->list.count; i++) {
		struct run_faults_line *line;

		if (!faults->list.items[i].option)
			continue;
		if (next == lines->list.count)
			vec_push(&lines->list, (struct run_faults_line){ .told = NULL });
		line = &lines->list.items[next++];
		if (i < coverage->faults.count)
			fault_reach_merge(&line->reach, &coverage->faults.items[i]);
		tell(line, scenario, &faults->list.items[i]);
	}
}

int run_faults_check(const struct run_faults_lines *lines, struct err *err)
{
	unsigned int errors = err->count;

	for (size_t i = 0; i < lines->list.count; i++) {
		text_add(&err->text, lines->list.items[i].told);
		err->count += lines->list.items[i].fatal;
	}
	return err->count > errors ? -1 : 0;
}

void run_faults_release(struct run_faults_lines *lines)
{
	for (size_t i = 0; i < lines->list.count; i++)
		free(lines->list.items[i].told);
	vec_release(&lines->list);
}
