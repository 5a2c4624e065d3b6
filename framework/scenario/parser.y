/* SPDX-License-Identifier: MIT */
/*
 * parser.y - the grammar of the scenario language (docs/language.md).
 *
 * Keywords are words too, wherever the grammar leaves no doubt. After an error,
 * parsing goes on behind the next ';' or at the '}' of the block. Missing braces are
 * put in before (tokens_balance()), a missing ';' at the end of a line by parse_run().
 * Actions only put together what was written; names are resolved by the checks.
 *
 * Layer: scenario. May include: engine, base.
 */
%code requires {
#include "scenario/ast.h"

struct parse;
}

%code provides {
int grammar_lex(GRAMMAR_STYPE *value, struct span *at, struct parse *parse);
void grammar_error(const struct span *at, struct parse *parse, const char *text);
}

%code {
#include "scenario/build.h"
#include "scenario/expr.h"
#include "scenario/syntax_error.h"

#define YYLLOC_DEFAULT(current, rhs, n)                                          \
	do {                                                                     \
		(current).begin =                                                \
			(n) ? YYRHSLOC(rhs, 1).begin : YYRHSLOC(rhs, 0).end;     \
		(current).end = YYRHSLOC(rhs, n).end;                            \
	} while (0)

#define POOL (&parse->scenario->pool)
}

%define api.pure full
%define api.prefix {grammar_}
%define api.token.prefix {T_}
%define api.location.type {struct span}
%define parse.error custom
%define parse.lac full
%param {struct parse *parse}
%locations
%expect 0

%union {
	struct name name;
	struct expr *expr;
	struct arg arg;
	struct args args;
	struct step step;
	struct block block;
	struct ref ref;
	struct constraint constraint;
	struct permutation_item item;
	struct permutation permutation;
	struct fault_setting setting;
	struct fault fault;
	struct change change;
	struct expected expected;
	struct variant variant;
	struct axis axis;
	struct search_setting search_setting;
	enum fault_attr attr;
	enum expectation word;
	bool yes;
}

%token END 0 "the end of the file"
%token UPTO ".."
%token OPTION "an option" /* no text makes it: it comes before what one says */
%token EQUAL "==" UNEQUAL "!=" LESS_EQUAL "<=" GREATER_EQUAL ">=" AND "&&" OR "||"
%token <name> STRING "a string" NUMBER "a number" PATTERN "a pattern"
/* Words from here on: see is_word() in tokens.c. */
%token <name> NAME "a name"
%token <name> SCENARIO "scenario" REF "ref" USE "use" SETUP "setup" FINALLY "finally"
%token <name> TEARDOWN "teardown" CPU "cpu" IRQ "irq" IN "in" ORDER "order"
%token <name> PERMUTATION "permutation" FAULTS "faults" PREDICATE "predicate"
%token <name> INVARIANT "invariant" VARIANTS "variants" MATRIX "matrix" SEARCH "search"
%token <name> BEFORE "before" STOPS "stops" AT "at" UNTIL "until" PASSED "passed" BUDGET "budget"
%token <name> FAIL "fail" NTH "nth" TIMES "times" INTERVAL "interval" PROBABILITY "probability"
%token <name> SPACE "space" ERRNO "errno" FUNCTION "function" FAILS "fails" WORKS "works" IS "is"
%token <name> NEVER "never" SOMETIMES "sometimes" ALWAYS "always"

%type <name> word plain_word value title in_process repeat occurrence pattern
%type <expr> expr primary
%type <arg> arg
%type <args> args args_given call_args
%type <step> step call
%type <block> block steps
%type <ref> ref cpu_ref
%type <constraint> constraint
%type <item> item
%type <permutation> items
%type <setting> setting
%type <fault> fault settings
%type <attr> attr
%type <change> change
%type <expected> verdict
%type <variant> variant changes verdicts verdicts_given
%type <axis> axis_values
%type <search_setting> search_values
%type <word> expectation
%type <yes> passed works

%left "||"
%left "&&"
%left '|'
%left '&'
%left "==" "!="
%left '<' "<=" '>' ">="
%left '+' '-'
%precedence UNARY

%%

file: header items_of_file | OPTION option ;

