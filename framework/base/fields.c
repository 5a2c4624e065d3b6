/* SPDX-License-Identifier: MIT */
#include "base/fields.h"

#include <string.h>

void fields_init(struct fields *fields, const char *path, const char *text)
{
	*fields = (struct fields){ .path = path, .begin = text, .next = text };
}

bool fields_over(const struct fields *fields)
{
	return !*fields->next;
}

static size_t word_length(const char *at)
{
	return strcspn(at, " \n");
}

/* For messages: a word of a broken file may be anything. */
static int shown(const char *at)
{
	size_t length = word_length(at);

	for (size_t i = 0; i < length; i++)
		if (at[i] < ' ' || at[i] > '~')
			length = i;
	return length < 40 ? (int)length : 40;
}

int fields_fail(const struct fields *fields, struct err *err, const char *format, ...)
{
	const char *at = fields->at ? fields->at : fields->begin;
	va_list args;

	text_addf(&err->text, "%s:%u:%zu: error: ", fields->path, fields->line ? fields->line : 1,
		  (size_t)(at - fields->begin) + 1);
	va_start(args, format);
	text_vaddf(&err->text, format, args);
	va_end(args);
	text_add_char(&err->text, '\n');
	err->count++;
	return -1;
}

void fields_skip(struct fields *fields)
{
	fields->begin = fields->at = fields->next;
	fields->next += strcspn(fields->next, "\n");
	fields->next += *fields->next != 0;
	fields->line++;
}

bool fields_is(const struct fields *fields, const char *word)
{
	return !fields_over(fields) && word_length(fields->next) == strlen(word) &&
	       !strncmp(fields->next, word, strlen(word));
}

/* Behind a word: the blank between it and the next one is read over. */
static void pass(struct fields *fields, size_t length)
{
	fields->at += length;
	if (*fields->at == ' ')
		fields->at++;
}

bool fields_take(struct fields *fields, const char *word)
{
	if (!fields_is(fields, word))
		return false;
	fields_skip(fields);
	pass(fields, strlen(word));
	return true;
}

int fields_expect(struct fields *fields, const char *word, struct err *err)
{
	if (fields_take(fields, word))
		return 0;
	if (fields_over(fields))
		return fields_fail(fields, err, "the text ends where '%s' is expected", word);
	fields_skip(fields);
	return fields_fail(fields, err, "expected '%s', not '%.*s'", word, shown(fields->at),
			   fields->at);
}

bool fields_more(const struct fields *fields)
{
	return fields->at && *fields->at && *fields->at != '\n';
}

static bool read_number(const char *at, size_t length, uint64_t max, uint64_t *number)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < length; i++) {
		uint64_t digit = (uint64_t)(at[i] - '0');

		if (at[i] < '0' || at[i] > '9' || digit > max || sum > (max - digit) / 10)
			return false;
		sum = sum * 10 + digit;
	}
	if (!length)
		return false;
	*number = sum;
	return true;
}

int fields_number(struct fields *fields, uint64_t max, uint64_t *number, struct err *err)
{
	size_t length = word_length(fields->at);

	if (!fields_more(fields))
		return fields_fail(fields, err, "the line ends where a number is expected");
	if (!read_number(fields->at, length, max, number))
		return fields_fail(fields, err, "expected a number up to %llu, not '%.*s'",
				   (unsigned long long)max, shown(fields->at), fields->at);
	pass(fields, length);
	return 0;
}

int fields_word(struct fields *fields, struct text *word, struct err *err)
{
	size_t length = word_length(fields->at);

	if (!length)
		return fields_fail(fields, err, "expected a word");
	text_add_bytes(word, fields->at, length);
	pass(fields, length);
	return 0;
}

int fields_rest(struct fields *fields, struct text *rest, struct err *err)
{
	for (; fields_more(fields); fields->at++) {
		if (*fields->at != '\\') {
			text_add_char(rest, *fields->at);
			continue;
		}
		fields->at++;
		if (*fields->at != '\\' && *fields->at != 'n')
			return fields_fail(fields, err, "expected '\\\\' or '\\n'");
		text_add_char(rest, *fields->at == 'n' ? '\n' : '\\');
	}
	return 0;
}

void fields_add(struct text *line, const char *string)
{
	for (; *string; string++) {
		if (*string == '\n')
			text_add(line, "\\n");
		else if (*string == '\\')
			text_add(line, "\\\\");
		else
			text_add_char(line, *string);
	}
}

int fields_end(struct fields *fields, struct err *err)
{
	bool blank = fields->at > fields->begin && fields->at[-1] == ' ';

	if (!fields_more(fields) && !blank)
		return 0;
	return fields_fail(fields, err, "unexpected '%.*s' at the end of the line",
			   shown(fields->at), fields->at);
}
