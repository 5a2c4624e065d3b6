/* SPDX-License-Identifier: MIT */
/*
 * ast.h - a scenario as a tree.
 *
 * The parser fills in what was written, with its place; checking resolves every
 * name in place. A scenario that scenario_load() returned is resolved throughout:
 * operations, slots, steps, points, rules are there to be used, the written names
 * only for reports. Fields marked "checked" are not set before.
 *
 * All values are long. Each variable is one slot of a flat array: those of setup
 * first, then those of each CPU in order, then those of finally.
 *
 * Everything is owned by the scenario; arrays live in its pool.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_AST_H
#define SCENARIO_AST_H

#include <stdbool.h>
#include <stdint.h>

#include "baton/point.h"
#include "engine/fault.h"
#include "engine/model.h"
#include "explore/explore.h"
#include "explore/result.h"
#include "scenario/pool.h"
#include "scenario/source.h"

/* A scenario is one screen; these keep its checks from being slow on what is none. */
#define SCENARIO_CPUS_MAX 16
#define SCENARIO_STEPS_MAX 200   /* of one block */
#define SCENARIO_ENTRIES_MAX 250 /* of order, permutation, variants, ... */
#define SCENARIO_CELLS_MAX 1024
#define EXPR_DEPTH_MAX 64 /* so that evaluating one fits on any stack */

/* A name as it was written; text is NULL where an optional one is absent. */
struct name {
	const char *text;
	struct span at;
};

/* ---- Expressions */

enum expr_kind {
	EXPR_NAME, /* only before checking: a variable, constant or flag */
	EXPR_NUMBER,
	EXPR_VARIABLE,
	EXPR_CALL, /* of an observable */
	EXPR_UNARY,
	EXPR_BINARY,
};

enum expr_op {
	EXPR_NOT,
	EXPR_NEGATE,
	EXPR_OR, /* || and && evaluate only what they need, as in C */
	EXPR_AND,
	EXPR_BIT_OR,
	EXPR_BIT_AND,
	EXPR_EQUAL,
	EXPR_UNEQUAL,
	EXPR_LESS,
	EXPR_LESS_EQUAL,
	EXPR_GREATER,
	EXPR_GREATER_EQUAL,
	EXPR_ADD,
	EXPR_SUBTRACT,
};

struct expr;

/* An argument as written: "value" or "name = value". */
struct arg {
	struct name name;
	struct expr *value;
};

struct args {
	VEC(struct arg) list;
};

struct expr {
	enum expr_kind kind;
	enum expr_op op; /* EXPR_UNARY, EXPR_BINARY */
	struct span at;
	unsigned int depth;    /* of the tree below, at least 1 */
	enum model_type type;  /* checked */
	struct name cpu, name; /* EXPR_NAME, EXPR_VARIABLE, EXPR_CALL: cpu:name */
	long value;            /* EXPR_NUMBER */
	bool literal;          /* EXPR_NUMBER: written as a number */
	unsigned int slot;     /* EXPR_VARIABLE, checked */
	struct args written;   /* EXPR_CALL */
	const struct model_observable *observable; /* EXPR_CALL, checked */
	struct expr *args[MODEL_PARAMS_MAX];       /* EXPR_CALL, checked: in order, none missing */
	struct expr *left, *right;                 /* EXPR_UNARY has a left one only */
};

/* ---- Blocks */

/* [label:] [variable =] op[(args)]; */
struct step {
	struct span at;
	struct name label, variable, op_name;
	struct args written;
	const struct model_op *op;           /* checked */
	struct expr *args[MODEL_PARAMS_MAX]; /* checked: one per parameter, none missing */
	unsigned int arg_count;              /* checked */
	int slot;                            /* checked: that takes the result, or -1 */
	/* Checked: slot of the process that it runs in, or -1 for none. On a CPU the one that
	 * it is "in"; in setup and finally the one that setup made, if it is the only one. */
	int process;
};

struct block {
	struct span at; /* from '{' to '}' */
	VEC(struct step) steps;
};

struct cpu {
	struct name name;
	struct name in; /* process, or the host of an irq; text NULL: none */
	bool irq;
	int process;        /* checked: slot, or -1 */
	int host;           /* checked: of an irq the index of its CPU, else -1 */
	struct name times;  /* of an irq: how often it comes; text NULL: once */
	unsigned int count; /* checked: that number */
	struct block block;
};

/* Owner of a variable that no CPU owns. */
enum {
	OWNER_SETUP = -1,
	OWNER_FINALLY = -2,
};

struct variable {
	const char *name;
	enum model_type type;
	int owner; /* index of the CPU, or OWNER_... */
	struct span at;
	bool ambiguous; /* another CPU has one of this name */
};

/* ---- What steers a schedule */

enum ref_kind {
	REF_LABEL,  /* a step of a CPU */
	REF_POINT,  /* the occurrence-th time that the CPU gets to the point */
	REF_CHOICE, /* the occurrence-th time that the CPU makes that choice: a fault, or a value */
};

struct ref {
	struct span at;
	struct name cpu_name; /* text NULL: not written */
	struct name name;
	struct name occurrence_name; /* "2" of "@2"; text NULL: not written */
	unsigned int occurrence;     /* from 1 */
	enum ref_kind kind;
	unsigned int cpu;                /* checked: index; in order also of an irq context */
	unsigned int step;               /* checked: REF_LABEL: index in the CPU's block */
	const struct baton_point *point; /* checked: REF_POINT */
};

enum constraint_kind {
	CONSTRAINT_BEFORE, /* first before second */
	CONSTRAINT_STOPS,  /* the CPU of first stops there until second */
	CONSTRAINT_ANSWER, /* first, which is a choice, is answered so; second is the same */
};

