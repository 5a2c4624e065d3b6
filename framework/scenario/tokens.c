/* SPDX-License-Identifier: MIT */
#include "scenario/token.h"

#include <string.h>

#include "scenario/parser.tab.h"

bool tokens_define(const struct tokens *tokens, enum defined what, const char *name)
{
	for (size_t i = 1; i + 1 < tokens->list.count; i++) {
		const struct token *token = &tokens->list.items[i];
		int before = token[-1].kind, after = token[1].kind;

		if (strcmp(token->name.text, name) != 0)
			continue;
		if ((what == DEFINED_CPU && (before == T_CPU || before == T_IRQ)) ||
		    (what == DEFINED_LABEL && after == ':') ||
		    (what == DEFINED_VARIABLE && after == '=') ||
		    (what == DEFINED_PREDICATE && (before == T_PREDICATE || before == T_INVARIANT)))
			return true;
	}
	return false;
}

/* ---- Braces: in this language blocks do not nest. */

/* The list in the making. */
struct balance {
	struct tokens to;
	struct diagnostics *diagnostics;
	bool open;         /* inside a block */
	struct span block; /* its '{' */
};

static bool begins_item(int kind)
{
	return kind == T_SETUP || kind == T_FINALLY || kind == T_TEARDOWN || kind == T_CPU ||
	       kind == T_IRQ || kind == T_ORDER || kind == T_PERMUTATION || kind == T_FAULTS ||
	       kind == T_VARIANTS || kind == T_MATRIX || kind == T_SEARCH;
}

static bool is_word(int kind)
{
	return kind != T_END && kind != T_STRING && kind != T_NUMBER && kind >= T_NAME;
}

/* Number of tokens from the keyword at @at to its '{', or 0 if this begins no block. */
static size_t block_head(const struct tokens *tokens, size_t at)
{
	const struct token *list = tokens->list.items;
	size_t i = at + 1, count = tokens->list.count;

	if (!begins_item(list[at].kind))
		return 0;
	if ((list[at].kind == T_CPU || list[at].kind == T_IRQ) && i < count &&
	    is_word(list[i].kind))
		i++;
	if (list[at].kind == T_PERMUTATION && i < count && list[i].kind == T_STRING)
		i++;
	if (i + 1 < count && list[i].kind == T_IN && is_word(list[i + 1].kind))
		i += 2;
	return i < count && list[i].kind == '{' ? i - at : 0;
}

/* Inside a block, does another item begin at @at? Two words and a '=' occur in no block. */
static bool is_item(const struct tokens *tokens, size_t at)
{
	const struct token *list = tokens->list.items;

	if (list[at].kind == T_PREDICATE || list[at].kind == T_INVARIANT)
		return at + 2 < tokens->list.count && is_word(list[at + 1].kind) &&
		       list[at + 2].kind == '=';
	return block_head(tokens, at) > 0;
}

static void close_block(struct balance *balance, const struct token *before)
{
	struct span at = { before->name.at.begin, before->name.at.begin };
	struct token brace = { '}', { "}", at } };

	diagnostics_error(
		balance->diagnostics, before->name.at,
		"expected '}' before %s%s%s: the block that begins on line %u is not closed",
		before->kind == T_END ? "" : "'",
		before->kind == T_END ? "the end of the file" : before->name.text,
		before->kind == T_END ? "" : "'",
		diagnostics_line(balance->diagnostics, balance->block));
	vec_push(&balance->to.list, brace);
	balance->open = false;
}

/* A '{' or '}' of the file; false: leave it out. */
static bool see_brace(struct balance *balance, const struct token *token)
{
	if (token->kind == '{' && !balance->open) {
		balance->open = true;
		balance->block = token->name.at;
	} else if (token->kind == '{') {
		diagnostics_error(
			balance->diagnostics, token->name.at,
			"a '{' inside the block that begins on line %u: blocks do not nest",
			diagnostics_line(balance->diagnostics, balance->block));
		return false;
	} else if (balance->open) {
		balance->open = false;
	} else {
		diagnostics_error(balance->diagnostics, token->name.at, "this '}' closes nothing");
		return false;
	}
	return true;
}

void tokens_balance(struct tokens *tokens, struct diagnostics *diagnostics)
{
	struct balance balance = { .diagnostics = diagnostics };

	for (size_t i = 0; i < tokens->list.count; i++) {
		const struct token *token = &tokens->list.items[i];

		if (balance.open && (token->kind == T_END || is_item(tokens, i)))
			close_block(&balance, token);
		if ((token->kind == '{' || token->kind == '}') && !see_brace(&balance, token))
			continue;
		vec_push(&balance.to.list, *token);
	}
	tokens_release(tokens);
	*tokens = balance.to;
}
