/* SPDX-License-Identifier: MIT */
#include "cli/keep.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/interrupt.h"

static void add_options(struct checkpoint *checkpoint, const struct run_args *args)
{
	struct text files = TEXT_INIT;

	for (size_t i = 0; i < args->paths.list.count; i++)
		text_addf(&files, "%s%s", i ? "\n" : "", args->paths.list.items[i]);
	checkpoint_add_option(checkpoint, CHECKPOINT_FILES, files.bytes);
	text_release(&files);
	for (size_t i = 0; i < args->given.count; i++)
		checkpoint_add_option(checkpoint, args->given.items[i].name,
				      args->given.items[i].value);
}

/* What is in the file must be of the run that @now describes; then @now takes it over. */
static int resume(struct checkpoint *now, struct err *err)
{
	struct checkpoint then;
	int status;

	checkpoint_init(&then);
	then.path = xstrdup(now->path);
	status = checkpoint_read(&then, err);
	if (!status)
		status = checkpoint_compare(&then, now, NULL, err);
	if (!status)
		checkpoint_take(now, &then);
	checkpoint_release(&then);
	return status;
}

int keep_begin(struct checkpoint *checkpoint, const struct run_args *args, struct err *err)
{
	const char *path = args->resume ? args->resume : args->checkpoint;

	if (!path)
		return 0;
	checkpoint->path = xstrdup(path);
	checkpoint->shard = args->shard;
	checkpoint->interval_ms = args->interval * UINT64_C(1000);
	checkpoint->watch.stop = interrupt_catch();
	add_options(checkpoint, args);
	if (args->resume)
		return resume(checkpoint, err);
	if (access(path, F_OK))
		return checkpoint_write(checkpoint, err);
	return err_add(err, "'%s' is there already: --resume %s goes on with it; or remove it",
		       path, path);
}

int keep_write(struct checkpoint *checkpoint, struct err *err)
{
	if (!checkpoint->path)
		return 0;
	if (!checkpoint->write_err.count)
		return checkpoint_write(checkpoint, err);
	text_add(&err->text, checkpoint->write_err.text.bytes);
	err->count += checkpoint->write_err.count;
	return -1;
}

void keep_tell(const struct checkpoint *checkpoint, const struct run_args *args, struct text *text)
{
	text_addf(text, "interrupted; to go on: %s run", cli_command);
	for (size_t i = 0; i < args->given.count; i++) {
		text_addf(text, " --%s", args->given.items[i].name);
		if (*args->given.items[i].value) {
			text_add_char(text, '=');
			text_add_shell(text, args->given.items[i].value);
		}
	}
	text_add(text, " --resume ");
	text_add_shell(text, checkpoint->path);
	for (size_t i = 0; i < args->paths.list.count; i++) {
		text_add_char(text, ' ');
		text_add_shell(text, args->paths.list.items[i]);
	}
	text_add_char(text, '\n');
}

void keep_tell_shard(const struct checkpoint *checkpoint, const struct variant_result *result,
		     struct text *text)
{
	const struct frontier *frontier = checkpoint->last;
	uint64_t executions = frontier_executions(frontier);
	uint32_t parts = 0;

	for (uint32_t i = 0; i < frontier->parts; i++)
		parts += i % checkpoint->shard.count == checkpoint->shard.index;
	text_addf(text, "%s %s%s%s: shard %u/%u, ", result->scenario, result->variant,
		  result->cell ? " " : "", result->cell ? result->cell : "",
		  checkpoint->shard.index + 1, checkpoint->shard.count);
	text_add_counted(text, executions, "execution", "executions");
	text_addf(text, " in %u of ", parts);
	text_add_counted(text, frontier->parts, "part", "parts");
	text_add_char(text, '\n');
}
