/* SPDX-License-Identifier: MIT */
#include "api/command_line.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Append how this program is called. Criterion's processes have a name that cannot be called. */
static void put_program(struct text *out)
{
	char path[4096];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);

	path[length < 0 ? 0 : length] = 0;
	text_add_shell(out, access(program_invocation_name, X_OK) && length > 0 ?
				    path :
				    program_invocation_name);
}

void command_line(const struct command_line *line, const struct schedule *schedule,
		  struct text *out)
{
	struct text value = TEXT_INIT;

	text_addf(&value, "%s:", line->program->name);
	schedule_format(schedule, line->program, &value);
	text_addf(out, "%s=", line->variable);
	text_add_shell(out, value.bytes);
	text_add_char(out, ' ');
	put_program(out);
	text_addf(out, "%s%s", *line->arguments ? " " : "", line->arguments);
	text_release(&value);
}

void command_page(const struct baton_program *program, struct text *out)
{
	struct text value = TEXT_INIT;

	text_add(&value, "html:");
	for (const char *at = program->name; *at; at++)
		text_add_char(&value,
			      isalnum((unsigned char)*at) || strchr("._-", *at) ? *at : '_');
	text_add(&value, ".html");
	text_add(out, "BATON_OUTPUT=");
	text_add_shell(out, value.bytes);
	text_add_char(out, ' ');
	text_release(&value);
}
