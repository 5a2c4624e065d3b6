/* SPDX-License-Identifier: MIT */
/*
 * fuzz_sched.c - a .sched file: read, written, read again, and its CPUs looked up.
 *
 * What was read is written as a text that is read and written as itself.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/sched_file.h"
#include "fuzz/fuzz.h"
#include "fuzz/program.h"

#define PATH "fuzz.sched"

static void resolve(const struct sched_file *file)
{
	struct schedule schedule = { 0 };
	struct err err = ERR_INIT;
	char **names = NULL;
	int status = sched_file_resolve(file, &fuzz_program, PATH, &schedule, &names, &err);

	FUZZ_CHECK((status == 0) == (err.count == 0));
	free(names);
	schedule_release(&schedule);
	err_release(&err);
}

static void write_again(const struct sched_file *file)
{
	struct text text = TEXT_INIT, second = TEXT_INIT;
	struct sched_file again = { 0 };
	struct err err = ERR_INIT;

	sched_file_write(file, &text);
	FUZZ_CHECK(!sched_file_read(&again, PATH, text.bytes, text.length, &err));
	sched_file_write(&again, &second);
	FUZZ_CHECK(!strcmp(text.bytes, second.bytes));
	sched_file_release(&again);
	text_release(&text);
	text_release(&second);
	err_release(&err);
}

void fuzz(const char *bytes, size_t length)
{
	struct sched_file file = { 0 };
	struct err err = ERR_INIT;

	if (!sched_file_read(&file, PATH, bytes, length, &err)) {
		FUZZ_CHECK(!err.count);
		write_again(&file);
		resolve(&file);
	} else {
		FUZZ_CHECK(err.count && strstr(err.text.bytes, PATH ":"));
	}
	sched_file_release(&file);
	err_release(&err);
}
