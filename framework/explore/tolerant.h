/* SPDX-License-Identifier: MIT */
/*
 * tolerant.h - runs an execution like the one that a schedule describes, where the program has
 * changed since.
 *
 * Each CPU goes through its own entries of the schedule, by the names of the points:
 *
 *	1. it is at the point of a later entry: those before that are gone
 *	2. it is at a point that no entry has, and no point of the program is called what its
 *	   entry is called: the point has a new name
 *	3. it is at a point that no entry has, else: a new step, made at once
 *	4. it cannot go on: the first entry behind that can be followed is taken first
 *
 * Behind the schedule the CPU that runs goes on, or else the first that can. Entries without
 * names say only who makes a step.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_TOLERANT_H
#define EXPLORE_TOLERANT_H

#include "base/text.h"
#include "base/vec.h"
#include "engine/schedule.h"
#include "engine/strategy.h"

/* A name of a point and what it is now. */
struct tolerant_alias {
	const char *then, *now;
};

struct tolerant {
	struct strategy strategy;
	const struct schedule *schedule;
	const struct baton_program *program;
	char *const *points; /* of each entry, as in replay_init(); or NULL */
	bool *done;          /* of each entry: made, or given up */
	bool *waited;        /* of each entry: others have been taken before it */
	size_t next;         /* the first entry that is not done */
	size_t choices;      /* behind the entry of the last step: where its choices stand */
	VEC(struct tolerant_alias) aliases;
	bool ended;       /* it was said that the execution goes on behind the schedule */
	struct text bent; /* a line for each thing that does not fit; empty if all did */
};

void tolerant_init(struct tolerant *tolerant, const struct schedule *schedule,
		   const struct baton_program *program, char *const *points);
void tolerant_release(struct tolerant *tolerant);

/* After the execution: say what of the schedule was left over. */
void tolerant_finish(struct tolerant *tolerant);

#endif
