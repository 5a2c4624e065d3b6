/* SPDX-License-Identifier: MIT */
/*
 * check.h - the checks, which resolve the names of the tree that the parser made.
 *
 * Each check reports what is wrong and goes on. A part that cannot be resolved is
 * left as it was; that is safe because a scenario with an error is never run.
 *
 * Layer: scenario. May include: engine, base.
 */
#ifndef SCENARIO_CHECK_H
#define SCENARIO_CHECK_H

#include "scenario/ast.h"
#include "scenario/diagnostics.h"
#include "scenario/names.h"
#include "scenario/token.h"

struct check {
	struct scenario *scenario;
	const struct model *model; /* NULL: unknown, its names are not checked */
	struct diagnostics *diagnostics;
	const struct tokens *tokens;
	bool incomplete; /* syntax errors: some names may be missing that are in the file */
	bool old;        /* orders may name points that are gone */
};

/* Where an expression stands; what it may see depends on it. */
enum scope_kind {
	SCOPE_SETUP,
	SCOPE_CPU,
	SCOPE_FINALLY,
	SCOPE_PREDICATE,
	SCOPE_INVARIANT,
};

struct scope {
	enum scope_kind kind;
	int cpu; /* SCOPE_CPU: index */
};

/* What is called: an operation or an observable. */
struct callee {
	const char *kind; /* "operation" */
	struct name name;
	const struct model_param *params;
	const struct args *written;
	struct expr **args; /* out: MODEL_PARAMS_MAX, one per parameter, none missing */
};

/**
 * check_all() - all checks, in the order in which they build on each other.
 * @models: ends with NULL
 */
void check_all(struct check *check, const struct model *const *models);

/* check_blocks.c */
void check_blocks(struct check *check);
/* check_args.c: returns the number of parameters. */
unsigned int check_args(struct check *check, struct callee *callee, struct scope scope);
/* check_expr.c: returns the type; MODEL_VOID if that is not known, which is reported. */
enum model_type check_expr(struct check *check, struct expr *expr, struct scope scope);
/* check_names.c: the variable, constant or nothing that a name stands for. */
void check_expr_name(struct check *check, struct expr *expr, struct scope scope);
void check_assignment(struct check *check, struct step *step, int owner);
/* check_refs.c: @default_cpu is that of one that names none, or -1. Return: is it resolved? */
void check_order(struct check *check);
bool check_ref(struct check *check, struct ref *ref, int default_cpu);
/* Both on one CPU, and comparable: two labels, or the same point. */
bool check_comparable(const struct ref *a, const struct ref *b);
/* Is @a earlier on its CPU than @b? Only for comparable ones. */
bool check_earlier(const struct ref *a, const struct ref *b);
/* check_permutations.c */
void check_permutations(struct check *check);
/* check_faults.c: of the file; of one line, whose rule is filled in */
void check_faults(struct check *check);
void check_fault(struct check *check, struct fault *fault);
/* check_variants.c */
void check_variants(struct check *check);
/* check_verdicts.c */
void check_predicates(struct check *check);
void check_verdicts(struct check *check);
/* check_matrix.c */
void check_matrix(struct check *check);
/* check_search.c */
void check_search(struct check *check);

/* ---- Helpers */

/* Index of the CPU, -1 if there is none of that name; the second one reports that. */
int check_find_cpu(const struct check *check, const char *name);
int check_cpu(struct check *check, struct name name);
/* The same, and an irq is refused, as what is asked for goes by the order of things. */
int check_running_cpu(struct check *check, struct name name);
/* Is it none? Else it is reported at @at. */
bool check_not_irq(struct check *check, unsigned int cpu, struct span at);

/**
 * check_unknown() - like names_unknown(), for a name that the scenario itself defines.
 *
 * Says nothing if the definition may have been lost to a syntax error.
 */
void check_unknown(struct check *check, enum defined what, struct name name, struct names *names);

/* Is it an identifier? If not, that is reported. */
bool check_identifier(struct check *check, const char *what, struct name name);

/**
 * check_limit() - report more than @max of something.
 *
 * Return: @count, at most @max.
 */
size_t check_limit(struct check *check, size_t count, size_t max, struct span at, const char *what);

unsigned int check_line(const struct check *check, struct span at);

/* Index of a rule in the model, of a value in a rule; -1: there is none, which is reported. */
int check_rule(struct check *check, struct name rule);
int check_value(struct check *check, const struct model_rule *rule, struct name value);

#endif
