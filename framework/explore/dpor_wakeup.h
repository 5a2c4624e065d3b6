/* SPDX-License-Identifier: MIT */
/*
 * dpor_wakeup.h - wake-up trees: sequences of steps that are still to be explored.
 *
 * Where the path could have gone another way, it keeps a list of trees. Each way from
 * a root to a leaf is a sequence: the beginning of an execution that no explored one
 * is equivalent to. The search takes the first root of a list, and its children become
 * the list of the next place. Behind a leaf the search is free.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_DPOR_WAKEUP_H
#define EXPLORE_DPOR_WAKEUP_H

#include "base/vec.h"
#include "explore/dpor_limit.h"
#include "explore/dpor_outcome.h"
#include "explore/dpor_step.h"

struct dpor_wakeup {
	struct dpor_step step;
	uint32_t children, sibling; /* lists; 0: empty */
};

/*
 * Without a limit there can be as many plans as there will be executions. A sequence that only
 * adds a branch to a tree can be left out: the search behind the node where the branch would
 * begin (a partial one) finds it as a race of its own. But sleepers that were asleep before the
 * node no longer say that what does not depend on them is known: that was for the plan to say.
 * If it is certain that all of them will be woken, that costs nothing, and the branch is left out.
 * Above used_max it is left out anyway, and an execution may be begun in which nobody wakes them.
 */
struct dpor_wakeups {
	VEC(struct dpor_wakeup) items; /* a pool; [0] is not used */
	uint32_t unused;               /* list, by sibling */
	size_t used, used_max;         /* nodes */
	bool keeps_all;                /* for tests: leave out nothing */
	uint64_t left_out;             /* branches */
	VEC(uint32_t) way;             /* nodes that took in what is being planned */
	VEC(struct dpor_step) asleep;  /* behind these */
};

/* Who sleeps where something is planned: some, and once it is explored the current step. */
struct dpor_sleepers {
	const struct dpor_step *steps, *current;
	size_t count;
};

/* Nodes: 18 MiB. */
#define DPOR_WAKEUPS_MAX 786432u

struct dpor_sequence {
	VEC(struct dpor_step) steps;
	struct dpor_failures before; /* what failed on the way to that state */
};

/* Make room for @count steps, and two more. */
void dpor_sequence_reserve(struct dpor_sequence *sequence, size_t count);
void dpor_sequence_copy(struct dpor_sequence *to, const struct dpor_sequence *from);

/* A part of a sequence. */
struct dpor_slice {
	struct dpor_step *steps;
	size_t count;
	uint64_t cpus; /* of all steps, perhaps more */
	const struct dpor_failures *before;
};

struct dpor_slice dpor_sequence_slice(const struct dpor_sequence *sequence);

/* How a step relates to a sequence that is to be made from the same state. */
enum dpor_relation {
	DPOR_OPPOSED, /* a step of the sequence depends on it and comes without it */
	DPOR_BEGINS,  /* it is in it, and could be the first */
	DPOR_APART,   /* it is independent of all of it */
};

/* The part of dpor_relate() that is left when the usual cases are through. */
enum dpor_relation dpor_relate_all(const struct dpor_step *step, const struct dpor_slice *slice,
				   size_t *at, const struct dpor_outcomes *outcomes);

/**
 * dpor_relate() - how does @step relate to @slice?
 * @slice: not empty
 * @at: set to its index in @slice for DPOR_BEGINS
 */
static inline enum dpor_relation dpor_relate(const struct dpor_step *step,
					     const struct dpor_slice *slice, size_t *at,
					     const struct dpor_outcomes *outcomes)
{
	if (slice->steps->cpu == step->cpu &&
	    dpor_outcome_agree(outcomes, slice->steps->outcome, step->outcome)) {
		*at = 0;
		return DPOR_BEGINS;
	}
	/* The last step is the one that a race is about: often it alone is dependent. */
	if (!(slice->cpus >> step->cpu & 1) &&
	    dpor_dependent(step, &slice->steps[slice->count - 1]))
		return DPOR_OPPOSED;
	return dpor_relate_all(step, slice, at, outcomes);
}

/* The part of dpor_slice_fits() that is left where choices are made. */
bool dpor_slice_allowed(const struct dpor_slice *slice, size_t at, uint32_t outcome,
			const struct dpor_outcomes *outcomes);

/* Is the slice within the limits if its step at @at, or one more, has @outcome? */
static inline bool dpor_slice_fits(const struct dpor_slice *slice, size_t at, uint32_t outcome,
				   const struct dpor_outcomes *outcomes)
{
	return !outcome || dpor_slice_allowed(slice, at, outcome, outcomes);
}

void dpor_wakeups_init(struct dpor_wakeups *wakeups);
void dpor_wakeups_release(struct dpor_wakeups *wakeups);

/**
 * dpor_wakeup_insert() - have @sequence explored.
 * @list: of the place where it begins
 * @sequence: its order is lost
 * @sleepers: of that place
 *
 * Does nothing if the exploration of what is in the list covers it.
 */
void dpor_wakeup_insert(struct dpor_wakeups *wakeups, uint32_t *list,
			struct dpor_sequence *sequence, const struct dpor_sleepers *sleepers,
			const struct dpor_outcomes *outcomes);

/* Take the first root off @list. @children: set to the list of the next place. */
struct dpor_step dpor_wakeup_take(struct dpor_wakeups *wakeups, uint32_t *list, uint32_t *children);

/* Drop all of @list. */
void dpor_wakeup_drop(struct dpor_wakeups *wakeups, uint32_t *list);

#endif
