/* SPDX-License-Identifier: MIT */
/*
 * dpor.h - one execution per trace: optimal dynamic partial order reduction with wake-up trees.
 * It is for programs with interrupt contexts; all others have pop.h, which stores no plans.
 *
 * Executions that differ only in the order of independent steps are equivalent; a
 * class of them is a (Mazurkiewicz) trace. This strategy runs one of each. After an
 * execution it looks for its races, and for each race has a beginning explored in
 * which the two come the other way round, unless what was explored already, or will
 * be, has such an execution. docs/explorer.md says why nothing is missed.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_DPOR_H
#define EXPLORE_DPOR_H

#include "engine/strategy.h"
#include "explore/dpor_outcome.h"
#include "explore/dpor_path.h"
#include "explore/dpor_race.h"
#include "explore/dpor_wakeup.h"
#include "explore/mismatch.h"

/* A place on the path: before its event of the same index, and behind the last. */
struct dpor_place {
	uint32_t wakeups;  /* list: what is still to be explored from here */
	uint32_t sleepers; /* index of its first sleeper; they end where the next place's begin */
	bool free;         /* explore all that is not asleep: a plan failed here, or a cut */
	bool partial;      /* plans behind the step that leads here were left out */
};

/* How the execution ended, for when it is looked at again. */
struct dpor_ending {
	uint64_t pending; /* CPUs that have announced something */
	struct dpor_pending pendings[BATON_CPUS_MAX];
	bool finding; /* the last event stopped everything */
};

/* A step with the choices in it. */
struct dpor_made {
	uint8_t cpu;
	uint32_t outcome;
};

/* Where a search begins that is a part of another one: see dpor_part.h. */
struct dpor_base {
	VEC(struct dpor_made) steps;    /* made by every execution */
	VEC(struct dpor_made) sleepers; /* behind these steps */
	bool given;
};

struct dpor {
	struct strategy strategy;
	struct dpor_base base;
	size_t depth_max; /* stop every execution behind so many events, and leave out nothing */
	bool deeper;      /* one was stopped there */
	struct dpor_path path;
	struct dpor_races races;
	struct dpor_wakeups wakeups;
	struct dpor_outcomes outcomes;
	VEC(struct dpor_place) places; /* one more than events */
	/* First steps of what was explored from a place, or from an earlier one if nothing
	 * depended on them since: an execution that could begin with one is known. */
	VEC(struct dpor_step) sleepers;
	struct dpor_sequence sequence, scratch, rest;
	struct dpor_choices root; /* before the first step */
	size_t root_depth;
	size_t depth;    /* events made in this execution */
	size_t replayed; /* events that this execution has in common with the last */
	/* Past that all events behind these have in common, of this execution and the last. */
	uint32_t changed[BATON_CPUS_MAX];
	size_t answer;    /* choices made in the current step */
	uint32_t outcome; /* planned for it */
	struct dpor_ending ending;
	bool asking;              /* the last execution is being run again to ask conditions */
	bool blocked;             /* stopped: all that can go on sleeps */
	struct mismatch mismatch; /* if found, the search is void */
	uint64_t asked;           /* executions that were run again */
	uint64_t infeasible;      /* planned steps that could not be made */
};

/* @program: of the open simulation */
void dpor_init(struct dpor *dpor, const struct baton_program *program);
void dpor_release(struct dpor *dpor);

#endif
