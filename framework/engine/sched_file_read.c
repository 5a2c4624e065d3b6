/* SPDX-License-Identifier: MIT */
/*
 * sched_file_read.c - reads .sched files, line by line and word by word.
 *
 * A line that is wrong is reported and left out; reading goes on behind it.
 */
#include <string.h>

#include "engine/sched_file.h"

/* After so many, the rest is most probably not a .sched file at all. */
#define ERRORS_MAX 20u

struct reader {
	struct sched_file *file;
	const char *path;
	const char *text;        /* of the current line; not terminated */
	size_t length;           /* of the current line, without comment and blanks at its end */
	size_t at;               /* in the current line: what comes next */
	unsigned int line;       /* from 1 */
	unsigned int lines_seen; /* that say something */
	unsigned int errors;
	unsigned int seen; /* bit i: headers[i] was there */
	bool ended;
	struct err *err;
};

struct word {
	const char *start;
	size_t length; /* 0 at the end of the line */
	size_t column; /* from 1 */
};

static int fail(struct reader *reader, size_t column, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static int fail(struct reader *reader, size_t column, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text_addf(&reader->err->text, "%s:%u:%zu: error: ", reader->path, reader->line, column);
	text_vaddf(&reader->err->text, format, args);
	text_add_char(&reader->err->text, '\n');
	va_end(args);
	reader->err->count++;
	reader->errors++;
	return -1;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct word next_word(struct reader *reader)
{
	struct word word;
	size_t start;

	while (reader->at < reader->length && is_blank(reader->text[reader->at]))
		reader->at++;
	start = reader->at;
	while (reader->at < reader->length && !is_blank(reader->text[reader->at]))
		reader->at++;
	word.start = reader->text + start;
	word.length = reader->at - start;
	word.column = start + 1;
	return word;
}

/* Everything up to the end of the line. */
static struct word rest_of(struct reader *reader)
{
	struct word word = next_word(reader);

	if (word.length)
		word.length = reader->length - (word.column - 1);
	reader->at = reader->length;
	return word;
}

static bool word_is(struct word word, const char *string)
{
	return strlen(string) == word.length && !memcmp(word.start, string, word.length);
}

static char *copy(struct word word)
{
	struct text text = TEXT_INIT;

	text_add_bytes(&text, word.start, word.length);
	return text_detach(&text);
}

static bool is_number(struct word word)
{
	for (size_t i = 0; i < word.length; i++)
		if (word.start[i] < '0' || word.start[i] > '9')
			return false;
	return word.length > 0;
}

/* Decimal; false if it is none or larger than @max. */
static bool read_number(struct word word, uint64_t max, uint64_t *number)
{
	uint64_t sum = 0;

	if (!is_number(word))
		return false;
	for (size_t i = 0; i < word.length; i++) {
		uint64_t digit = (uint64_t)(word.start[i] - '0');

		if (sum > (max - digit) / 10)
			return false;
		sum = sum * 10 + digit;
	}
	*number = sum;
	return true;
}

static int expect_end(struct reader *reader)
{
	struct word word = next_word(reader);

	if (!word.length)
		return 0;
	return fail(reader, word.column, "unexpected '%.*s' at the end of the line",
		    (int)word.length, word.start);
}

static int add_line(struct reader *reader, struct sched_line line)
{
	if (reader->file->lines.count < SCHEDULE_ENTRIES_MAX) {
		vec_push(&reader->file->lines, line);
		return 0;
	}
	free(line.cpu);
	free(line.name);
	free(line.place);
	return fail(reader, 1, "more steps than a schedule can have");
}

/* "name @file:line", "name" or "-" */
static void read_point(struct sched_line *line, struct word point)
{
	struct word name = point;

	for (size_t i = point.length; i-- > 1;) {
		struct word place = { point.start + i + 1, point.length - i - 1, 0 };

		if (point.start[i] != '@' || !is_blank(point.start[i - 1]))
			continue;
		line->place = copy(place);
		name.length = i - 1;
		break;
	}
	while (name.length && is_blank(name.start[name.length - 1]))
		name.length--;
	if (!word_is(name, "-"))
		line->name = copy(name);
}

/* "3 dio gup_fast/pte_read"; the number has been read. */
static int read_step(struct reader *reader)
{
	struct word cpu = next_word(reader), point = rest_of(reader);
	struct sched_line line = { .kind = BATON_CHOICE_CPU };

	if (!cpu.length)
		return fail(reader, reader->length + 1, "expected a CPU and a point");
	if (!point.length)
		return fail(reader, reader->length + 1,
			    "expected a point after the CPU, or '-' for any");
	line.cpu = copy(cpu);
	line.line = reader->line;
	line.column = (unsigned int)cpu.column;
	read_point(&line, point);
	return add_line(reader, line);
}

/* "choice fault mm/alloc_page 1"; "choice" has been read. */
static int read_choice(struct reader *reader)
{
	struct word kind = next_word(reader), name = next_word(reader), option = next_word(reader);
	struct sched_line line = { .kind = BATON_CHOICE_FAULT };
	uint64_t number;

	if (word_is(kind, "value"))
		line.kind = BATON_CHOICE_VALUE;
	else if (!word_is(kind, "fault"))
		return fail(reader, kind.column, "expected 'fault' or 'value'");
	if (!name.length)
		return fail(reader, name.column, "expected what was chosen, or '-' for anything");
	if (!read_number(option, BATON_OPTIONS_MAX - 1, &number))
		return fail(reader, option.column,
			    "expected the option picked, a number from 0 to 63");
	line.option = (unsigned int)number;
	line.name = word_is(name, "-") ? NULL : copy(name);
	line.line = reader->line;
	line.column = (unsigned int)name.column;
	if (!add_line(reader, line))
		return expect_end(reader);
	return -1;
}

/* One of "steps=11 switches=4 ..." */
static int read_cost(struct reader *reader, struct word word)
{
	static const char *const keys[] = { "faults", "preemptions", "switches", "steps" };
	size_t equals = 0;
	uint64_t number;

	while (equals < word.length && word.start[equals] != '=')
		equals++;
	for (size_t i = 0; i < ARRAY_SIZE(keys) && equals < word.length; i++) {
		struct word key = { word.start, equals, 0 };
		struct word value = { word.start + equals + 1, word.length - equals - 1, 0 };

		if (!word_is(key, keys[i]) || !read_number(value, UINT32_MAX, &number))
			continue;
		if (i == 0)
			reader->file->faults = (unsigned int)number;
		else if (i == 1)
			reader->file->preemptions = (unsigned int)number;
		else if (i == 2)
			reader->file->switches = number;
		else
			reader->file->steps = number;
		return 0;
	}
	return fail(reader, word.column,
		    "expected faults=N, preemptions=N, switches=N or steps=N, found '%.*s'",
		    (int)word.length, word.start);
}

static int read_costs(struct reader *reader)
{
	struct word word = next_word(reader);
	int result = 0;

	for (; word.length; word = next_word(reader))
		result |= read_cost(reader, word);
	return result;
}

static int read_seed(struct reader *reader)
{
	struct word word = next_word(reader);

	if (!read_number(word, UINT64_MAX, &reader->file->seed))
		return fail(reader, word.column, "expected a number");
	return expect_end(reader);
}

static const char *const headers[] = { "scenario", "hash", "model",   "variant", "cell",
				       "fail",     "seed", "failure", "cost" };

static int fail_key(struct reader *reader, struct word key)
{
	char *written = copy(key);
	const char *nearest = err_nearest(written, headers, ARRAY_SIZE(headers));

	if (nearest)
		fail(reader, key.column, "unknown word '%s'; did you mean '%s'?", written, nearest);
	else
		fail(reader, key.column,
		     "expected a step ('1 cpu point'), a choice, 'end' or a header, found '%s'",
		     written);
	free(written);
	return -1;
}

static int read_header(struct reader *reader, struct word key)
{
	struct sched_file *file = reader->file;
	char **const values[] = { &file->scenario, &file->hash, &file->model, &file->variant,
				  &file->cell,     &file->fail, NULL,         &file->failure };
	struct word value;
	unsigned int i = 0;

	while (i < ARRAY_SIZE(headers) && !word_is(key, headers[i]))
		i++;
	if (i == ARRAY_SIZE(headers))
		return fail_key(reader, key);
	if (reader->seen >> i & 1)
		return fail(reader, key.column, "'%s' is there twice", headers[i]);
	reader->seen |= 1u << i;
	if (!strcmp(headers[i], "seed"))
		return read_seed(reader);
	if (!strcmp(headers[i], "cost"))
		return read_costs(reader);
	value = rest_of(reader);
	if (!value.length)
		return fail(reader, reader->length + 1, "expected a value after '%s'", headers[i]);
	*values[i] = copy(value);
	return 0;
}

/* "schedule 1", the first line that says something */
static int read_version(struct reader *reader, struct word key)
{
	struct word version = next_word(reader);
	uint64_t number;

	if (!word_is(key, "schedule"))
		return fail(reader, key.column, "expected 'schedule %d': this is no .sched file",
			    SCHED_FILE_VERSION);
	if (!read_number(version, UINT32_MAX, &number))
		return fail(reader, version.column, "expected the version, a number");
	if (number != SCHED_FILE_VERSION)
		return fail(reader, version.column, "version %llu; only version %d is understood",
			    (unsigned long long)number, SCHED_FILE_VERSION);
	return expect_end(reader);
}

static int read_line(struct reader *reader)
{
	struct word word = next_word(reader);

	if (!word.length)
		return 0;
	if (memchr(reader->text, 0, reader->length))
		return fail(reader, 1, "a NUL byte in the line");
	if (!reader->lines_seen++)
		return read_version(reader, word);
	if (reader->ended)
		return fail(reader, word.column, "nothing may follow 'end'");
	if (is_number(word))
		return read_step(reader);
	if (word_is(word, "choice"))
		return read_choice(reader);
	if (!word_is(word, "end"))
		return read_header(reader, word);
	reader->ended = true;
	return expect_end(reader);
}

/* Length without a comment (a '#' at the start or behind a blank) and without blanks at the end. */
static size_t useful_length(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] == '#' && (!i || is_blank(text[i - 1])))
			length = i;
	while (length && is_blank(text[length - 1]))
		length--;
	return length;
}

