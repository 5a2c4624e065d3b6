/* SPDX-License-Identifier: MIT */
/*
 * result.h - what an exploration showed, in the words that reports print.
 *
 * A verdict always carries its strength, and "never" without a qualification is
 * only said where the strength is EXHAUSTIVE.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_RESULT_H
#define EXPLORE_RESULT_H

#include <stdint.h>

#include "engine/schedule.h"
#include "engine/trace.h"

enum strength {
	STRENGTH_EXHAUSTIVE, /* every interleaving (and every fault) was run */
	STRENGTH_BOUNDED,    /* every one within a bound: bounds says which */
	STRENGTH_SAMPLED,    /* chosen at random, or given one by one */
	STRENGTH_CUT,        /* a limit ended the search before it was through */
};

enum expectation {
	EXPECT_NEVER,
	EXPECT_SOMETIMES,
	EXPECT_ALWAYS,
};

enum outcome {
	OUTCOME_OK,           /* as expected */
	OUTCOME_FAIL,         /* not as expected */
	OUTCOME_INCONCLUSIVE, /* not seen, and the search was too weak to say */
	OUTCOME_NONE,         /* nothing ran */
};

/* One line of a variant: a predicate or oracle, and what was expected of it. */
struct verdict {
	const char *predicate;
	enum expectation expected;
	bool implied;   /* an oracle that the variant does not mention: never */
	uint64_t holds; /* executions in which it held */
	uint64_t fails; /* executions in which it did not */
	enum outcome outcome;
	/* An execution that shows it: where it held for never and sometimes, where it did
	 * not for always. trace is recorded; NULL if there is none. */
	struct schedule schedule;
	struct trace *trace;
	uint64_t execution; /* number of that execution in the search, from 1 */
	char *ending;       /* how it ended there: when it is run again it must be the same */
	char *message;      /* "seen == 0x11, expected 0x5a" or the oracle's words; may be NULL */
	char *replay;       /* the command line that runs this execution again; may be NULL */
	char *explain;      /* the one that says why it shows that; may be NULL */
	char *html;         /* the one that writes it as a page; may be NULL */
};

/* One of two accesses that conflict. */
struct coverage_side {
	const char *cpu;
	unsigned int cpu_index;
	const struct baton_point *point;
};

struct coverage_pair {
	struct coverage_side sides[2];
	bool first[2]; /* was this side seen before the other one? */
};

/* Which orders of conflicting accesses a search saw. */
struct coverage_result {
	bool asked; /* else nothing was gathered */
	VEC(struct coverage_pair) pairs;
};

/* What executions showed, though it was never expected, in which one pass failed. */
struct fault_shown {
	const char *name;    /* of the verdict */
	uint64_t executions; /* that showed it */
	bool excused;        /* of what had failed this may come, so it was not judged */
};

/* One pass of a fault point that was let fail. */
struct fault_row {
	const char *point, *cpu;
	unsigned int cpu_index, pass; /* the pass of that CPU, from 1 */
	const char *error;            /* "ENOMEM"; NULL: none, a mere choice */
	const char *effect;           /* of the point: "must be absorbed" */
	uint64_t executions;          /* in which it failed */
	VEC(struct fault_shown) shown;
};

struct fault_table_result {
	bool asked; /* it is to be shown */
	VEC(struct fault_row) rows;
};

struct variant_result {
	const char *scenario;     /* name */
	const char *path;         /* as given on the command line */
	const char *variant;      /* "kosaki-0419 + tlbflush=paravirt_noipi" */
	const char *variant_help; /* may be NULL */
	const char *cell;         /* "tlbflush=ipi"; NULL without a matrix */
	enum outcome outcome;     /* the worst of the verdicts */
	enum strength strength;
	char *bounds; /* "preemptions<=3", "100000 executions"; NULL if exhaustive */
	uint64_t executions;
	uint64_t cut;       /* of them: ended by a bound on steps */
	uint64_t pruned;    /* begun and dropped: an order forbids them, or as redundant ones */
	uint64_t redundant; /* begun and dropped: they lead to nothing new */
	uint64_t steps_max; /* of the longest execution */
	uint64_t seed;
	VEC(struct verdict) verdicts;
	/* Findings that no verdict covers: crash, deadlock, livelock... (implied verdicts, each
	 * with predicate set to the finding's name). They are in verdicts too. */
	struct coverage_result coverage;
	struct fault_table_result faults; /* of those that the command line added */
	struct text notes; /* lints and remarks, one per line; empty if there are none */
	bool unannounced;  /* one of them is of memory that two CPUs change without an order */
	/* What the borrowed strings and the traces' programs belong to; released last. */
	void *owner;
	void (*owner_release)(void *owner); /* may be NULL */
};

const char *strength_name(enum strength strength);       /* "exhaustive" */
const char *expectation_name(enum expectation expected); /* "never" */
const char *outcome_name(enum outcome outcome);          /* "ok", "FAIL", "?", "none" */

/* The schedule, ending, trace (malloc'ed), message and replay line belong to the verdict. */
void verdict_release(struct verdict *verdict);
/* Nothing ran yet. */
void variant_result_init(struct variant_result *result);
/* Verdicts, bounds and notes belong to the result; all other strings are borrowed. */
void variant_result_release(struct variant_result *result);

#endif
