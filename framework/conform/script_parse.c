/* SPDX-License-Identifier: MIT */
/* script_parse.c - scripts from text, with all of their mistakes. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "conform/script.h"

#define WORD_SHOWN 30 /* bytes of a word that a message repeats */

/* What is known of a process while a line is read. */
enum life {
	LIFE_NONE,
	LIFE_BEGUN,
	LIFE_ENDED,
};

struct reader {
	const char *path;
	unsigned int line;
	const char *begin; /* of the line */
	const char *end;   /* of the line */
	const char *at;    /* what comes next */
	enum life life[CONFORM_PROCESSES];
	uint8_t parent[CONFORM_PROCESSES];
	struct err *err;
};

static int fail(const struct reader *reader, const char *at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static int fail(const struct reader *reader, const char *at, const char *format, ...)
{
	va_list args;

	text_addf(&reader->err->text, "%s:%u:%zu: error: ", reader->path, reader->line,
		  (size_t)(at - reader->begin) + 1);
	va_start(args, format);
	text_vaddf(&reader->err->text, format, args);
	va_end(args);
	text_add_char(&reader->err->text, '\n');
	reader->err->count++;
	return -1;
}

/* The word at @at, up to the next blank, for a message. */
static int shown(const struct reader *reader, const char *at)
{
	int length = 0;

	while (at + length < reader->end && at[length] != ' ' && length < WORD_SHOWN)
		length++;
	return length;
}

static bool take(struct reader *reader, const char *string)
{
	size_t length = strlen(string);

	if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, string, length) != 0)
		return false;
	reader->at += length;
	return true;
}

/* Digits; more than five are cut. */
static bool take_digits(struct reader *reader, int *number)
{
	const char *from = reader->at;

	for (*number = 0; reader->at < reader->end && isdigit((unsigned char)*reader->at);
	     reader->at++)
		if (reader->at - from < 5)
			*number = *number * 10 + (*reader->at - '0');
	return reader->at > from;
}

static int read_answer(struct reader *reader, int16_t *answer)
{
	const char *from = reader->at;
	bool negative = take(reader, "-");
	int number;

	if (!take_digits(reader, &number) || number > INT16_MAX)
		return fail(reader, from,
			    "expected what the operation answers, as 1 or -14, not '%.*s'",
			    shown(reader, from), from);
	*answer = (int16_t)(negative ? -number : number);
	return 0;
}

static unsigned int arg_limit(enum conform_arg arg)
{
	switch (arg) {
	case CONFORM_ARG_PAGE:
		return CONFORM_PAGES;
	case CONFORM_ARG_VALUE:
		return UINT8_MAX + 1;
	case CONFORM_ARG_PIPE:
		return CONFORM_PIPES;
	case CONFORM_ARG_BLOCK:
		return CONFORM_BLOCKS;
	case CONFORM_ARG_PROCESS:
		return CONFORM_PROCESSES;
	case CONFORM_ARG_BACKING:
		return CONFORM_FILE_SHARED + 1;
	case CONFORM_ARG_NONE:
	default:
		return 0;
	}
}

static const char *arg_name(enum conform_arg arg)
{
	static const char *const names[] = {
		[CONFORM_ARG_NONE] = "",
		[CONFORM_ARG_PAGE] = "a page",
		[CONFORM_ARG_VALUE] = "a value",
		[CONFORM_ARG_PIPE] = "a pipe",
		[CONFORM_ARG_BLOCK] = "a block of the disk",
		[CONFORM_ARG_PROCESS] = "a process",
		[CONFORM_ARG_BACKING] = "what is mapped (3 is a shared file)",
	};

	return names[arg];
}

static int read_process_arg(struct reader *reader, uint8_t *process)
{
	const char *from = reader->at;
	int number = from < reader->end ? *from - 'A' : -1;

	if (number < 0 || number >= CONFORM_PROCESSES)
		return fail(reader, from, "expected a process, A to C, not '%.*s'",
			    shown(reader, from), from);
	reader->at++;
	*process = (uint8_t)number;
	return 0;
}

