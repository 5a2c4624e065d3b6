/* SPDX-License-Identifier: MIT */
/*
 * cmd_shrink.c - "baton shrink": the smallest schedule that fails in the same way.
 */
#include "cli/cli.h"
#include "cli/save.h"
#include "cli/why.h"

static int save(const struct why_args *args, struct why *why, struct text *text, struct err *err)
{
	const struct failing *failing = &why->failing;
	const struct save_one one = { .which = &why->recorded.which,
				      .cell = failing->runner->cell_name,
				      .failure = failing->name,
				      .always = failing->always,
				      .schedule = &why->shrunk.schedule,
				      .subject = &failing->subject };
	struct text path = TEXT_INIT;
	int status = 0;

	if (why_path(args, ".min.sched", &path)) {
		status = save_schedule(&one, path.bytes, err);
		text_addf(text, "  saved:      %s\n", path.bytes);
	}
	text_release(&path);
	return status;
}

static int tell(const struct why_args *args, struct why *why, struct text *text, struct err *err)
{
	why_title(why, text);
	text_add_char(text, '\n');
	why_shrunk(why, text);
	return save(args, why, text, err);
}

enum code cmd_shrink(int argc, char **argv)
{
	static const struct argp_child children[] = { { &why_argp, 0, NULL, 0 }, { 0 } };
	static const struct argp argp = {
		.args_doc = "SCHEDULE|FILE.sched",
		.doc = "Find the smallest schedule that fails in the same way.",
		.children = children,
	};

	return why_main(argc, argv, &argp, tell);
}
