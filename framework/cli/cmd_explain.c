/* SPDX-License-Identifier: MIT */
/*
 * cmd_explain.c - "baton explain": which orders make an execution fail.
 */
#include <string.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "cli/save.h"
#include "cli/why.h"
#include "cli/why_json.h"
#include "explain/story.h"
#include "reports/json_tree.h"
#include "scenario/core_scn.h"

struct explanation {
	struct core core;
	struct against against;
	struct text path, reason; /* where it was saved, or why not */
};

/* The core as a scenario. */
static int save(const struct why_args *args, struct why *why, struct explanation *found,
		struct err *err)
{
	const struct core_scn wanted = { .failing = &why->failing,
					 .core = &found->core,
					 .models = cli_models,
					 .limit = args->limit };
	struct text scenario = TEXT_INIT;
	int status;

	if (!found->core.explained || !why_path(args, ".core.scn", &found->path))
		return 0;
	status = core_scn_write(&wanted, &scenario, &found->reason, err);
	if (!status)
		status = save_text(found->path.bytes, &scenario, err);
	if (status < 0)
		text_add(&found->reason, "see the error");
	if (found->reason.length)
		text_clear(&found->path);
	text_release(&scenario);
	return status < 0 ? -1 : 0;
}

/* Its schedule, in the words of the program of @why. */
static int read_passing(const struct why_args *args, const struct why *why,
			struct recorded *recorded, struct schedule *passing, struct err *err)
{
	const struct run_case *which = &why->recorded.which;
	struct recorded_args wanted = args->recorded;
	char **points = NULL;
	int status;

	if (!recorded_is_file(args->against)) {
		wanted.scenario = which->scenario->source.path;
		wanted.variant = which->scenario->variants.items[which->variant].title;
		wanted.cell = (int)which->cell;
	}
	if (recorded_open(recorded, args->against, &wanted, err))
		return -1;
	if (strcmp(recorded->scenario->name.text, which->scenario->name.text) != 0 ||
	    recorded->which.variant != which->variant || recorded->which.cell != which->cell)
		return err_add(err, "--against '%s' is of another scenario, variant or cell",
			       args->against);
	status = rerun_read(&recorded->source, why->failing.subject.program, passing, &points, err);
	free(points);
	return status;
}

/* What is different from a schedule that passes? Return: 0; 1 if that diverged; or -1. */
static int compare(const struct why_args *args, struct why *why, struct against *against,
		   struct err *err)
{
	struct recorded recorded = { .scenario = NULL };
	struct schedule passing = { 0 };
	int status = read_passing(args, why, &recorded, &passing, err);

	if (!status)
		status = against_find(against, &why->failing.subject, &why->shrunk.schedule,
				      &passing, err);
	if (status)
		err_add(err, "(that is --against %s)", args->against);
	schedule_release(&passing);
	recorded_release(&recorded);
	return status;
}

static int write_text(const struct why_args *args, struct why *why, struct explanation *found,
		      struct text *text, struct err *err)
{
	const struct subject *subject = &why->failing.subject;
	struct text story = TEXT_INIT;
	int status = story_write(subject, &why->shrunk.schedule, &found->core, &story, err);

	why_title(why, text);
	text_add_char(text, '\n');
	why_shrunk(why, text);
	text_addf(text, "\n%s", story.bytes);
	text_release(&story);
	if (args->against) {
		text_add_char(text, '\n');
		against_write(&found->against, subject->program, args->against, text);
	}
	failing_close(&why->failing);
	if (!status)
		status = save(args, why, found, err);
	why_saved(&found->path, &found->reason, text);
	return status;
}

static int write_json(const struct why_args *args, struct why *why, struct explanation *found,
		      struct text *text, struct err *err)
{
	json_t *document = why_json(why);
	int status;

	why_json_core(document, why, &found->core);
	if (args->against)
		why_json_against(document, why, &found->against, args->against);
	failing_close(&why->failing);
	status = save(args, why, found, err);
	why_json_saved(document, &found->path, &found->reason);
	json_tree_put(document, text);
	return status;
}

static int explain(const struct why_args *args, struct why *why, struct text *text, struct err *err)
{
	const struct core_limits limits = { .obeying = args->limit };
	struct explanation found = { .path = TEXT_INIT, .reason = TEXT_INIT };
	int status = 0;

	/* First, as nothing is told where that schedule is no good. */
	if (args->against)
		status = compare(args, why, &found.against, err);
	if (!status)
		status = core_find(&why->failing.subject, &why->shrunk.schedule, &limits,
				   &found.core, err);
	if (!status)
		status = args->json ? write_json(args, why, &found, text, err) :
				      write_text(args, why, &found, text, err);
	core_release(&found.core);
	against_release(&found.against);
	text_release(&found.path);
	text_release(&found.reason);
	return status;
}

enum {
	OPTION_AGAINST = OPTION_KEYS + 0x20,
};

static const struct argp_option options[] = {
	{ .name = "against",
	  .key = OPTION_AGAINST,
	  .arg = "SCHEDULE|FILE.sched",
	  .doc = "what makes the difference to this one, which passes" },
	{ 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct why_args *args = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = args;
		return 0;
	case OPTION_AGAINST:
		args->against = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

enum code cmd_explain(int argc, char **argv)
{
	static const struct argp_child children[] = { { &why_argp, 0, NULL, 0 }, { 0 } };
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "SCHEDULE|FILE.sched",
		.doc = "Say which orders of accesses make an execution fail.",
		.children = children,
	};

	return why_main(argc, argv, &argp, explain);
}
