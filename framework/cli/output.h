/* SPDX-License-Identifier: MIT */
/*
 * output.h - how and where things are printed.
 *
 * Layer: cli. May include: reports, base.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <argp.h>
#include <jansson.h>

#include "base/err.h"
#include "cli/code.h"
#include "reports/report.h"

enum color_when {
	COLOR_AUTO,
	COLOR_ALWAYS,
	COLOR_NEVER,
};

struct output {
	enum color_when color;
	unsigned int width; /* 0: that of the terminal */
	int verbose;
	bool quiet;
};

/* The options for struct output, which is the input: a child of the verb's parser. */
extern const struct argp output_argp;

/**
 * output_options() - what reports need to know.
 *
 * Colour: --color, then NO_COLOR, then CLICOLOR_FORCE, then whether stdout is a terminal.
 * More than ASCII: where the locale's characters (LC_ALL, LC_CTYPE, LANG) are UTF-8.
 * Width: --width, then COLUMNS, then the terminal, then 100.
 */
struct report_options output_options(const struct output *output);

/* Write to stdout and make @text empty. */
void output_text(struct text *text);

/* Write a document to stdout, and a line end, and release it. */
void output_json(json_t *document);

/* Write errors and warnings to stderr, behind what is on stdout, and make @err empty. Also
 * without any it flushes stdout: a BUG ends the process at once. */
void output_err(struct err *err);

/* At the end: CODE_ERROR if stdout could not be written, else @code. */
enum code output_close(enum code code);

/* For atexit(): what argp prints before it exits by itself must be written, too. */
void output_at_exit(void);

#endif
