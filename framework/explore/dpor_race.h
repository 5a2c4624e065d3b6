/* SPDX-License-Identifier: MIT */
/*
 * dpor_race.h - the races of an execution: pairs of events that could be the other way round.
 *
 * Events a and b race if b happens after a, there is nothing between them (no c after
 * a and before b), and b could have been made before a. For a blocking access the last
 * does not hold where a is what let b go on (an unlock); then b races with what had
 * kept it out (the lock), further back.
 *
 * What a CPU has announced and not yet done where the execution ended counts as b too:
 * the lock that it waits for in a deadlock might have been free before.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_DPOR_RACE_H
#define EXPLORE_DPOR_RACE_H

#include "explore/dpor_path.h"

struct dpor_race {
	uint32_t first;        /* event */
	uint32_t next;         /* link: the next race with this first event */
	uint32_t also;         /* link: another event that has to come after the second; 0: none */
	struct dpor_step step; /* the second one; what its choices will be is open */
	bool prevented;        /* the first one does not depend on it, and follows it unchanged */
};

struct dpor_races {
	VEC(struct dpor_race) items; /* in the order of the second event */
	/* Some condition was not asked at some event: nobody knew of it then. */
	bool unasked;
};

/* Clocks and races of the events that have none. */
void dpor_race_events(struct dpor_races *races, struct dpor_path *path);

/* Add the races of @pending, which a CPU has announced. They come last. */
void dpor_race_pending(struct dpor_races *races, struct dpor_path *path,
		       const struct dpor_pending *pending);

/* Add the race of @last, which ends the execution, with what @pending could have done before. */
void dpor_race_prevented(struct dpor_races *races, struct dpor_path *path, uint32_t last,
			 const struct dpor_pending *pending);

/* Link the races of each first event, in the order of the second. */
void dpor_race_link(struct dpor_races *races, struct dpor_path *path);

#endif
