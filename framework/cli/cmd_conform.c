/* SPDX-License-Identifier: MIT */
/*
 * cmd_conform.c - "baton conform": does the model answer what kernels answered?
 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/conform.h"
#include "cli/output.h"
#include "conform/kernel.h"
#include "scenario/source.h"

#define SHOWN_DEFAULT 5u
#define RANDOM_DEFAULT 1000u /* of --live, if nothing else is to be run */

enum {
	KEY_KERNEL = OPTION_KEYS,
	KEY_SHOW,
	KEY_EXACT,
};

static const struct argp_option options[] = {
	{ .name = "kernel",
	  .key = KEY_KERNEL,
	  .arg = "V",
	  .doc = "what the model is: 6.1, or '6.1 - PATCH + PATCH + RULE=VALUE'" },
	{ .name = "show",
	  .key = KEY_SHOW,
	  .arg = "N",
	  .doc = "show at most N differing scripts of a file (5)" },
	{ .name = "exact",
	  .key = KEY_EXACT,
	  .doc = "values in pipes must be those that were seen, not only among the expected" },
	{ 0 },
};

/* What is not said; and what goes together. */
static void end(struct conform_args *args, struct argp_state *state)
{
	struct conform_live_args *live = &args->live;

	if (live->generate)
		return;
	if (live->live && !live->random && !args->paths.list.count)
		live->random = RANDOM_DEFAULT;
	if (!args->paths.list.count && !live->random)
		argp_error(state, "error: no file with scripts given, nor --random, --live");
	if (!args->kernel && !live->live)
		argp_error(state, "error: --kernel is missing, as --kernel 6.1");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct conform_args *args = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		vec_push(&args->paths.list, arg);
		break;
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->live;
		break;
	case ARGP_KEY_END:
		end(args, state);
		break;
	case KEY_KERNEL:
		args->kernel = arg;
		break;
	case KEY_SHOW:
		args->show = (unsigned int)option_number(state, "--show", arg, 0, UINT32_MAX);
		break;
	case KEY_EXACT:
		args->exact = true;
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

void conform_print_counts(const struct conform_source *source, const char *as)
{
	const struct conform_counts *counts = &source->counts;
	struct text text = TEXT_INIT;

	text_addf(&text, "%s %s: ", counts->differing ? "FAIL " : "ok   ", source->name);
	text_add_counted(&text, counts->scripts, "script", "scripts");
	text_add(&text, ", ");
	text_add_counted(&text, counts->operations, "operation", "operations");
	text_addf(&text, counts->differing ? "; as %s but for " : ", all as %s", as);
	if (counts->differing)
		text_add_counted(&text, counts->differing, "script", "scripts");
	if (counts->within_set) {
		text_add(&text, "; within what is expected, ");
		text_add_counted(&text, counts->within_set, "value in a pipe", "values in pipes");
	}
	if (source->skipped) {
		text_add(&text, "; ");
		text_add_counted(&text, source->skipped, "script", "scripts");
		text_add(&text, " skipped");
	}
	text_add_char(&text, '\n');
	output_text(&text);
	text_release(&text);
}

/* Return: 0, or -1 with errors. */
static int read_scripts(const char *path, struct conform_scripts *scripts, struct err *err)
{
	struct source source;
	int result;

	if (source_read(&source, path, err))
		return -1;
	if (stalls_are(source.text))
		result = err_add(err,
				 "%s: half-way states are compared with the running kernel: add "
				 "--live; of the model, run scenarios/conform/stalled-*.scn",
				 source.path);
	else
		result = conform_scripts_parse(scripts, source.path, source.text, err);
	source_release(&source);
	return result;
}

static enum code compare_all(const struct conform_scripts *scripts, const char *path,
			     const struct conform_args *args)
{
	struct conform_source source = { .name = path, .counts = { .exact = args->exact } };
	struct text text = TEXT_INIT;

	for (size_t i = 0; i < scripts->list.count; i++) {
		conform_compare(&scripts->list.items[i], path, &source.counts, &text);
		if (text.length && source.counts.differing <= args->show)
			output_text(&text);
		text_clear(&text);
	}
	conform_print_counts(&source, "recorded");
	text_release(&text);
	return source.counts.differing ? CODE_FAIL : CODE_OK;
}

static enum code compare_file(const char *path, const struct conform_args *args, struct err *err)
{
	struct conform_scripts scripts = { 0 };
	enum code code = CODE_ERROR;

	if (read_scripts(path, &scripts, err) == 0)
		code = compare_all(&scripts, path, args);
	conform_scripts_release(&scripts);
	return code;
}

static enum code conform_files(const struct conform_args *args, struct err *err)
{
	unsigned int rules[MODEL_RULES_MAX];
	enum code code = CODE_OK;

	if (conform_kernel_rules(args->kernel, rules, err) || conform_open(rules, true, err))
		return CODE_ERROR;
	for (size_t i = 0; i < args->paths.list.count; i++) {
		code = code_worse(code, compare_file(args->paths.list.items[i], args, err));
		output_err(err);
	}
	if (args->live.random)
		code = code_worse(code, conform_random(args));
	conform_close();
	return code;
}

static enum code conform(const struct conform_args *args, struct err *err)
{
	if (args->live.generate)
		return conform_generate(args);
	return args->live.live ? conform_live(args, err) : conform_files(args, err);
}

enum code cmd_conform(int argc, char **argv)
{
	static const struct argp_child children[] = { { .argp = &conform_live_argp }, { 0 } };
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "FILE...",
		.doc = "Compare what kernels answered to scripts of system calls with what the "
		       "model answers.",
		.children = children,
	};
	struct conform_args args = { .show = SHOWN_DEFAULT };
	struct err err = ERR_INIT;
	enum code code;

	option_parse(&argp, argc, argv, &args);
	code = conform(&args, &err);
	output_err(&err);
	err_release(&err);
	vec_release(&args.paths.list);
	return code;
}
