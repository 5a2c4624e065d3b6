/* SPDX-License-Identifier: MIT */
/*
 * rules.h - what is checked, divided by what must be understood of a file.
 *
 * Layer: check. May include: base.
 */
#ifndef CHECK_RULES_H
#define CHECK_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "check/tree.h"

/**
 * found() - report a breach of a rule.
 * @at: offset into the file
 */
void found(const struct file *file, size_t at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * rules_text() - what holds for every file: text, line ends, widths, leftovers, licence.
 *
 * Return: false if the file is not text and nothing more can be said about it.
 */
bool rules_text(const struct file *file);

/**
 * rules_c() - what holds inside C: includes, calls, lengths of functions.
 */
void rules_c(const struct file *file);

/**
 * rules_place() - what ties a C file to others: it is built, and its contracts are written.
 */
void rules_place(const struct file *file);

/* Helpers of the rules. */
bool begins(const char *string, const char *prefix);
bool ends(const char *string, const char *suffix);
bool is_c(const struct file *file);
bool is_word(char c);
/* Is there the word @word in @text at @at, not as a part of a longer one? */
bool is_word_at(const char *text, size_t at, const char *word);
/* Offset of the line end that closes the line of @at. */
size_t line_end(const struct file *file, size_t at);

#endif
