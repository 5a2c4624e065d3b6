/* SPDX-License-Identifier: MIT */
/*
 * cmd_explain.c - "baton explain": which orders make an execution fail.
 */
#include "cli/cli.h"
#include "cli/save.h"
#include "cli/why.h"
#include "explain/story.h"
#include "scenario/core_scn.h"

/* The core as a scenario, in a file or, without one, its order block. */
static int save(const struct why_args *args, struct why *why, const struct core *core,
		struct text *text, struct err *err)
{
	const struct core_scn wanted = { .which = &why->recorded.which,
					 .core = core,
					 .program = why->failing.subject.program,
					 .failure = why->failing.name,
					 .models = cli_models,
					 .limit = args->limit };
	struct text scenario = TEXT_INIT, path = TEXT_INIT, none = TEXT_INIT;
	int status = 0;

	if (why_path(args, ".core.scn", &path))
		status = core_scn_write(&wanted, &scenario, &none, err);
	if (!status && path.length)
		status = save_text(path.bytes, &scenario, err);
	if (none.length)
		text_addf(text, "  not saved: %s\n", none.bytes);
	else if (!status && path.length)
		text_addf(text, "  saved:      %s\n", path.bytes);
	text_release(&scenario);
	text_release(&path);
	text_release(&none);
	return status < 0 ? -1 : 0;
}

static int explain(const struct why_args *args, struct why *why, struct text *text, struct err *err)
{
	const struct subject *subject = &why->failing.subject;
	const struct core_limits limits = { .obeying = args->limit };
	struct core core;
	int status;

	status = core_find(subject, &why->shrunk.schedule, &limits, &core, err);
	if (!status) {
		why_title(why, text);
		text_add_char(text, '\n');
		why_shrunk(why, text);
		text_add_char(text, '\n');
		status = story_write(subject, &why->shrunk.schedule, &core, text, err);
	}
	failing_close(&why->failing);
	if (!status && core.explained)
		status = save(args, why, &core, text, err);
	core_release(&core);
	return status;
}

enum code cmd_explain(int argc, char **argv)
{
	static const struct argp_child children[] = { { &why_argp, 0, NULL, 0 }, { 0 } };
	static const struct argp argp = {
		.args_doc = "SCHEDULE|FILE.sched",
		.doc = "Say which orders of accesses make an execution fail.",
		.children = children,
	};

	return why_main(argc, argv, &argp, explain);
}
