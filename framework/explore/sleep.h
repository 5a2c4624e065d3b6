/* SPDX-License-Identifier: MIT */
/*
 * sleep.h - wraps dfs, and has it pass each state once without remembering any.
 *
 * For searches without a bound on preemptions whose step callback sees the states between
 * steps. These are sleep sets (Godefroid, LNCS 1032, 1996): at a choice, the CPUs that are
 * explored before the one picked fall asleep, and wake when a step is made that theirs
 * depends on. Of all ways to a state (trace_class.h: of one class), dfs comes first to it
 * by one; at each other way a CPU sleeps. So the executions are those of memo.h, in the same
 * order, with no table; and what is left can be cut off anywhere.
 *
 * But that is so only as long as the way to a state does not matter. Where a step callback
 * has seen something (sim_seen()), or a finding has ended an execution in its midst, what
 * sleeps may be a step that another way does not go on behind, or goes on with something
 * else seen. Then the search is void, and memo.h has to do it.
 *
 * Invariant: a CPU that sleeps can go on, and makes the same step wherever it is made,
 * since no step was made that it depends on.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_SLEEP_H
#define EXPLORE_SLEEP_H

#include "engine/sim.h"
#include "explore/dfs.h"

/* A choice of a CPU on the path. */
struct sleep_place {
	uint64_t asleep; /* CPUs */
	uint32_t picked;
};

struct sleep {
	struct strategy strategy;
	const struct baton_program *program;
	VEC(struct sleep_place) places; /* of this execution, and behind it of the last one */
	size_t position;                /* steps made in this execution */
	bool blocked;                   /* it was ended, because all that could go on slept */
};

/**
 * sleep_init() - ready to explore.
 * @dfs: initialised, and used by nobody else
 * @program: of the open simulation
 */
void sleep_init(struct sleep *sleep, struct dfs *dfs, const struct baton_program *program);

void sleep_release(struct sleep *sleep);

/**
 * sleep_is_void() - did the way matter in the execution that has just ended?
 * @end: how it ended
 *
 * Context: after sim_execute().
 */
bool sleep_is_void(enum sim_end end);

#endif
