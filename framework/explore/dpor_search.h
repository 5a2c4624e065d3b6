/* SPDX-License-Identifier: MIT */
/*
 * dpor_search.h - what the files of the reduced search have in common.
 *
 *	dpor_pick.c     begins an execution and makes its choices
 *	dpor_sleep.c    says which of them would lead to what was explored
 *	dpor.c          sees what came out, and goes back to where there is more
 *	dpor_plan.c     says what there is to explore because of it
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_DPOR_SEARCH_H
#define EXPLORE_DPOR_SEARCH_H

#include "explore/dpor.h"

void dpor_begin(struct strategy *strategy);
uint32_t dpor_pick(struct strategy *strategy, const struct choice *choice);

/* The end of the sleepers of @place, among all. */
static inline uint32_t dpor_sleepers_end(const struct dpor *dpor, size_t place)
{
	return place + 1 < dpor->places.count ? dpor->places.items[place + 1].sleepers :
						(uint32_t)dpor->sleepers.count;
}

/* Plans from @place were left out: explore all that does not sleep there, by its own races. */
void dpor_open(struct dpor *dpor, size_t place);

/* CPUs whose next step needs no exploration here, whatever its choices are. */
uint64_t dpor_asleep(const struct dpor *dpor);

/* How the first outcome of the next step of CPU @cpu begins that does not sleep. */
uint32_t dpor_awake(const struct dpor *dpor, uint32_t cpu);

/* Plan the other way round all races of the execution, and other answers to its choices. */
void dpor_plan(struct dpor *dpor);

/* Plan all other answers to the choices in the event at @index. */
void dpor_plan_answers(struct dpor *dpor, size_t index);

#endif
