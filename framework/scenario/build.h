/* SPDX-License-Identifier: MIT */
/*
 * build.h - what the grammar's actions do to the tree.
 *
 * Layer: scenario. May include: engine, base.
 */
#ifndef SCENARIO_BUILD_H
#define SCENARIO_BUILD_H

#include "scenario/ast.h"
#include "scenario/diagnostics.h"
#include "scenario/token.h"

/* The state of parsing one file. */
struct parse {
	struct scenario *scenario;
	struct diagnostics *diagnostics; /* of this attempt */
	struct tokens *tokens;
	size_t next;     /* token that the parser gets next */
	bool incomplete; /* there was a syntax error: parts of the file are not in the tree */
	struct diagnostics *lasting; /* what is true whatever the next attempt shows */
	bool option;                 /* not a file: what an option says */
	bool begun;                  /* the parser knows that it is one */
	VEC(size_t) repairs;         /* tokens before which a ';' is missing, ascending */
};

/**
 * parse_run() - fill @scenario from @tokens; errors are reported.
 *
 * Where only the ';' at the end of a line is missing, that is reported, the ';' put in
 * and all of it parsed again, so that the line is not lost.
 *
 * Return: false if parts of the file are not in the tree, because of a syntax error.
 */
bool parse_run(struct scenario *scenario, struct tokens *tokens, struct diagnostics *diagnostics);

/* The same for "mm/alloc_page nth=2; ...": only scenario->faults.list is filled. */
bool parse_option(struct scenario *scenario, struct tokens *tokens,
		  struct diagnostics *diagnostics);

struct name build_no_name(struct span at);

/**
 * build_number() - the value of a NUMBER token, 0..LONG_MAX.
 *
 * One that is too large, or that C would read as octal, is reported; it is then 0.
 */
long build_number(struct diagnostics *diagnostics, struct name number);
struct expr *build_literal(struct parse *parse, struct name number);

void build_header(struct parse *parse, struct name name, struct name title);
void build_use(struct parse *parse, struct name model);
/* Note that the block of which @keyword is the head is there; a second one is an error. */
void build_once(struct parse *parse, struct span *at, struct name keyword);
void build_block(struct parse *parse, struct block *to, struct block block, struct name keyword);
void build_finally(struct parse *parse, struct name in, struct block block, struct name keyword);
void build_cpu(struct parse *parse, struct name name, struct name in, struct block block);
void build_irq(struct parse *parse, struct name name, struct name in, struct name times,
	       struct block block);
void build_predicate(struct parse *parse, struct name name, struct expr *expr, bool invariant);
struct ref build_ref(struct parse *parse, struct ref ref, struct name occurrence, struct span at);
/* A line of an order block: @first comes before @second. */
struct constraint build_before(struct ref first, struct ref second, struct span at);
/* That pass of a fault point fails, or does not. */
struct constraint build_outcome(struct ref ref, bool works, struct span at);
/* That choice is answered with @answer. */
struct constraint build_value(struct parse *parse, struct ref ref, struct name answer,
			      struct span at);
void build_permutation(struct parse *parse, struct permutation permutation, struct name title,
		       struct name keyword);
void build_budget(struct parse *parse, struct name number);
/* @changes and @verdicts are variants of which only that part is filled in. */
struct variant build_heading(struct parse *parse, struct name base, struct variant changes,
			     struct name help, struct variant verdicts);
void build_variant(struct parse *parse, struct variant variant);
void build_axis(struct parse *parse, struct name rule, struct axis axis);
void build_axis_value(struct parse *parse, struct axis *axis, struct name value);
void build_search(struct parse *parse, struct name key, struct search_setting setting);

#endif
