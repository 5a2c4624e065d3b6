/* SPDX-License-Identifier: MIT */
/*
 * cmd_shrink.c - "baton shrink": the smallest schedule that fails in the same way.
 */
#include "cli/cli.h"
#include "cli/save.h"
#include "cli/why_json.h"
#include "reports/json_tree.h"

/* @path: gets where it was saved; empty: nowhere */
static int save(const struct why_args *args, struct why *why, struct text *path, struct err *err)
{
	const struct failing *failing = &why->failing;
	const struct save_one one = { .which = &why->recorded.which,
				      .cell = failing->runner->cell_name,
				      .failure = failing->name,
				      .always = failing->always,
				      .schedule = &why->shrunk.schedule,
				      .subject = &failing->subject };

	if (!why_path(args, ".min.sched", path))
		return 0;
	return save_schedule(&one, path->bytes, err);
}

static int tell(const struct why_args *args, struct why *why, struct text *text, struct err *err)
{
	struct text path = TEXT_INIT, reason = TEXT_INIT;
	int status = save(args, why, &path, err);

	if (status) {
		text_clear(&path);
		text_add(&reason, "see the error");
	}
	if (args->json) {
		json_t *document = why_json(why);

		why_json_saved(document, &path, &reason);
		json_tree_put(document, text);
	} else {
		why_title(why, text);
		text_add_char(text, '\n');
		why_shrunk(why, text);
		why_saved(&path, &reason, text);
	}
	text_release(&path);
	text_release(&reason);
	return status;
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
