/* SPDX-License-Identifier: MIT */
/*
 * style.c - the conventions of this tree, as a test.
 *
 * "style ROOT" looks at every file below ROOT except build/ and what version control
 * keeps, and prints "file:line: what is wrong" for each finding, in the order of the
 * paths. Exit code 0: none, 1: some, 2: there was nothing to look at.
 *
 * Layer: check. May include: base.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "check/rules.h"

static unsigned int findings;

/* Printed at once: the tree is walked in order. @at is an offset into the file. */
void found(const struct file *file, size_t at, const char *format, ...)
{
	unsigned int line = 1;
	va_list args;

	for (size_t i = 0; i < at; i++)
		line += file->bytes[i] == '\n';
	printf("%s:%u: ", file->path, line);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	findings++;
}

bool begins(const char *string, const char *prefix)
{
	return !strncmp(string, prefix, strlen(prefix));
}

bool ends(const char *string, const char *suffix)
{
	size_t length = strlen(string), tail = strlen(suffix);

	return length >= tail && !strcmp(string + length - tail, suffix);
}

bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Is there the word @word in @text at @at, not a part of a longer one? */
bool is_word_at(const char *text, size_t at, const char *word)
{
	return begins(text + at, word) && !is_word(text[at + strlen(word)]) &&
	       (at == 0 || !is_word(text[at - 1]));
}

size_t line_end(const struct file *file, size_t at)
{
	while (at < file->length && file->bytes[at] != '\n')
		at++;
	return at;
}

static void look(const struct file *file)
{
	if (!rules_text(file) || !is_c(file))
		return;
	rules_c(file);
	rules_place(file);
}

int main(int argc, char **argv)
{
	int count;

	if (argc != 2) {
		fputs("usage: style ROOT\n", stderr);
		return 2;
	}
	count = tree_walk(argv[1], look);
	if (count <= 0) {
		fprintf(stderr, "style: cannot read '%s', or nothing in it\n", argv[1]);
		return 2;
	}
	printf("%d files, %u findings\n", count, findings);
	return findings > 0;
}
