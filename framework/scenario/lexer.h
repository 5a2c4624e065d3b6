/* SPDX-License-Identifier: MIT */
/*
 * lexer.h - between lexer.l and the list of tokens.
 *
 * Layer: scenario. May include: base.
 */
#ifndef SCENARIO_LEXER_H
#define SCENARIO_LEXER_H

#include "scenario/token.h"

/* What the scanner works on; its "extra". */
struct lexer {
	const struct source *source;
	struct pool *pool;
	struct diagnostics *diagnostics;
	struct tokens *tokens;
	struct span at; /* of the text just matched */
};

/* A word: a keyword, a number, or a name. */
void lexer_word(struct lexer *lexer);
/* A string with its quotes; @closed: with the last one too. */
void lexer_string(struct lexer *lexer, bool closed);
/* A sign. */
void lexer_sign(struct lexer *lexer, int kind);
/* Something that is no token. */
void lexer_stray(struct lexer *lexer);

/* Run the scanner over the source from lexer->at.end to its end. */
void lexer_run(struct lexer *lexer);

#endif
