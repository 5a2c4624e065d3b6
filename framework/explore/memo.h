/* SPDX-License-Identifier: MIT */
/*
 * memo.h - wraps dfs, and keeps it from what was explored already.
 *
 * The reduction for searches with a bound, and for programs with a step callback where
 * sleep.h does not do: that sees the states between steps, and equivalent executions pass
 * different ones. With this, each state is passed once. Under a bound, dpor reverses races,
 * and the reversal may need more preemptions than the bound allows although an equivalent
 * execution needs fewer; so what it leaves out under a bound may be missed. This wrapper
 * remembers instead: where an execution has come to a point that an earlier one had come to
 * by an equivalent way, it goes on only with CPUs that were not explored there with as few
 * preemptions. docs/explorer.md, "Bounds", says why nothing within the bound is missed.
 *
 * A bound on preemptions wraps this, and it wraps dfs: so it sees what the bound
 * leaves, and dfs sees what it leaves.
 *
 * A part of a search is kept to the traces of one beginning: memo_part.h. Each part has a
 * table of its own.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_MEMO_H
#define EXPLORE_MEMO_H

#include "explore/dfs.h"
#include "explore/memo_part.h"
#include "explore/memo_table.h"
#include "explore/trace_class.h"

/* A choice of a CPU on the path. */
struct memo_step {
	uint64_t offered; /* all options, to notice when the program is not deterministic */
	uint64_t left;    /* options that were left to explore */
	size_t depth;     /* nodes of dfs before it */
};

/* What a step adds to the price of an execution. */
struct memo_prices {
	unsigned int preemption; /* another CPU's step, while the last one could have gone on */
	unsigned int change;     /* another CPU's step, whatever the last one could */
};

struct memo {
	struct strategy strategy;
	struct dfs *dfs;
	struct trace_class class;
	struct memo_table table;
	struct memo_part part; /* the search is kept to it */
	VEC(struct memo_step) steps;
	struct memo_prices prices; /* of preemptions only; set after memo_init() */
	unsigned int price;        /* of this execution, so far */
	size_t position;           /* steps made in this execution */
	size_t asked;              /* choices in the step that is made, or before the first one */
	size_t kept;               /* steps at the beginning that are the last execution's */
};

/**
 * memo_init() - ready to explore.
 * @dfs: initialised, and used by nobody else
 * @program: of the open simulation
 * @table_size_max: bytes, normally MEMO_TABLE_SIZE_MAX
 */
void memo_init(struct memo *memo, struct dfs *dfs, const struct baton_program *program,
	       size_t table_size_max);
void memo_release(struct memo *memo);

/* Does the trace of the execution belong to the part? Context: as memo_is_again(). */
bool memo_is_within(const struct memo *memo);

/**
 * memo_is_again() - has an execution of the same trace, at as low a price, come to its end
 * before?
 *
 * Answers once for each execution, and only of one that was not stopped.
 *
 * Context: between sim_execute() and the strategy's end.
 */
bool memo_is_again(struct memo *memo);

#endif