static void fail_empty(struct reader *reader)
{
	reader->line = 1;
	fail(reader, 1, "the file is empty");
}

static void read_lines(struct reader *reader, const char *bytes, size_t length)
{
	const char *end = bytes + length;

	while (bytes < end && reader->errors < ERRORS_MAX) {
		const char *newline = memchr(bytes, '\n', (size_t)(end - bytes));
		const char *stop = newline ? newline : end;

		reader->line++;
		reader->text = bytes;
		reader->length = useful_length(bytes, (size_t)(stop - bytes));
		reader->at = 0;
		/* Without its first line nothing that follows can be understood. */
		if (read_line(reader) && reader->lines_seen == 1)
			return;
		bytes = newline ? newline + 1 : end;
	}
	if (reader->errors == ERRORS_MAX)
		fail(reader, 1, "too many errors, the rest is not read");
	else if (!reader->lines_seen)
		fail_empty(reader);
	else if (!reader->ended)
		fail(reader, 1, "the file is cut short: the line 'end' is missing");
}

int sched_file_read(struct sched_file *file, const char *path, const char *bytes, size_t length,
		    struct err *err)
{
	struct reader reader = { .file = file, .path = path, .err = err };

	sched_file_release(file);
	read_lines(&reader, bytes, length);
	if (!reader.errors)
		return 0;
	sched_file_release(file);
	return -1;
}
