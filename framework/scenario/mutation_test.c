/* SPDX-License-Identifier: MIT */
/*
 * mutation_test.c - no text makes the language crash, hang, leak or fall silent.
 *
 * Every token of a scenario is left out, doubled, swapped with the next one and
 * replaced; every prefix of the text is tried. Each result is either a scenario, or
 * at least one error with a place. This is a program of its own, without a test
 * library, because in one of those a leak goes unnoticed.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/toy_model.h"

#define PATH "mutant.scn"

static unsigned int tried, loaded, wrong;

/* Is there a "mutant.scn:LINE:COLUMN: error: " in it? */
static bool has_place(const char *told)
{
	while ((told = strstr(told, PATH ":"))) {
		char *colon, *end;
		unsigned long line = strtoul(told + strlen(PATH ":"), &colon, 10);
		unsigned long column = *colon == ':' ? strtoul(colon + 1, &end, 10) : 0;

		if (line && column && !strncmp(end, ": error: ", strlen(": error: ")))
			return true;
		told++;
	}
	return false;
}

static void complain(const char *what, const struct text *text, const struct err *err)
{
	printf("%s:\n%s\n--- told:\n%s\n", what, text->bytes, err->text.bytes);
	wrong++;
}

static void try_text(const struct text *text)
{
	struct err err = ERR_INIT;
	struct scenario *scenario =
		scenario_parse(PATH, text->bytes, text->length, toy_models, &err);

	tried++;
	if (scenario) {
		loaded++;
		if (err.count)
			complain("loaded in spite of errors", text, &err);
	} else if (!err.count || !has_place(err.text.bytes)) {
		complain("refused without an error that has a place", text, &err);
	}
	scenario_free(scenario);
	err_release(&err);
}

/* Length of the token at @text: a word, a string, a line's comment, or one character. */
static size_t token_length(const char *text)
{
	size_t length = 1;

	if (text[0] == '"')
		return strcspn(text + 1, "\"\n") + 2;
	if (text[0] == '#')
		return strcspn(text, "\n");
	if (!isalnum((unsigned char)text[0]))
		return 1;
	while (isalnum((unsigned char)text[length]) || text[length] == '_')
		length++;
	return length;
}

/* The text with the @length bytes at @at replaced by @with. */
static void try_with(const char *original, size_t at, size_t length, const char *with)
{
	struct text text = TEXT_INIT;

	text_add_bytes(&text, original, at);
	text_add(&text, with);
	text_add(&text, original + at + length);
	try_text(&text);
	text_release(&text);
}

static void swap_with_next(const char *original, size_t at, size_t length)
{
	size_t blank = strspn(original + at + length, " \t\n");
	const char *next = original + at + length + blank;
	size_t next_length = *next ? token_length(next) : 0;
	struct text with = TEXT_INIT;

	text_add_bytes(&with, next, next_length);
	text_add_char(&with, ' ');
	text_add_bytes(&with, original + at, length);
	try_with(original, at, length + blank + next_length, with.bytes);
	text_release(&with);
}

static void mutate_token(const char *original, size_t at, size_t length)
{
	static const char *const others[] = { "",     ";",           "{",    "}",  "(",    ")",
					      ",",    ":",           "=",    "+",  "\"",   "17",
					      "word", "toy/checked", "$",    "\n", "0x7g", "cpu",
					      "..",   "a-b",         "\xff", "*",  "@",    "&&",
					      "=  {", "} }",         "never" };
	struct text twice = TEXT_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		try_with(original, at, length, others[i]);
	text_add_bytes(&twice, original + at, length);
	text_add_char(&twice, ' ');
	text_add_bytes(&twice, original + at, length);
	try_with(original, at, length, twice.bytes);
	text_release(&twice);
	swap_with_next(original, at, length);
}

static void try_prefixes(const char *original)
{
	for (size_t length = 0; length < strlen(original); length++) {
		struct text text = TEXT_INIT;

		text_add_bytes(&text, original, length);
		try_text(&text);
		text_release(&text);
	}
}

int main(void)
{
	const char *original = toy_scenario;

	for (size_t at = 0, length; original[at]; at += length) {
		length = token_length(original + at);
		if (!isspace((unsigned char)original[at]))
			mutate_token(original, at, length);
	}
	try_prefixes(original);
	printf("%u mutants, %u of them scenarios, %u answered wrongly\n", tried, loaded, wrong);
	return wrong || loaded < 100 || tried - loaded < 1000;
}