header:
  SCENARIO word title { build_header(parse, $2, $3); }
| SCENARIO error
| error
;

items_of_file: %empty | items_of_file item_of_file ;

item_of_file:
  REF STRING ';' { pool_push(POOL, &parse->scenario->refs, $2); }
| USE word ';' { build_use(parse, $2); }
| SETUP block { build_block(parse, &parse->scenario->setup, $2, $1); }
| FINALLY in_process block { build_finally(parse, $2, $3, $1); }
| TEARDOWN block { build_block(parse, &parse->scenario->teardown, $2, $1); }
| CPU word in_process block { build_cpu(parse, $2, $3, $4); }
| IRQ word in_process repeat block { build_irq(parse, $2, $3, $4, $5); }
| ORDER '{' constraints close { build_once(parse, &parse->scenario->order_at, $1); }
| PERMUTATION title '{' items '}' { build_permutation(parse, $4, $2, $1); }
| FAULTS '{' faults close { build_once(parse, &parse->scenario->faults.at, $1); }
| PREDICATE word '=' expr ';' { build_predicate(parse, $2, $4, false); }
| INVARIANT word '=' expr ';' { build_predicate(parse, $2, $4, true); }
| VARIANTS '{' variants close { build_once(parse, &parse->scenario->variants_at, $1); }
| MATRIX '{' axes close { build_once(parse, &parse->scenario->matrix_at, $1); }
| SEARCH '{' search_lines close { build_once(parse, &parse->scenario->search.at, $1); }
| error ';' { yyerrok; }
| error '{' junk '}' { yyerrok; }
;

in_process: %empty { $$ = build_no_name(@$); } | IN word { $$ = $2; } ;
repeat: %empty { $$ = build_no_name(@$); } | TIMES NUMBER { $$ = $2; } ;

title: %empty { $$ = build_no_name(@$); } | STRING ;

close: '}' | error '}' { yyerrok; } ;

/* ---- Blocks */

block: '{' steps close { $$ = $2; $$.at = @$; } ;

steps:
  %empty { $$ = (struct block){ 0 }; }
| steps step ';' { $$ = $1; pool_push(POOL, &$$.steps, $2); }
| steps error ';' { $$ = $1; yyerrok; }
;

step:
  call { $$ = $1; }
| word ':' call { $$ = $3; $$.label = $1; $$.at = @$; }
| word '=' call { $$ = $3; $$.variable = $1; $$.at = @$; }
| word ':' word '=' call { $$ = $5; $$.label = $1; $$.variable = $3; $$.at = @$; }
;

call: word call_args { $$ = (struct step){ .at = @$, .op_name = $1, .written = $2 }; } ;

call_args: %empty { $$ = (struct args){ 0 }; } | '(' args ')' { $$ = $2; } ;

args: %empty { $$ = (struct args){ 0 }; } | args_given ;

args_given:
  arg { $$ = (struct args){ 0 }; pool_push(POOL, &$$.list, $1); }
| args_given ',' arg { $$ = $1; pool_push(POOL, &$$.list, $3); }
;

arg:
  expr { $$ = (struct arg){ build_no_name(@1), $1 }; }
| word '=' expr { $$ = (struct arg){ $1, $3 }; }
;

/* ---- Expressions: the precedence of C */

expr:
  primary
| expr "||" expr { $$ = expr_binary(POOL, EXPR_OR, $1, $3); }
| expr "&&" expr { $$ = expr_binary(POOL, EXPR_AND, $1, $3); }
| expr '|' expr { $$ = expr_binary(POOL, EXPR_BIT_OR, $1, $3); }
| expr '&' expr { $$ = expr_binary(POOL, EXPR_BIT_AND, $1, $3); }
| expr "==" expr { $$ = expr_binary(POOL, EXPR_EQUAL, $1, $3); }
| expr "!=" expr { $$ = expr_binary(POOL, EXPR_UNEQUAL, $1, $3); }
| expr '<' expr { $$ = expr_binary(POOL, EXPR_LESS, $1, $3); }
| expr "<=" expr { $$ = expr_binary(POOL, EXPR_LESS_EQUAL, $1, $3); }
| expr '>' expr { $$ = expr_binary(POOL, EXPR_GREATER, $1, $3); }
| expr ">=" expr { $$ = expr_binary(POOL, EXPR_GREATER_EQUAL, $1, $3); }
| expr '+' expr { $$ = expr_binary(POOL, EXPR_ADD, $1, $3); }
| expr '-' expr { $$ = expr_binary(POOL, EXPR_SUBTRACT, $1, $3); }
| '!' expr %prec UNARY { $$ = expr_unary(POOL, EXPR_NOT, $2, @$); }
| '-' expr %prec UNARY { $$ = expr_unary(POOL, EXPR_NEGATE, $2, @$); }
| '+' expr %prec UNARY { $$ = $2; }
;