static int read_arg(struct reader *reader, enum conform_arg arg, uint8_t *value)
{
	const char *from = reader->at;
	unsigned int limit = arg_limit(arg);
	int number;

	if (arg == CONFORM_ARG_PROCESS)
		return read_process_arg(reader, value);
	if (!take_digits(reader, &number) || (unsigned int)number >= limit)
		return fail(reader, from, "expected %s, 0 to %u, not '%.*s'", arg_name(arg),
			    limit - 1, shown(reader, from), from);
	*value = (uint8_t)number;
	return 0;
}

static int read_args(struct reader *reader, struct conform_op *op)
{
	const struct conform_kind *kind = &conform_kinds[op->what];

	while (reader->at < reader->end && *reader->at == ':') {
		enum conform_arg arg = CONFORM_ARG_NONE;

		if (op->args < CONFORM_ARGS)
			arg = kind->args[op->args];
		if (arg == CONFORM_ARG_NONE)
			return fail(reader, reader->at, "'%s' takes %s", kind->name,
				    op->args ? "no more arguments" : "no argument");
		reader->at++;
		if (read_arg(reader, arg, &op->arg[op->args]))
			return -1;
		op->args++;
	}
	if (op->args < kind->needed)
		return fail(reader, reader->at, "'%s' needs ':' and %s", kind->name,
			    arg_name(kind->args[op->args]));
	return 0;
}

static int read_expected(struct reader *reader, struct conform_op *op)
{
	const char *from = reader->at;

	if (!take(reader, "="))
		return 0;
	do {
		if (op->expected_n == CONFORM_EXPECTED_MAX)
			return fail(reader, from, "more than %d expected answers",
				    CONFORM_EXPECTED_MAX);
		if (read_answer(reader, &op->expected[op->expected_n]))
			return -1;
		op->expected_n++;
	} while (take(reader, "|"));
	return 0;
}

static int read_seen(struct reader *reader, struct conform_op *op)
{
	const char *from;
	bool marked, differs;

	if (!take(reader, "->"))
		return 0;
	op->has_seen = true;
	if (read_answer(reader, &op->seen))
		return -1;
	from = reader->at;
	marked = take(reader, "(!!)");
	differs = op->expected_n && !conform_op_expects(op, op->seen);
	if (marked != differs)
		return fail(reader, from, "%s, as %d is %samong the expected answers",
			    marked ? "no '(!!)' belongs here" : "'(!!)' is missing", op->seen,
			    differs ? "not " : "");
	return 0;
}

