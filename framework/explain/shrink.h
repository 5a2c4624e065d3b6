/* SPDX-License-Identifier: MIT */
/*
 * shrink.h - the smallest schedule that fails in the same way.
 *
 * Smallest is by sched_cost.h. Fewer faults and preemptions are looked for by searches within
 * bounds, 0, 1, 2, ...; then one within the least of both, which runs each trace with the
 * fewest switches, has the least of the rest. What a limit ended is not proved, and what is
 * left is made smaller step by step (reduce.h).
 *
 * In the same way: subject->judge() says that it fails, and if it is a finding that ended the
 * execution, it is of the same CPU at the same point. (What does not end it has no place: the
 * searches tell apart what was seen, and not where.)
 *
 * Layer: explain. May include: explore, engine, base.
 */
#ifndef EXPLAIN_SHRINK_H
#define EXPLAIN_SHRINK_H

#include "explain/trial.h"

/* Executions of one search, where the caller has no other number. */
#define SHRINK_LIMIT_DEFAULT 100000u

/* Where a finding ended an execution. */
struct signature {
	bool found; /* else none did, or it was nobody's */
	int cpu;
	const struct baton_point *point;
};

struct shrunk {
	struct schedule schedule;
	struct sched_cost cost, before;
	struct signature signature;
	bool proved;         /* no failing schedule is smaller */
	struct text because; /* "no failure with preemptions<=1; ..." */
	uint64_t runs;
};

/* Of the last execution. */
struct signature signature_of_execution(void);
bool signature_is(const struct signature *a, const struct signature *b);

/**
 * shrink() - find the smallest schedule that fails as @failing does.
 * @limit: executions of each search
 * @shrunk: filled; shrink_release() it also after an error
 *
 * What it finds was run twice more, and failed.
 *
 * Context: the simulation of @subject is open.
 * Return: 0; -1 if @failing does not fail, or diverges, or on a BUG.
 */
int shrink(const struct subject *subject, const struct schedule *failing, uint64_t limit,
	   struct shrunk *shrunk, struct err *err);
void shrink_release(struct shrunk *shrunk);

#endif
