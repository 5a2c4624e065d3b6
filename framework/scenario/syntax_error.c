/* SPDX-License-Identifier: MIT */
#include "scenario/syntax_error.h"

#include <ctype.h>
#include <string.h>

#include "scenario/parser.tab.h"

/* Of a longer list only the keywords are told, and of a list that is still longer nothing. */
#define LISTED_MAX 6
#define KEYWORDS_MAX 8

static bool expects(const struct syntax_error *error, const char *what)
{
	for (size_t i = 0; i < error->count; i++)
		if (!strcmp(error->expected[i], what))
			return true;
	return false;
}

/* Not a keyword or sign, but a kind of them: printed without quotes. */
static bool is_kind(const char *what)
{
	static const char *const kinds[] = { "a name", "a number", "a string",
					     "the end of the file", "an expression" };

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(what, kinds[i]))
			return true;
	return false;
}

static bool is_keyword(const char *what)
{
	return isalpha((unsigned char)what[0]) && !is_kind(what);
}

static bool is_operator(const char *what)
{
	static const char *const operators[] = { "'+'", "'-'", "'<'", "'>'", "'&'", "'|'",
						 "==",  "!=",  "<=",  ">=",  "&&",  "||" };

	for (size_t i = 0; i < ARRAY_SIZE(operators); i++)
		if (!strcmp(what, operators[i]))
			return true;
	return false;
}

/* A '*' at the end of a name, or in its place, is no more than that. */
static bool is_pattern(const char *what)
{
	return !strcmp(what, "a pattern") || !strcmp(what, "'*'");
}

static bool is_no_keyword(const char *what)
{
	return !is_keyword(what);
}

static void drop(struct syntax_error *error, bool (*is)(const char *what))
{
	size_t kept = 0;

	for (size_t i = 0; i < error->count; i++)
		if (!is(error->expected[i]))
			error->expected[kept++] = error->expected[i];
	error->count = kept;
}

static bool is_inside_expression(const char *what)
{
	return is_operator(what) || !strcmp(what, "'('") || !strcmp(what, "'='") ||
	       !strcmp(what, "':'");
}

static bool is_begin_of_expression(const char *what)
{
	return is_operator(what) || !strcmp(what, "'!'") || !strcmp(what, "'('") ||
	       !strcmp(what, "a name") || !strcmp(what, "a number");
}

/* Say what a reader thinks of: not every keyword that is a name, nor every operator. */
static void simplify(struct syntax_error *error)
{
	if (expects(error, "a pattern"))
		drop(error, is_pattern);
	if (expects(error, "a name"))
		drop(error, is_keyword);
	if (expects(error, "'!'")) {
		drop(error, is_begin_of_expression);
		error->expected[error->count++] = "an expression";
	} else if (expects(error, "||")) {
		drop(error, is_inside_expression);
	}
	if (error->count > LISTED_MAX)
		drop(error, is_no_keyword);
}

static void list_expected(struct text *text, const struct syntax_error *error)
{
	for (size_t i = 0; i < error->count; i++) {
		const char *what = error->expected[i];
		/* The grammar's one-character signs have their quotes already. */
		const char *quote = is_kind(what) || what[0] == '\'' ? "" : "'";

		if (i)
			text_add(text, i + 1 == error->count ? " or " : ", ");
		text_addf(text, "%s%s%s", quote, what, quote);
	}
}

/* The token at which the parser stands. */
static const struct token *found_token(const struct parse *parse, struct span at)
{
	const struct token *list = parse->tokens->list.items;
	size_t i = parse->next;

	while (i > 0 && (list[i].name.at.begin != at.begin || list[i].name.at.end != at.end))
		i--;
	return &list[i];
}

/* Is it the last thing on its line, or in its block, that is missing a ';'? */
static bool lacks_semicolon(const struct parse *parse, const struct syntax_error *error,
			    const struct token *found)
{
	const struct source *source = parse->diagnostics->source;
	uint32_t before = found->name.at.begin;

	if (!expects(error, "';'") || parse->lasting->errors >= DIAGNOSTICS_MAX)
		return false;
	if (found->kind == '}' || found->kind == T_END)
		return true;
	while (before > 0 && strchr(" \t", source->text[before - 1]))
		before--;
	return before == 0 || source->text[before - 1] == '\n';
}

static void add_found(struct text *text, const struct token *found, bool option)
{
	if (found->kind == T_END)
		text_add(text, option ? "found its end" : "found the end of the file");
	else if (found->kind == T_STRING)
		text_add(text, "found a string");
	else
		text_addf(text, "found '%.40s%s'", found->name.text,
			  strlen(found->name.text) > 40 ? "..." : "");
}

/* The keyword that was meant, or NULL. */
static const char *nearest_keyword(const struct syntax_error *error, const struct token *found)
{
	const char *keywords[SYNTAX_EXPECTED_MAX];
	size_t count = 0;

	for (size_t i = 0; i < error->count; i++)
		if (is_keyword(error->expected[i]))
			keywords[count++] = error->expected[i];
	return found->kind == T_NAME ? err_nearest(found->name.text, keywords, count) : NULL;
}

static bool is_end(const char *what)
{
	return !strcmp(what, "the end of the file");
}

static void add_expected(struct text *text, struct syntax_error *error, bool option)
{
	if (option)
		drop(error, is_end);
	simplify(error);
	if (error->count > KEYWORDS_MAX && expects(error, "variants")) {
		text_add(text, "expected a block such as 'cpu' or 'variants'");
	} else if (error->count == 0 || error->count > KEYWORDS_MAX) {
		text_add(text, "syntax error");
	} else {
		text_add(text, "expected ");
		list_expected(text, error);
	}
}

void syntax_error_report(struct parse *parse, struct syntax_error *error)
{
	const struct token *found = found_token(parse, error->at);
	struct diagnostics *diagnostics = parse->diagnostics;
	const char *nearest = nearest_keyword(error, found);
	struct text text = TEXT_INIT;

	parse->incomplete = true;
	if (!nearest && !parse->option && lacks_semicolon(parse, error, found)) {
		vec_push(&parse->repairs, (size_t)(found - parse->tokens->list.items));
		diagnostics = parse->lasting;
	}
	add_expected(&text, error, parse->option);
	text_add(&text, ", ");
	add_found(&text, found, parse->option);
	if (nearest)
		text_addf(&text, "; did you mean '%s'?", nearest);
	diagnostics_error(diagnostics, error->at, "%s", text.bytes);
	text_release(&text);
}