static int read_name(struct reader *reader, struct conform_op *op)
{
	const char *from = reader->at;
	const char *names[CONFORM_WHATS], *nearest;
	char word[WORD_SHOWN + 1];
	size_t length = 0;

	while (length < WORD_SHOWN && from + length < reader->end &&
	       islower((unsigned char)from[length]))
		length++;
	memcpy(word, from, length);
	word[length] = 0;
	for (unsigned int what = 0; what < CONFORM_WHATS; what++) {
		names[what] = conform_kinds[what].name;
		if (strcmp(word, names[what]) != 0)
			continue;
		op->what = (uint8_t)what;
		reader->at += length;
		return 0;
	}
	nearest = *word ? err_nearest(word, names, CONFORM_WHATS) : NULL;
	return fail(reader, from, "no operation '%.*s'%s%s%s", shown(reader, from), from,
		    nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
}

/* The process that the operation is about. */
static int check_other(struct reader *reader, const struct conform_op *op, const char *from)
{
	enum life *other = &reader->life[op->arg[0]];
	char name = (char)('A' + op->arg[0]);

	if (op->what == CONFORM_FORK && *other != LIFE_NONE)
		return fail(reader, from, "%c exists already", name);
	if (op->what == CONFORM_FORK) {
		*other = LIFE_BEGUN;
		reader->parent[op->arg[0]] = op->process;
	}
	if (*other == LIFE_NONE)
		return fail(reader, from, "%c does not exist yet", name);
	if (op->what == CONFORM_REAP && *other == LIFE_BEGUN &&
	    reader->parent[op->arg[0]] == op->process && op->arg[0] != op->process)
		return fail(reader, from, "it would never return: write %c.exit before it", name);
	return 0;
}

/* Can this process do this now? Notes what becomes of processes. */
static int check_life(struct reader *reader, const struct conform_op *op, const char *from)
{
	const struct conform_kind *kind = &conform_kinds[op->what];

	if (op->process == CONFORM_DRIVER)
		return kind->driver ? 0 : fail(reader, from, "D cannot '%s'", kind->name);
	if (!kind->process)
		return fail(reader, from, "'%s' is for D only", kind->name);
	if (reader->life[op->process] == LIFE_NONE)
		return fail(reader, from, "%c does not exist yet; write A.fork:%c before it",
			    'A' + op->process, 'A' + op->process);
	if (reader->life[op->process] == LIFE_ENDED)
		return fail(reader, from, "%c has ended", 'A' + op->process);
	if (op->what == CONFORM_EXIT)
		reader->life[op->process] = LIFE_ENDED;
	return kind->args[0] == CONFORM_ARG_PROCESS ? check_other(reader, op, from) : 0;
}

static int read_op(struct reader *reader, struct conform_op *op)
{
	const char *from = reader->at;
	int process = *from - 'A';

	if (process < 0 || process > CONFORM_DRIVER || from + 1 == reader->end || from[1] != '.')
		return fail(reader, from, "expected an operation, as A.w:1, not '%.*s'",
			    shown(reader, from), from);
	op->process = (uint8_t)process;
	reader->at += 2;
	if (read_name(reader, op) || read_args(reader, op) || read_expected(reader, op) ||
	    read_seen(reader, op))
		return -1;
	if (reader->at < reader->end && *reader->at != ' ')
		return fail(reader, reader->at, "expected a blank, not '%.*s'",
			    shown(reader, reader->at), reader->at);
	return check_life(reader, op, from);
}

/* "NAME : "; the name may have blanks. */
static int read_script_name(struct reader *reader, struct conform_script *script)
{
	const char *colon = reader->begin;
	struct text name = TEXT_INIT;

	while (colon + 1 < reader->end && memcmp(colon, " :", 2) != 0)
		colon++;
	if (colon + 1 >= reader->end || colon == reader->begin)
		return fail(reader, reader->begin, "expected 'NAME : OPERATION ...'");
	text_add_bytes(&name, reader->begin, (size_t)(colon - reader->begin));
	script->name = text_detach(&name);
	reader->at = colon + 2;
	return 0;
}

int conform_script_parse(struct conform_script *script, const char *path, unsigned int line,
			 const char *text, struct err *err)
{
	struct reader reader = {
		.path = path,
		.line = line,
		.begin = text,
		.end = text + strcspn(text, "\n"),
		.at = text,
		.err = err,
	};
	unsigned int before = err->count;

	script->line = line;
	reader.life[0] = LIFE_BEGUN;
	if (read_script_name(&reader, script))
		return -1;
	for (;;) {
		struct conform_op op = { 0 };

		reader.at += strspn(reader.at, " ");
		if (reader.at >= reader.end)
			break;
		if (read_op(&reader, &op) == 0)
			vec_push(&script->ops, op);
		reader.at += strcspn(reader.at, " \n");
	}
	if (!script->ops.count && err->count == before)
		return fail(&reader, reader.begin, "a script without operations");
	return err->count == before ? 0 : -1;
}

int conform_scripts_parse(struct conform_scripts *scripts, const char *path, const char *text,
			  struct err *err)
{
	unsigned int before = err->count;

	for (unsigned int line = 1; *text; line++) {
		struct conform_script script = { 0 };
		size_t length = strcspn(text, "\n");

		if (length && *text != '#') {
			if (conform_script_parse(&script, path, line, text, err) == 0)
				vec_push(&scripts->list, script);
			else
				conform_script_release(&script);
		}
		text += length + (text[length] == '\n');
	}
	if (err->count != before)
		return -1;
	return scripts->list.count ? 0 : err_add(err, "%s: no scripts in it", path);
}
