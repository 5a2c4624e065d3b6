/* SPDX-License-Identifier: MIT */
#include "cli/replay_gdb.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Beside the command where it is built; in share/ where it is installed. */
static const char *const places[] = { "gdb-baton.py", "../share/baton/gdb-baton.py" };

struct words {
	VEC(char *) list; /* ends with NULL for execvp() */
};

static void add(struct words *words, const char *word)
{
	vec_push(&words->list, word ? xstrdup(word) : NULL);
}

static void words_release(struct words *words)
{
	for (size_t i = 0; i < words->list.count; i++)
		free(words->list.items[i]);
	vec_release(&words->list);
}

/* Return: the path, to be freed; NULL: it is in none of the places. */
static char *find_script(const char *command)
{
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		struct text path = TEXT_INIT;

		text_add_bytes(&path, command, (size_t)(strrchr(command, '/') + 1 - command));
		text_add(&path, places[i]);
		if (!access(path.bytes, R_OK))
			return text_detach(&path);
		text_release(&path);
	}
	return NULL;
}

/* The step in which it goes wrong; the last one if nothing does. */
static unsigned int failing_step(const struct rerun *rerun)
{
	const struct trace *trace = &rerun->trace;
	unsigned int step = trace->steps;

	if (trace->finding.kind != FINDING_NONE)
		step = trace->finding.step;
	else if (rerun->runner->violated_step <= trace->steps)
		step = rerun->runner->violated_step;
	return step ? step : 1;
}

/* "baton cpus; baton bt dio" */
static void add_commands(struct words *words, const char *commands)
{
	while (commands && *commands) {
		size_t length = strcspn(commands, ";");
		struct text command = TEXT_INIT;

		text_add_bytes(&command, commands, length);
		add(words, "-ex");
		add(words, command.bytes);
		text_release(&command);
		commands += length + (commands[length] == ';');
	}
}

/* The same execution, in a process of its own. */
static void add_replay(struct words *words, const char *command, const struct recorded *recorded,
		       const struct rerun *rerun)
{
	struct text schedule = TEXT_INIT, number = TEXT_INIT;

	schedule_format(&rerun->schedule, &rerun->runner->program, &schedule);
	text_addf(&number, "%u", recorded->which.cell);
	add(words, "--args");
	add(words, command);
	add(words, "replay");
	add(words, "--in-process");
	add(words, schedule.bytes);
	add(words, "--scenario");
	add(words, recorded->scenario->source.path);
	add(words, "--variant");
	add(words, recorded->scenario->variants.items[recorded->which.variant].title);
	add(words, "--cell");
	add(words, number.bytes);
	if (recorded->source.steps_bound) {
		text_clear(&number);
		text_addf(&number, "%u", recorded->source.steps_bound);
		add(words, "--steps");
		add(words, number.bytes);
	}
	add(words, NULL);
	text_release(&schedule);
	text_release(&number);
}

enum code replay_gdb(const struct recorded *recorded, const struct rerun *rerun,
		     const char *commands, struct err *err)
{
	static const char *const options[] = { "gdb",
					       "-q",
					       "-nx",
					       "-iex",
					       "set debuginfod enabled off",
					       "-iex",
					       "set disable-randomization off" };
	char *command = realpath("/proc/self/exe", NULL);
	char *script = command ? find_script(command) : NULL;
	struct words words = { 0 };
	struct text go = TEXT_INIT;

	if (!script) {
		err_add(err, "gdb-baton.py is neither beside the command nor in ../share/baton");
		free(command);
		return CODE_ERROR;
	}
	for (size_t i = 0; i < ARRAY_SIZE(options); i++)
		add(&words, options[i]);
	if (commands)
		add(&words, "-batch");
	add(&words, "-x");
	add(&words, script);
	text_addf(&go, "baton step %u", failing_step(rerun));
	add(&words, "-ex");
	add(&words, go.bytes);
	add_commands(&words, commands ? commands : "baton cpus");
	add_replay(&words, command, recorded, rerun);
	fflush(stdout);
	execvp(words.list.items[0], words.list.items);
	err_add(err, "cannot run gdb: %s", strerror(errno));
	words_release(&words);
	text_release(&go);
	free(script);
	free(command);
	return CODE_ERROR;
}
