/* SPDX-License-Identifier: MIT */
/*
 * verify.h - check the reduction on one program: the reduced search beside dfs.
 *
 * dpor runs first. Each of its executions must be of another trace. Then dfs runs, and
 * each of its executions must be of a trace that dpor ran, and end in the same state.
 * (Of executions that a finding cut short, it is enough to have one for all that the finding
 * needed, where no rule looks at the states between steps.)
 * Where both come through, dpor must not have a trace that dfs has not. Traces are
 * told apart by fingerprints, which share no code with the reduction.
 *
 * dfs is often much too large. Within an order or a limit it runs some of the
 * interleavings, and all that is said above still holds for these, but the last. If
 * dpor itself does not come through, dfs does not run: what it found would show nothing.
 *
 * With a bound on preemptions both have it, and what is checked is the reduction that
 * such searches have (memo.h). It runs a trace again where that takes fewer preemptions.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_VERIFY_H
#define EXPLORE_VERIFY_H

#include "explore/explore.h"

/* Executions of either search where no limit is given. */
#define VERIFY_EXECUTIONS_DEFAULT 1000000u

struct verify {
	struct explore_search search;  /* strategy, seed and depth do not matter */
	struct explore_filter *filter; /* of dfs alone; NULL: none. With it the bound is so too. */
	/* What the last execution left behind, as a number. */
	uint64_t (*state)(void *arg, enum sim_end end);
	void *arg;
};

/* The worst that was found comes last. */
enum verify_fault {
	VERIFY_EQUAL,
	VERIFY_MADE_UP,     /* the reduced search ran a trace that dfs, through, did not */
	VERIFY_AGAIN,       /* it ran a trace twice */
	VERIFY_OTHER_STATE, /* two executions of one trace ended in different states */
	VERIFY_MISSED,      /* dfs ran a trace that the reduced search, through, did not */
};

struct verify_result {
	struct explore_result reduced, all; /* of dpor and of dfs; no dfs: 0 executions */
	uint64_t traces;                    /* of the reduced search */
	enum verify_fault fault;
	uint64_t faults; /* of the worst kind: executions */
	/* Of the first of them; and for AGAIN and OTHER_STATE the other execution. */
	struct schedule schedule, other;
};

/**
 * verify_run() - run both searches and compare.
 * @result: verify_release() it also after an error
 * @err: why they could not be run
 *
 * Context: a simulation is open, not on a CPU.
 * Return: 0 (look at the fault), -1 on error.
 */
int verify_run(const struct verify *wanted, struct verify_result *result, struct err *err);

void verify_release(struct verify_result *result);

#endif
