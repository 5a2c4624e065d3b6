/* SPDX-License-Identifier: MIT */
/*
 * fields.h - reads text of lines that are words with one blank between them.
 *
 * For what baton wrote itself and reads back: nothing is skipped or guessed, and what is
 * not as it was written is an error with path, line and column.
 *
 * Layer: base. May include: base/err.h.
 */
#ifndef BASE_FIELDS_H
#define BASE_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct fields {
	const char *path;  /* for messages */
	const char *begin; /* of the current line */
	const char *at;    /* in the current line: what comes next; NULL before the first */
	const char *next;  /* the line behind the current one */
	unsigned int line; /* the current one, from 1 */
};

/* @text: terminated; read in place, so it must live as long as it is read. No line is
 * current. */
void fields_init(struct fields *fields, const char *path, const char *text);

/* Is there no line behind the current one? */
bool fields_over(const struct fields *fields);

/* Is @word the first word of the next line? */
bool fields_is(const struct fields *fields, const char *word);

/* Make the next line, which there must be, the current one. */
void fields_skip(struct fields *fields);

/**
 * fields_take() - make the next line the current one if its first word is @word.
 *
 * What is behind the word comes next then. Return: whether it was.
 */
bool fields_take(struct fields *fields, const char *word);

/**
 * fields_expect() - the same, where nothing else may stand.
 * @err: what stands there instead
 *
 * Return: 0, or -1.
 */
int fields_expect(struct fields *fields, const char *word, struct err *err);

/**
 * fields_number() - the next word, a decimal number.
 * @max: larger ones are an error
 *
 * Return: 0, or -1 with @number untouched.
 */
int fields_number(struct fields *fields, uint64_t max, uint64_t *number, struct err *err);

/* The next word; appended to @word. Return: 0, or -1 if the line is over. */
int fields_word(struct fields *fields, struct text *word, struct err *err);

/* All that is left of the line, as fields_add() wrote it; appended to @rest. Return: 0, or -1. */
int fields_rest(struct fields *fields, struct text *rest, struct err *err);

/* Append @string, which may be any text, so that it can stand as the rest of a line. */
void fields_add(struct text *line, const char *string);

/* Is there more in the current line? */
bool fields_more(const struct fields *fields);

/* The line must be over, behind a number or a word. Return: 0, or -1. */
int fields_end(struct fields *fields, struct err *err);

/* Add "path:line:column: error: ..." for what comes next. Return: -1. */
int fields_fail(const struct fields *fields, struct err *err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
