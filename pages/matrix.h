/* SPDX-License-Identifier: MIT */
/*
 * matrix.h - what "baton list", "baton run" and "baton points --patches" said of a tree
 * of scenarios, joined: for each scenario and variant, what was expected and measured.
 *
 * All strings and JSON values belong to the documents, which the matrix holds.
 *
 * Layer: pages. May include: reports, base.
 */
#ifndef PAGES_MATRIX_H
#define PAGES_MATRIX_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"
#include "base/vec.h"

/* What one predicate, oracle or finding showed. */
struct matrix_verdict {
	const char *name;
	const char *expected;    /* never, sometimes, always */
	const char *outcome;     /* ok, fail, inconclusive */
	bool implied;            /* the scenario does not mention it for this variant */
	bool invariant;          /* what must hold, so that failing is what is noticed */
	json_int_t holds, fails; /* executions */
};

/* One variant in one cell. */
struct matrix_variant {
	const char *title, *help, *cell; /* help and cell may be NULL */
	const char *outcome;             /* ok, fail, inconclusive, none */
	const char *strength, *bounds;   /* bounds may be NULL */
	json_int_t executions;
	const json_t *notes; /* array of strings */
	VEC(struct matrix_verdict) verdicts;
	bool shows; /* is something noticed in it? */
};

struct matrix_scenario {
	const char *name, *title, *path; /* title may be NULL */
	VEC(struct matrix_variant) variants;
};

struct matrix_family {
	char *name; /* the folder */
	VEC(struct matrix_scenario) scenarios;
};

struct matrix {
	json_t *list, *run, *points;
	VEC(struct matrix_family) families; /* in the order of the run */
	VEC(const char *) versions;         /* that scenarios name, in the order of the models */
	unsigned int scenarios, variants;
	unsigned int unexpected, inconclusive, exhaustive; /* of the variants */
};

/* What one of the commands wrote with --json. */
struct matrix_document {
	const char *path; /* for messages */
	const char *bytes;
	size_t length;
};

/* In this order: baton list, run, points. */
#define MATRIX_DOCUMENTS 3

/**
 * matrix_parse() - join what the three commands wrote.
 * @matrix: out; matrix_release() it, also after an error
 * @documents: MATRIX_DOCUMENTS
 *
 * Return: 0, or -1 with the reason in @err: one is no JSON of a known version, a key is
 * missing, or the run has a scenario that the list does not have.
 */
int matrix_parse(struct matrix *matrix, const struct matrix_document *documents, struct err *err);
void matrix_release(struct matrix *matrix);

/* Is something noticed: did a predicate hold, or an invariant not? */
bool matrix_verdict_shows(const struct matrix_verdict *verdict);

/* The column of a plain version in @matrix, -1 for a variant with changes, or a cell. */
int matrix_version(const struct matrix *matrix, const struct matrix_variant *variant);

/* Append the variant's title and its cell: "v1.0 [order=weak]". */
void matrix_put_title(const struct matrix_variant *variant, struct text *text);

/* Append how far the search went: "exhaustive", "preemptions<=3". */
void matrix_put_search(const struct matrix_variant *variant, struct text *text);

/* Append what was measured: "never", "always", "in 84 of 12,286". */
void matrix_put_measured(const struct matrix_verdict *verdict, struct text *text);

/* The pages. */
void matrix_markdown(const struct matrix *matrix, struct text *text);
void matrix_html(const struct matrix *matrix, struct text *text);

#endif
