/* SPDX-License-Identifier: MIT */
/*
 * explain_enumerate.h - all interleavings of a failing program, and which conditions each obeys.
 */
#ifndef SCENARIOS_EXPLAIN_ENUMERATE_H
#define SCENARIOS_EXPLAIN_ENUMERATE_H

#include "explain/core.h"
#include "explain/shrink.h"

/* A condition as it is enumerated: when was it what? */
struct seen {
	const struct condition *condition;
	unsigned int passes[2], at[2]; /* of its places */
	unsigned int asked;
	bool other; /* answer */
};

struct enumeration {
	struct strategy strategy;
	struct explore_filter observer;
	const struct subject *subject;
	const struct signature *signature;
	struct seen seen[HITTING_ELEMENTS_MAX];
	size_t count;
	unsigned int steps;
	/* What was found. */
	struct sched_cost smallest;
	bool any;
	uint64_t executions, obeying, obeying_fail;
	bool needed[HITTING_ELEMENTS_MAX];
};

/**
 * enumerate() - run dfs.
 * @all: all zero but for its subject, signature and conditions
 *
 * Return: whether it came to its end within @limit executions.
 */
bool enumerate(struct enumeration *all, const struct explore_search *bounds, uint64_t limit);

#endif
