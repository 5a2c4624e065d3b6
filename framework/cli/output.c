/* SPDX-License-Identifier: MIT */
#include "cli/output.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/option.h"
#include "reports/json_tree.h"

#define WIDTH_DEFAULT 100u
#define WIDTH_MIN 60u
#define WIDTH_MAX 200u

enum {
	OPTION_COLOR = OPTION_KEYS + 0x80,
	OPTION_WIDTH,
};

static const struct argp_option options[] = {
	{ .name = "verbose",
	  .key = 'v',
	  .doc = "show every step and execution, and stacks",
	  .group = 9 },
	{ .name = "quiet", .key = 'q', .doc = "show less", .group = 9 },
	{ .name = "color",
	  .key = OPTION_COLOR,
	  .arg = "WHEN",
	  .doc = "auto, always or never",
	  .group = 9 },
	{ .name = "width", .key = OPTION_WIDTH, .arg = "N", .doc = "columns, 60-200", .group = 9 },
	{ 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	static const char *const words[] = { "auto", "always", "never", NULL };
	struct output *output = state->input;

	switch (key) {
	case 'v':
		output->verbose++;
		break;
	case 'q':
		output->quiet = true;
		break;
	case OPTION_COLOR:
		output->color = (enum color_when)option_word(state, "--color", arg, words);
		break;
	case OPTION_WIDTH:
		output->width =
			(unsigned int)option_number(state, "--width", arg, WIDTH_MIN, WIDTH_MAX);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

const struct argp output_argp = { .options = options, .parser = parse };

/* Is the variable set, and not empty? */
static bool is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

static bool wants_color(enum color_when when)
{
	const char *force = getenv("CLICOLOR_FORCE"), *terminal = getenv("TERM");

	if (when != COLOR_AUTO)
		return when == COLOR_ALWAYS;
	if (is_set("NO_COLOR"))
		return false;
	if (force && *force && strcmp(force, "0") != 0)
		return true;
	return isatty(STDOUT_FILENO) && terminal && strcmp(terminal, "dumb") != 0;
}

static unsigned int clamp_width(unsigned long width)
{
	if (width < WIDTH_MIN)
		return WIDTH_MIN;
	return width > WIDTH_MAX ? WIDTH_MAX : (unsigned int)width;
}

static unsigned int find_width(void)
{
	const char *columns = getenv("COLUMNS");
	unsigned long number = columns ? strtoul(columns, NULL, 10) : 0;
	struct winsize size;

	if (number)
		return clamp_width(number);
	if (isatty(STDOUT_FILENO) && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col)
		return clamp_width(size.ws_col);
	return WIDTH_DEFAULT;
}

/* The locale of characters alone: numbers and messages stay as they are. */
static bool has_unicode(void)
{
	return setlocale(LC_CTYPE, "") && !strcmp(nl_langinfo(CODESET), "UTF-8");
}

struct report_options output_options(const struct output *output)
{
	return (struct report_options){
		.color = wants_color(output->color),
		.unicode = has_unicode(),
		.verbose = output->verbose,
		.width = output->width ? output->width : find_width(),
	};
}

/* Of the first write to stdout that failed; 0: none has. */
static int write_error;

static void note(bool failed)
{
	if (failed && !write_error)
		write_error = errno ? errno : EIO;
}

static void flush(void)
{
	errno = 0;
	note(fflush(stdout) != 0);
}

void output_text(struct text *text)
{
	errno = 0;
	note(fwrite(text->bytes, 1, text->length, stdout) != text->length);
	text_clear(text);
}

void output_err(struct err *err)
{
	flush();
	fwrite(err->text.bytes, 1, err->text.length, stderr);
	text_clear(&err->text);
	err->count = 0;
	err->bug = false;
}

/* Was what there is to tell about stdout told? */
static bool is_closed;

enum code output_close(enum code code)
{
	is_closed = true;
	flush();
	/* What argp and the help print. */
	errno = 0;
	note(ferror(stdout) != 0);
	if (!write_error)
		return code;
	fprintf(stderr, "baton: error: cannot write the result: %s\n", strerror(write_error));
	return code_worse(code, CODE_ERROR);
}

void output_at_exit(void)
{
	if (!is_closed && output_close(CODE_OK) != CODE_OK)
		_Exit(CODE_ERROR);
}

void output_json(json_t *document)
{
	struct text text = TEXT_INIT;

	json_tree_put(document, &text);
	output_text(&text);
	text_release(&text);
}
