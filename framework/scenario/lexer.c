/* SPDX-License-Identifier: MIT */
#include "scenario/lexer.h"

#include <ctype.h>
#include <string.h>

#include "scenario/parser.tab.h"

static const struct {
	const char *word;
	int kind;
} keywords[] = {
	{ "scenario", T_SCENARIO },
	{ "ref", T_REF },
	{ "use", T_USE },
	{ "setup", T_SETUP },
	{ "finally", T_FINALLY },
	{ "teardown", T_TEARDOWN },
	{ "cpu", T_CPU },
	{ "irq", T_IRQ },
	{ "in", T_IN },
	{ "order", T_ORDER },
	{ "permutation", T_PERMUTATION },
	{ "faults", T_FAULTS },
	{ "predicate", T_PREDICATE },
	{ "invariant", T_INVARIANT },
	{ "variants", T_VARIANTS },
	{ "matrix", T_MATRIX },
	{ "search", T_SEARCH },
	{ "before", T_BEFORE },
	{ "stops", T_STOPS },
	{ "at", T_AT },
	{ "until", T_UNTIL },
	{ "passed", T_PASSED },
	{ "fails", T_FAILS },
	{ "works", T_WORKS },
	{ "is", T_IS },
	{ "budget", T_BUDGET },
	{ "fail", T_FAIL },
	{ "nth", T_NTH },
	{ "times", T_TIMES },
	{ "interval", T_INTERVAL },
	{ "probability", T_PROBABILITY },
	{ "space", T_SPACE },
	{ "errno", T_ERRNO },
	{ "function", T_FUNCTION },
	{ "never", T_NEVER },
	{ "sometimes", T_SOMETIMES },
	{ "always", T_ALWAYS },
};

static int word_kind(const char *word, size_t length)
{
	size_t i = 0;

	if (length > 2 && word[0] == '0' && (word[1] == 'x' || word[1] == 'X')) {
		for (i = 2; i < length && isxdigit((unsigned char)word[i]);)
			i++;
		return i == length ? T_NUMBER : T_NAME;
	}
	while (i < length && isdigit((unsigned char)word[i]))
		i++;
	if (i == length)
		return T_NUMBER;
	for (i = 0; i < ARRAY_SIZE(keywords); i++)
		if (strlen(keywords[i].word) == length && !memcmp(keywords[i].word, word, length))
			return keywords[i].kind;
	return T_NAME;
}

static void push(struct lexer *lexer, int kind, const char *bytes, size_t length)
{
	struct token token = { kind, { pool_copy(lexer->pool, bytes, length), lexer->at } };

	vec_push(&lexer->tokens->list, token);
}

void lexer_word(struct lexer *lexer)
{
	const char *word = lexer->source->text + lexer->at.begin;
	size_t length = lexer->at.end - lexer->at.begin;

	push(lexer, word_kind(word, length), word, length);
}

void lexer_sign(struct lexer *lexer, int kind)
{
	push(lexer, kind, lexer->source->text + lexer->at.begin, lexer->at.end - lexer->at.begin);
}

void lexer_string(struct lexer *lexer, bool closed)
{
	const char *text = lexer->source->text;
	struct text contents = TEXT_INIT;
	uint32_t end = lexer->at.end - (closed ? 1 : 0);

	if (!closed)
		diagnostics_error(lexer->diagnostics, lexer->at,
				  "string is not closed on its line");
	for (uint32_t i = lexer->at.begin + 1; i < end; i++) {
		if (text[i] == '\\' && i + 1 < end) {
			i++;
			if (text[i] != '"' && text[i] != '\\')
				diagnostics_error(
					lexer->diagnostics, (struct span){ i - 1, i + 1 },
					"unknown escape in a string; there are \\\" and \\\\");
		}
		text_add_char(&contents, text[i]);
	}
	push(lexer, T_STRING, contents.bytes, contents.length);
	text_release(&contents);
}

void lexer_stray(struct lexer *lexer)
{
	const char *text = lexer->source->text + lexer->at.begin;
	struct span at = lexer->at;

	if (text[0] == '/' && (text[1] == '/' || text[1] == '*')) {
		diagnostics_error(lexer->diagnostics, at, "a comment begins with '#'");
		return;
	}
	/* The parser recovers from this one as from an error of its own, but says nothing. */
	push(lexer, T_GRAMMAR_error, text, at.end - at.begin);
	if (isgraph((unsigned char)text[0]))
		diagnostics_error(lexer->diagnostics, at, "'%c' has no meaning here", text[0]);
	else
		diagnostics_error(lexer->diagnostics, at,
				  "only ASCII has a meaning outside of comments and strings");
}

static void push_end(struct lexer *lexer)
{
	lexer->at = (struct span){ lexer->source->length, lexer->source->length };
	push(lexer, T_END, "", 0);
}

void tokens_read(struct tokens *tokens, const struct source *source, struct pool *pool,
		 struct diagnostics *diagnostics)
{
	struct lexer lexer = { source, pool, diagnostics, tokens, { 0, 0 } };

	*tokens = (struct tokens){ 0 };
	/* Some editors begin a file with the byte order mark of UTF-8. */
	if (!strncmp(source->text, "\xef\xbb\xbf", 3))
		lexer.at.end = 3;
	lexer_run(&lexer);
	push_end(&lexer);
}

void tokens_release(struct tokens *tokens)
{
	vec_release(&tokens->list);
}