primary:
  word { $$ = expr_name(POOL, build_no_name(@1), $1); }
| word ':' word { $$ = expr_name(POOL, $1, $3); }
| word '(' args ')' { $$ = expr_call(POOL, $1, $3, @$); }
| NUMBER { $$ = build_literal(parse, $1); }
| '(' expr ')' { $$ = $2; $$->at = @$; }
;

/* ---- Order and permutation */

constraints:
  %empty
| constraints constraint ';' { pool_push(POOL, &parse->scenario->order, $2); }
| constraints error ';' { yyerrok; }
;

constraint:
  ref BEFORE ref { $$ = build_before($1, $3, @$); }
| word STOPS AT ref UNTIL ref passed {
	$$ = (struct constraint){ CONSTRAINT_STOPS, @$, $1, $4, $6, $7 };
}
| ref works { $$ = build_outcome($1, $2, @$); }
| ref IS NUMBER { $$ = build_value(parse, $1, $3, @$); }
;

passed: %empty { $$ = false; } | PASSED { $$ = true; } ;
works: FAILS { $$ = false; } | WORKS { $$ = true; } ;

ref: cpu_ref occurrence { $$ = build_ref(parse, $1, $2, @$); } ;

cpu_ref:
  word { $$ = (struct ref){ .cpu_name = build_no_name(@1), .name = $1 }; }
| word ':' word { $$ = (struct ref){ .cpu_name = $1, .name = $3 }; }
;

occurrence:
  %empty { $$ = build_no_name(@$); }
| '@' NUMBER { $$ = $2; }
;

items:
  %empty { $$ = (struct permutation){ 0 }; }
| items item { $$ = $1; pool_push(POOL, &$$.items, $2); }
| items error { $$ = $1; }
;

item:
  ref { $$ = (struct permutation_item){ .ref = $1, .marker = MARKER_NONE }; }
| ref '(' '*' ')' {
	$$ = (struct permutation_item){ .ref = $1, .marker = MARKER_BLOCKS, .marker_at = @3 };
}
| ref '(' ref ')' {
	$$ = (struct permutation_item){ $1, MARKER_AFTER, @3, $3 };
}
;

/* ---- Faults */

faults:
  %empty
| faults BUDGET NUMBER ';' { build_budget(parse, $3); }
| faults FAIL fault ';' { pool_push(POOL, &parse->scenario->faults.list, $3); }
| faults error ';' { yyerrok; }
;

option: option_fault | option ';' option_fault ;
option_fault: fault { pool_push(POOL, &parse->scenario->faults.list, $1); } ;

fault: pattern settings { $$ = $2; $$.name = $1; } ;

pattern: word | PATTERN | '*' { $$ = (struct name){ "*", @1 }; } ;

settings:
  %empty { $$ = (struct fault){ 0 }; }
| settings comma setting { $$ = $1; pool_push(POOL, &$$.settings, $3); }
;

setting:
  attr is NUMBER { $$ = (struct fault_setting){ $1, @$, $3, build_no_name(@3) }; }
| NTH is NUMBER { $$ = (struct fault_setting){ FAULT_NTH, @$, $3, build_no_name(@3) }; }
| NTH is NUMBER UPTO NUMBER { $$ = (struct fault_setting){ FAULT_NTH, @$, $3, $5 }; }
| ERRNO is value { $$ = (struct fault_setting){ FAULT_ERRNO, @$, $3, build_no_name(@3) }; }
| IN is plain_word { $$ = (struct fault_setting){ FAULT_CPU, @$, $3, build_no_name(@3) }; }
| IN FUNCTION is word { $$ = (struct fault_setting){ FAULT_FUNCTION, @$, $4, $4 }; }
;

