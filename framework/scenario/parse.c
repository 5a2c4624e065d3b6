/* SPDX-License-Identifier: MIT */
/* parse.c - between the tokens and the grammar. */
#include "scenario/build.h"
#include "scenario/parser.tab.h"

int grammar_lex(GRAMMAR_STYPE *value, struct span *at, struct parse *parse)
{
	const struct token *token = &parse->tokens->list.items[parse->next];

	if (parse->option && !parse->begun) {
		parse->begun = true;
		*at = (struct span){ 0, 0 };
		return T_OPTION;
	}
	if (token->kind != T_END)
		parse->next++;
	if (token->kind == T_GRAMMAR_error)
		parse->incomplete = true;
	value->name = token->name;
	*at = token->name.at;
	return token->kind;
}

/* Only called where the parser's stack is full. */
void grammar_error(const struct span *at, struct parse *parse, const char *text)
{
	(void)text;
	parse->incomplete = true;
	diagnostics_error(parse->diagnostics, *at, "nested too deeply");
}

static void put_in_semicolons(struct tokens *tokens, const struct parse *parse)
{
	struct tokens repaired = { 0 };
	size_t next = 0;

	for (size_t i = 0; i < tokens->list.count; i++) {
		struct token token = tokens->list.items[i];

		if (next < parse->repairs.count && parse->repairs.items[next] == i) {
			struct span at = { token.name.at.begin, token.name.at.begin };

			vec_push(&repaired.list, ((struct token){ ';', { ";", at } }));
			next++;
		}
		vec_push(&repaired.list, token);
	}
	tokens_release(tokens);
	*tokens = repaired;
}

/* Returns true if this was the last attempt. */
static bool attempt(struct parse *parse)
{
	struct scenario *scenario = parse->scenario;
	struct scenario empty = { .source = scenario->source, .pool = scenario->pool };
	struct diagnostics diagnostics;

	*scenario = empty;
	diagnostics_init(&diagnostics, &scenario->source);
	parse->diagnostics = &diagnostics;
	parse->next = 0;
	parse->begun = false;
	parse->incomplete = false;
	grammar_parse(parse);
	if (!parse->repairs.count) {
		diagnostics_move(parse->lasting, &diagnostics);
		return true;
	}
	diagnostics_release(&diagnostics);
	put_in_semicolons(parse->tokens, parse);
	vec_release(&parse->repairs);
	return false;
}

static bool run(struct parse *parse)
{
	while (!attempt(parse))
		continue;
	return !parse->incomplete;
}

bool parse_run(struct scenario *scenario, struct tokens *tokens, struct diagnostics *diagnostics)
{
	struct parse parse = { .scenario = scenario, .tokens = tokens, .lasting = diagnostics };

	return run(&parse);
}

bool parse_option(struct scenario *scenario, struct tokens *tokens, struct diagnostics *diagnostics)
{
	struct parse parse = { .scenario = scenario,
			       .tokens = tokens,
			       .lasting = diagnostics,
			       .option = true };

	return run(&parse);
}
