/* SPDX-License-Identifier: MIT */
#include "cli/replay_core.h"

#include <string.h>
#include <unistd.h>

#include "bisect/by_core.h"
#include "cli/cli.h"
#include "cli/select.h"
#include "scenario/show.h"

#define CORE ".core.scn"
#define SCHED ".sched"

static bool ends_with(const char *path, const char *end)
{
	size_t length = strlen(path);

	return length > strlen(end) && !strcmp(path + length - strlen(end), end);
}

int replay_core_path(const char *schedule, struct text *path)
{
	if (ends_with(schedule, CORE))
		text_add(path, schedule);
	else if (ends_with(schedule, SCHED))
		text_addf(path, "%.*s" CORE, (int)(strlen(schedule) - strlen(SCHED)), schedule);
	return path->length && !access(path->bytes, R_OK) ? 0 : -1;
}

static enum code refuse(const char *schedule, const struct text *path, struct err *err)
{
	if (path->length)
		err_add(err, "there is no '%s'; 'baton explain %s' saves the core", path->bytes,
			schedule);
	else
		err_add(err,
			"--core takes a .core.scn file, or a .sched file with its .core.scn "
			"file beside it, and not '%s'",
			schedule);
	return CODE_ERROR;
}

/* "judged by the core": bisect git tells it of each commit. */
static void put_how(const struct by_core *by, struct text *text)
{
	static const char *const words[] = {
		[BY_CORE] = "the core",
		[BY_NEAREST] = "the core, with the nearest points",
		[BY_SEARCH] = "a search of all",
	};

	if (by->gone.length)
		text_addf(text, "  not reached any more: %s\n", by->gone.bytes);
	for (const char *line = by->instead.bytes; *line; line += strcspn(line, "\n") + 1)
		text_addf(text, "  instead: %.*s\n", (int)strcspn(line, "\n"), line);
	text_addf(text, "  judged by %s: ", words[by->how]);
	if (by->shown) {
		text_add_count(text, by->failing);
		text_add(text, " of ");
		text_add_counted(text, by->executions, "execution", "executions");
		text_addf(text, " show%s %s", by->failing == 1 ? "s" : "", by->failure);
	} else if (by->how == BY_NEAREST) {
		text_addf(text, "none of them shows %s", by->failure);
	} else {
		text_addf(text, "%s is not shown, in ", by->failure);
		text_add_counted(text, by->executions, "execution", "executions");
	}
	text_addf(text, " (%s)\n", strength_name(by->strength));
}

/* Points of it may be gone: then it cannot be loaded as it is. */
static void put_command(const struct by_core *by, const struct rerun *again, struct text *text)
{
	char *command = show_replay_command(again->runner, &again->schedule, cli_command);

	if (!by->instead.length)
		text_addf(text, "  replay: %s\n", command);
	free(command);
}

static int put_shown(const struct by_core *by, const struct output *output, struct text *text,
		     struct err *err)
{
	const struct run_case which = { by->scenario, 0, 0 };
	const struct rerun_source source = { .line = by->schedule,
					     .path = by->scenario->source.path };
	struct rerun again;
	int status = rerun_scenario(&again, &which, &source, err);

	if (!status) {
		put_command(by, &again, text);
		replay_put(&again, output, text);
	}
	rerun_release(&again);
	return status;
}

static enum code conclude(const struct by_core *by)
{
	if (by->shown)
		return CODE_FAIL;
	return by->weak ? CODE_INCONCLUSIVE : CODE_OK;
}

static enum code judge(struct by_core *by, const char *path, const struct output *output,
		       struct text *text, struct err *err)
{
	enum code code = CODE_ERROR;

	if (!by_core_run(by, path, err)) {
		const struct run_case which = { by->scenario, 0, 0 };

		select_title(&which, text);
		text_add_char(text, '\n');
		put_how(by, text);
		code = conclude(by);
		if (by->shown && put_shown(by, output, text, err))
			code = CODE_ERROR;
	}
	return err->bug ? CODE_BUG : code;
}

enum code replay_core(const char *schedule, bool search, const struct output *output,
		      struct text *text, struct err *err)
{
	struct by_core by;
	struct text path = TEXT_INIT;
	enum code code;

	by_core_init(&by, cli_models, cli_command);
	by.search_all = search;
	if (replay_core_path(schedule, &path))
		code = refuse(schedule, &path, err);
	else
		code = judge(&by, path.bytes, output, text, err);
	by_core_release(&by);
	text_release(&path);
	return code;
}