comma: %empty | ',' ; /* as options are mostly written: "nth=2,times=1" */
is: %empty | '=' ;

attr:
  TIMES { $$ = FAULT_TIMES; }
| INTERVAL { $$ = FAULT_INTERVAL; }
| PROBABILITY { $$ = FAULT_PROBABILITY; }
| SPACE { $$ = FAULT_SPACE; }
;

/* ---- Variants and matrix */

variants:
  %empty
| variants variant ';' { build_variant(parse, $2); }
| variants error ';' { yyerrok; }
;

variant: word changes title verdicts { $$ = build_heading(parse, $1, $2, $3, $4); } ;

changes:
  %empty { $$ = (struct variant){ .at = @$ }; }
| changes change { $$ = $1; $$.at = @2; pool_push(POOL, &$$.changes, $2); }
;

change:
  '+' value { $$ = (struct change){ .kind = CHANGE_ADD, .name = $2 }; }
| '-' value { $$ = (struct change){ .kind = CHANGE_REMOVE, .name = $2 }; }
| '+' value '=' value { $$ = (struct change){ CHANGE_RULE, $2, $4, NULL, 0, 0 }; }
;

verdicts: %empty { $$ = (struct variant){ 0 }; } | verdicts_given ;

verdicts_given:
  verdict { $$ = (struct variant){ 0 }; pool_push(POOL, &$$.verdicts, $1); }
| verdicts_given ',' verdict { $$ = $1; pool_push(POOL, &$$.verdicts, $3); }
;

verdict: expectation word { $$ = (struct expected){ .word = $1, .name = $2 }; } ;

expectation:
  NEVER { $$ = EXPECT_NEVER; }
| SOMETIMES { $$ = EXPECT_SOMETIMES; }
| ALWAYS { $$ = EXPECT_ALWAYS; }
;

axes:
  %empty
| axes word '=' axis_values ';' { build_axis(parse, $2, $4); }
| axes error ';' { yyerrok; }
;

axis_values:
  value { $$ = (struct axis){ 0 }; build_axis_value(parse, &$$, $1); }
| axis_values ',' value { $$ = $1; build_axis_value(parse, &$$, $3); }
;

/* ---- Search */

search_lines:
  %empty
| search_lines word search_values ';' { build_search(parse, $2, $3); }
| search_lines error ';' { yyerrok; }
;

search_values:
  value { $$ = (struct search_setting){ 0 }; pool_push(POOL, &$$.values, $1); }
| search_values value { $$ = $1; pool_push(POOL, &$$.values, $2); }
;

/* ---- Words */

value: word | NUMBER ;

word: plain_word | FUNCTION ;

plain_word:
  NAME | SCENARIO | REF | USE | SETUP | FINALLY | TEARDOWN | CPU | IRQ | IN | ORDER
| PERMUTATION | FAULTS | PREDICATE | INVARIANT | VARIANTS | MATRIX | SEARCH | BEFORE | STOPS
| AT | UNTIL | PASSED | FAILS | WORKS | IS | BUDGET | FAIL | NTH | TIMES | INTERVAL | PROBABILITY
| SPACE | ERRNO | NEVER | SOMETIMES | ALWAYS
;

/* What is skipped between the braces of a block whose begin is wrong. */
junk: %empty | junk any ;

any:
  word | NUMBER | STRING | PATTERN | ';' | ',' | ':' | '=' | '@' | '*' | '(' | ')' | '+' | '-'
| '!' | '<' | '>' | '&' | '|' | ".." | "==" | "!=" | "<=" | ">=" | "&&" | "||"
;

%%

static int yyreport_syntax_error(const yypcontext_t *context, struct parse *parse)
{
	yysymbol_kind_t kinds[YYNTOKENS];
	int count = yypcontext_expected_tokens(context, kinds, YYNTOKENS);
	struct syntax_error error = { .at = *yypcontext_location(context) };

	for (int i = 0; i < count; i++)
		error.expected[error.count++] = yysymbol_name(kinds[i]);
	syntax_error_report(parse, &error);
	return 0;
}
