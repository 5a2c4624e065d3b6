/* SPDX-License-Identifier: MIT */
/*
 * core.h - the orders that matter: each is necessary, and together they suffice.
 *
 * Of one failing execution, each order of two accesses that depend on each other is a
 * candidate, and so is each answer to a choice. An execution that passes breaks some of them.
 * A set of candidates is a core if
 *
 *	sufficient  every execution that obeys all of them fails
 *	necessary   without any one of them, some execution that obeys the others passes
 *
 * Executions that pass are searched for until none is left that obeys a smallest set which
 * each of those known breaks (hitting.h). So the last search proves that it is sufficient, as
 * far as its strength goes; and each condition has an execution that breaks it alone.
 *
 * Layer: explain. May include: explore, engine, base.
 */
#ifndef EXPLAIN_CORE_H
#define EXPLAIN_CORE_H

#include "explain/conflict.h"
#include "explain/hitting.h"
#include "explain/trial.h"

/* Executions of a search for one that passes, and of the one over everything. */
#define CORE_LIMIT_DEFAULT 100000u
#define CORE_LIMIT_ALL_DEFAULT 20000u

/* What became of one candidate. */
enum core_role {
	CORE_NEEDED,     /* it is in the core */
	CORE_IRRELEVANT, /* an execution that obeys the core breaks it, and fails */
	CORE_FORCED,     /* all that obey the core obey it too */
};

struct core_candidate {
	struct condition condition;
	enum core_role role;
	bool named;            /* its places are points that have a name */
	unsigned int distance; /* steps between its places */
	/* CORE_NEEDED: executions that obey all others and break this one */
	struct trial_count broken;
	struct schedule passing; /* the nearest of them that passes; empty: all fail otherwise */
	unsigned int reversed;   /* conflicting pairs of the failing execution that it reverses */
};

struct core {
	VEC(struct core_candidate) candidates;
	struct conflicts conflicts; /* of the failing execution */
	struct hitting_set members; /* indices in candidates */
	struct trial_count all;     /* whatever they obey */
	uint64_t failing_others;    /* of all: that fail, and break the core */
	struct trial_count obeying; /* all of the core */
	bool explained;             /* there is a core; else an execution breaks no candidate */
	bool smallest;              /* no fewer candidates are a core */
	struct schedule nearest;    /* of all that pass: it reverses the fewest pairs */
	unsigned int reversed;      /* by nearest */
	uint64_t runs;
};

struct core_limits {
	uint64_t all;     /* executions of the search over everything; 0: the default */
	uint64_t obeying; /* and of those that look for one that passes */
	uint64_t total;   /* of all searches together; 0: there is no such limit */
};

/**
 * core_find() - why does @failing fail?
 * @failing: fails, best after shrink()
 * @core: filled; core_release() it also after an error
 *
 * Bounds of @subject that @failing breaks are widened so that it is within.
 *
 * Context: the simulation of @subject is open.
 * Return: 0 (look at explained), -1 if @failing diverges, does not fail, or on a BUG.
 */
int core_find(const struct subject *subject, const struct schedule *failing,
	      const struct core_limits *limits, struct core *core, struct err *err);
void core_release(struct core *core);

/* How many orders are in it: the depth of the bug. */
unsigned int core_depth(const struct core *core);

#endif