struct constraint {
	enum constraint_kind kind;
	struct span at;
	struct name cpu_name; /* CONSTRAINT_STOPS */
	struct ref first, second;
	bool passed; /* CONSTRAINT_STOPS: until second has been passed, not only reached */
	/* CONSTRAINT_ANSWER; of a fault 1: it fails, 0: it works. */
	enum baton_choice_kind choice;
	long answer; /* checked: below BATON_OPTIONS_MAX */
	struct span answer_at;
};

enum marker {
	MARKER_NONE,
	MARKER_BLOCKS, /* (*): must block here once */
	MARKER_AFTER,  /* (ref): completes only after ref */
};

struct permutation_item {
	struct ref ref;
	enum marker marker;
	struct span marker_at;
	struct ref after; /* MARKER_AFTER */
};

struct permutation {
	struct name title; /* text NULL: none */
	struct span at;
	VEC(struct permutation_item) items;
};

/* ---- Faults */

enum fault_attr {
	FAULT_NTH,
	FAULT_TIMES,
	FAULT_INTERVAL,
	FAULT_PROBABILITY,
	FAULT_SPACE,
	FAULT_ERRNO,
	FAULT_CPU,
	FAULT_FUNCTION,
	FAULT_ATTRS,
};

/* One attribute as written. */
struct fault_setting {
	enum fault_attr attr;
	struct span at;
	struct name first, last; /* last: only of "nth 1..3" */
};

struct fault {
	struct name name;
	VEC(struct fault_setting) settings;
	const struct model_fault *fault; /* checked; NULL: a pattern, such as "mm/" and '*' */
	struct fault_rule rule;          /* checked */
	const struct source *option;     /* of the command line; NULL: it is in the file */
};

struct scenario;

struct faults {
	struct span at;          /* empty: there is no such block */
	struct name budget_name; /* text NULL: not written */
	unsigned int budget;     /* checked: failures in one execution; 1 if not written. Where
				  * --faults bounds the search instead: UINT_MAX */
	VEC(struct fault) list;
	bool any_times;                 /* whatever 'times' says */
	VEC(struct scenario *) options; /* what options are in list: see scenario_add_faults() */
};

/* ---- What is expected */

struct predicate {
	struct name name;
	bool invariant; /* judged after every step, not at the end */
	struct expr *expr;
	bool judged; /* checked: some variant has a verdict on it */
};

enum change_kind {
	CHANGE_ADD,    /* + patch */
	CHANGE_REMOVE, /* - patch */
	CHANGE_RULE,   /* + rule=value */
};

struct change {
	enum change_kind kind;
	struct name name, value;
	const struct model_patch *patch; /* checked: CHANGE_ADD, CHANGE_REMOVE */
	unsigned int rule, rule_value;   /* checked: CHANGE_RULE: indices in the model */
};

enum judged_kind {
	JUDGED_PREDICATE, /* or invariant */
	JUDGED_ORACLE,
	JUDGED_FINDING, /* "deadlock": a finding of the engine, known by its name */
};

/* "never lost_dma" */
struct expected {
	enum expectation word;
	struct name name;
	enum judged_kind kind; /* checked */
	unsigned int index;    /* checked: of the predicate, or of the oracle in the model */
};

struct variant {
	struct name base;
	VEC(struct change) changes;
	struct span at;    /* base and changes */
	const char *title; /* "kosaki-0419 + tlbflush=paravirt_noipi" */
	const char *help;  /* may be NULL */
	VEC(struct expected) verdicts;
	const struct model_version *version; /* checked */
};

/* rule = value, value; */
struct axis_value {
	struct name name;
	unsigned int index; /* checked: in the rule's values */
};

struct axis {
	struct name name;
	VEC(struct axis_value) values;
	unsigned int rule; /* checked: index in the model */
};

/* ---- Search */

struct search_setting {
	struct name key;
	VEC(struct name) values;
};

struct search {
	struct span at; /* empty: there is no such block */
	VEC(struct search_setting) settings;
	enum explore_strategy strategy; /* checked; dpor if not written */
	unsigned int depth;             /* checked: of pct; 3 if not written */
	long seed;                      /* checked; 1 if not written */
	long preemptions;               /* checked; -1: no bound */
	long faults;                    /* checked; -1: no bound */
	long steps;                     /* checked: of one execution; 0: no bound */
	long seconds;                   /* checked: of the search; 0: no limit */
	long memory;                    /* checked: MiB of a process; 0: no limit */
	long limit;                     /* checked: executions; 0: not written */
	long livelock;                  /* checked: steps that are one; 0: not written */
};

/* ---- All of it */

struct scenario {
	struct source source;
	struct pool pool;
	struct name name;
	const char *title; /* may be NULL */
	VEC(struct name) refs;
	struct name model_name;
	const struct model *model;             /* checked */
	struct block setup, finally, teardown; /* at is empty where there is none */
	struct name finally_in;                /* process; text NULL: not written */
	/* Checked: the irqs come last, and are not counted: there are irq_count more items. */
	VEC(struct cpu) cpus;
	size_t irq_count;
	VEC(struct variable) variables; /* checked: one slot each */
	struct span order_at;
	VEC(struct constraint) order;
	VEC(struct constraint) lost; /* scenario_load_old(): orders of points that are gone */
	VEC(struct permutation) permutations;
	struct faults faults;
	VEC(struct predicate) predicates; /* and invariants */
	struct span variants_at;
	VEC(struct variant) variants;
	struct span matrix_at;
	VEC(struct axis) matrix;
	struct search search;
};

#endif
