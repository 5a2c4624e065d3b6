/* SPDX-License-Identifier: MIT */
/*
 * token.h - a scenario file as a list of words and signs.
 *
 * A word is letters, digits and '_', with '-', '.' or '/' inside; so "a-b" is one
 * word, and a minus between two words needs blanks. "1..3" is three tokens. All
 * keywords are also words: the grammar knows where which is meant.
 *
 * The whole file is tokenised before it is parsed, which lets a missing brace be
 * found by looking around (tokens_balance()).
 *
 * Layer: scenario. May include: base.
 */
#ifndef SCENARIO_TOKEN_H
#define SCENARIO_TOKEN_H

#include "scenario/ast.h"
#include "scenario/diagnostics.h"

struct token {
	int kind;         /* of parser.tab.h; 0 at the end */
	struct name name; /* text: of words and numbers as written, of strings the contents */
};

struct tokens {
	VEC(struct token) list; /* the last one is the end of the file */
};

/**
 * tokens_read() - split @source into tokens; what is none is reported and left out.
 * @pool: that the texts live in
 */
void tokens_read(struct tokens *tokens, const struct source *source, struct pool *pool,
		 struct diagnostics *diagnostics);

/**
 * tokens_balance() - report missing and surplus braces, and put them right.
 *
 * A block ends before the next "cpu NAME {", "predicate NAME =" and so on at the
 * latest, so a missing '}' is one error and not one for every line after it.
 */
void tokens_balance(struct tokens *tokens, struct diagnostics *diagnostics);

/* What a scenario gives names to. */
enum defined {
	DEFINED_CPU,
	DEFINED_LABEL,
	DEFINED_VARIABLE,
	DEFINED_PREDICATE, /* or invariant */
};

/**
 * tokens_define() - does @name look as if it were defined anywhere?
 *
 * Then a line that was given up for a syntax error may have defined it.
 */
bool tokens_define(const struct tokens *tokens, enum defined what, const char *name);

void tokens_release(struct tokens *tokens);

#endif
