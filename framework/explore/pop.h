/* SPDX-License-Identifier: MIT */
/*
 * pop.h - one execution per trace, in little memory: parsimonious optimal reduction.
 *
 * After Abdulla, Atig, Das, Jonsson, Sagonas, "Parsimonious Optimal Dynamic Partial Order
 * Reduction" (CAV 2024), with waits, choices and findings of our own: docs/explorer.md
 * says what is done, and why nothing is missed or run twice.
 *
 * A *node* is a beginning of executions. One execution is run from it, by default choices. Each
 * default step e, at a place E, stands for all traces in which e can come first behind E.
 * In all others some step f that depends on e comes before it; they are told apart by
 * what such an f needs (u): E u f is a node of its own. It is found as a race of e and f, in
 * one execution of many: the one that deviates from the defaults behind E e in nothing
 * that f does not need. So it is run at once or later, by this process or another one, and
 * nothing has to be remembered but the executions on the way to it.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_POP_H
#define EXPLORE_POP_H

#include "engine/strategy.h"
#include "explore/dpor_outcome.h"
#include "explore/dpor_path.h"
#include "explore/mismatch.h"
#include "explore/pop_frame.h"

struct pop {
	struct strategy strategy;
	struct dpor_path path;
	struct dpor_outcomes outcomes;
	struct pop_node node; /* of the current execution; while it runs its steps grow */
	size_t forced;        /* steps that the node prescribes */
	size_t depth;         /* steps made in this execution */
	size_t replayed;      /* events that this execution has in common with the last */
	size_t root_depth;    /* choices made before the first step */
	size_t answer;        /* choices made in the current step */
	size_t deviation;     /* the next one that the execution comes to */
	uint64_t asleep;      /* CPUs whose next step was a finding: not before something */
	struct dpor_step sleepers[BATON_CPUS_MAX]; /* that depends on it is made */
	uint64_t asleep_last;                      /* those before the last step */
	uint64_t waiting; /* CPUs that have announced what they may have to wait for */
	struct dpor_pending pendings[BATON_CPUS_MAX]; /* where the execution ended */
	bool finding;                                 /* the last step stopped everything */
	VEC(struct pop_node) queue; /* to be explored when this is through; the last one is next */
	VEC(struct pop_frame)
	frames;                   /* executions that still lead to nodes; the last one is next */
	size_t frame_count;       /* in use; the memory of the others is kept */
	VEC(uint32_t) seconds;    /* scratch: links of events that race with the current one */
	bool asking;              /* the last execution is being run again to ask conditions */
	bool unasked;             /* a condition was not asked at some event */
	struct mismatch mismatch; /* if found, the search is void */
	bool crowded;             /* an object is waited for in more ways than can be told apart */
	uint64_t asked;           /* executions that were run again */
	uint64_t infeasible;      /* nodes that could not be come to */
};

/* @program: of the open simulation; without interrupt contexts */
void pop_init(struct pop *pop, const struct baton_program *program);
void pop_release(struct pop *pop);

#endif
