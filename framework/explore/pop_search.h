/* SPDX-License-Identifier: MIT */
/*
 * pop_search.h - what the files of the parsimonious search have in common.
 *
 *	pop_pick.c      makes the choices of an execution
 *	pop.c           sees what came out, and goes on with the next node
 *	pop_race.c      says which nodes there are because of it: its races the other way round,
 *	pop_answer.c    and its choices with other answers
 *	pop_canonical.c says which of them this execution has to plan, and no other
 *	pop_frame.c     says what a node's steps are
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_POP_SEARCH_H
#define EXPLORE_POP_SEARCH_H

#include "explore/pop.h"

void pop_begin(struct strategy *strategy);
uint32_t pop_pick(struct strategy *strategy, const struct choice *choice);

/* Go on with the next node of the queue, which is not empty. */
void pop_next_queued(struct pop *pop);

/* The second step of races: an event, or what a CPU has announced at the end. */
struct pop_second {
	const struct dpor_step *step;
	size_t index;                       /* of the event; SIZE_MAX: not made */
	uint32_t before_cpu, before_object; /* links */
	uint8_t wait;
	bool ready;                /* what it waits for holds, where it is or would be made */
	const uint32_t *announced; /* clock: what its CPU has seen when it announces it */
	uint32_t *clock;           /* what it needs, as it was made */
	struct pop_frame *frame;
};

/* The clocks of the execution's new events, and to @frame, whose node it is, all plans. */
void pop_plan(struct pop *pop, struct pop_frame *frame);

/* Of these: the other answers to all new choices. */
void pop_plan_answers(struct pop *pop, struct pop_frame *frame);

/* Of these: where the last event, a finding, waits for the others. */
void pop_plan_asleep(struct pop *pop, struct pop_frame *frame);

/* Default steps, and the one that the node is about. What sleeps was planned for before. */
static inline bool pop_is_new(const struct pop *pop, size_t index)
{
	return index >= pop->node.tail &&
	       (index < pop->forced || pop->node.steps.items[index].first);
}

/*
 * Which events could be the first of a race: those from the returned index on. Behind it there
 * is no deviation that is not needed.
 * @clock: what the second event needs
 * @index: of the second event, which is needed too; SIZE_MAX: it is not
 */
size_t pop_first_free(const struct pop *pop, const uint32_t *clock, size_t index);

/*
 * Other steps may have come before the one at @first already, in this execution: f1, then f2. The
 * node of f1 is of those traces in which no CPU below f1's does what f1 does without needing it.
 * Return: whether @second may come next.
 */
bool pop_is_least(const struct pop *pop, const struct pop_second *second, size_t first);

/* Does @second's CPU sleep at @first, and nothing that @clock describes wakes it? Then it is the
 * finding that put it to sleep. */
bool pop_sleeps(const struct pop *pop, const struct pop_second *second, size_t first,
		const uint32_t *clock);

#endif
