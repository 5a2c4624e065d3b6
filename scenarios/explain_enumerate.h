/* SPDX-License-Identifier: MIT */
/*
 * explain_enumerate.h - all interleavings of a failing program, and which conditions each obeys.
 */
#ifndef SCENARIOS_EXPLAIN_ENUMERATE_H
#define SCENARIOS_EXPLAIN_ENUMERATE_H

#include "engine/model.h"
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
	struct explore_filter *filter; /* NULL: that of the subject */
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

/* A core's file without line @line of the failure's orders, from 0. */
void enumerate_leave_out(const char *text, unsigned int line, struct text *out);

/**
 * enumerate_file() - of all interleavings of a scenario, do all show @name?
 * @always: it is to hold always, so they show that it does not
 *
 * Return: -1: there are more than @limit, or it took too long.
 */
int enumerate_file(const char *text, const struct model *const *models, const char *name,
		   bool always, uint64_t limit);

#endif
