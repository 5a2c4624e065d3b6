/* SPDX-License-Identifier: MIT */
/*
 * output.h - an execution of the library's user as a file: what BATON_OUTPUT asks for.
 *
 * Layer: api. May include: reports, explain, explore, engine, base.
 */
#ifndef API_OUTPUT_H
#define API_OUTPUT_H

#include "api/session.h"
#include "reports/export.h"

struct output {
	const struct export_format *format;
	const char *path;
};

/* What BATON_OUTPUT says. Return: 1; 0: it is not set; -1: it cannot be meant. */
int output_wanted(struct output *output, struct err *err);

/* Of an execution: the command that runs it again, and the one that explains it. */
struct output_commands {
	const char *replay, *explain;
};

/**
 * output_write() - run an execution, and write it; where the format has room for it, why it fails.
 *
 * Context: @session is open.
 * Return: 0; -1 if it diverges, on a BUG, or if the file cannot be written.
 */
int output_write(const struct output *output, const struct session *session,
		 const struct schedule *schedule, const struct output_commands *commands,
		 struct err *err);

#endif
