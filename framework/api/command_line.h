/* SPDX-License-Identifier: MIT */
/*
 * command_line.h - what to type to have this program answer about one of its executions.
 *
 * Layer: api. May include: engine, base.
 */
#ifndef API_COMMAND_LINE_H
#define API_COMMAND_LINE_H

#include "base/text.h"
#include "baton/program.h"
#include "engine/schedule.h"

struct command_line {
	const char *variable; /* of the environment: "BATON_REPLAY" */
	const struct baton_program *program;
	const char *arguments; /* of the program */
};

/* Append "BATON_REPLAY='bank:m5t1' ./bank ARGUMENTS", for a shell. */
void command_line(const struct command_line *line, const struct schedule *schedule,
		  struct text *out);

/* Append "BATON_OUTPUT=html:bank.html ", whatever a file may be called. */
void command_page(const struct baton_program *program, struct text *out);

#endif
