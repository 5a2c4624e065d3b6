/* SPDX-License-Identifier: MIT */
/*
 * dpor_path.h - the steps of the current execution and what happens before what.
 *
 * An event is one step. Events of one CPU, of one core, and of one object are linked
 * backwards, so that the predecessors of an event are found without looking at all of
 * them. Each event has a vector clock, one entry per CPU: entry c is the number of the
 * last event of CPU c that happens before it, or is it.
 *
 * Indices of events begin with 0; where "none" is needed too, a link is the index + 1.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_DPOR_PATH_H
#define EXPLORE_DPOR_PATH_H

#include <string.h>

#include "base/vec.h"
#include "engine/sim.h"
#include "explore/dpor_object.h"
#include "explore/dpor_outcome.h"
#include "explore/dpor_step.h"

struct dpor_event {
	struct dpor_step step;
	const struct baton_point *point;
	uint32_t number;                                 /* of the events of its CPU, from 1 */
	uint32_t before_cpu, before_core, before_object; /* links */
	uint32_t before_others;                          /* of its object, that do not commute */
	uint32_t choices;                                /* index of its first choice */
	uint32_t races;                                  /* races that the events before it have */
	uint32_t race;       /* link: the first race that this event comes first in */
	uint32_t ready;      /* conditions of the object that held before it */
	uint8_t ready_count; /* conditions that were asked */
	uint8_t wait;        /* its own condition, DPOR_NO_WAIT, ... */
	bool frozen;         /* an interrupt context was busy on its core */
	bool held;           /* no interrupt was taken there */
	bool interrupts;     /* an interrupt context leaves its idle loop */
	uint64_t options;    /* CPUs that could have been picked */
};

/* What a CPU will do next, where the execution ended: like an event that is yet to come. */
struct dpor_pending {
	struct dpor_step step;
	uint8_t wait;
	bool interrupts; /* an interrupt context that waits for its interrupt */
	bool ready;      /* what it waits for holds */
	bool frozen;     /* an interrupt context is busy on this CPU */
	bool held;       /* its host takes no interrupts */
};

struct dpor_path {
	unsigned int cpu_count;
	uint8_t core[BATON_CPUS_MAX];
	uint8_t context[BATON_CPUS_MAX]; /* the last one that interrupts it */
	uint64_t shared;                 /* CPUs on a core with an interrupt context */
	uint64_t contexts;
	struct dpor_objects objects;
	VEC(struct dpor_event) events;
	VEC(struct dpor_choice) choices;                              /* of all events */
	uint32_t last_cpu[BATON_CPUS_MAX], last_core[BATON_CPUS_MAX]; /* links */
	size_t clock_size; /* entries of a clock: cpu_count, rounded up */
	uint32_t *clocks;  /* one per event, and two more: see dpor_path_scratch() */
	size_t clock_capacity;
	size_t clocked; /* events that have their clocks */
	/* Additions to an object that somebody waits for were taken for independent before
	 * that was known. The search is void. */
	const struct baton_point *mixed;
	bool orders_adds; /* take none for independent */
};

/* @program: interrupt contexts have their host's core */
void dpor_path_init(struct dpor_path *path, const struct baton_program *program);
void dpor_path_release(struct dpor_path *path);

/* What CPU @cpu has announced. Context: in pick, or at the end. */
struct dpor_pending dpor_path_pending(struct dpor_path *path, uint32_t cpu);

/**
 * dpor_path_push() - CPU @cpu makes the step that it has announced.
 * @options: CPUs that could make one
 *
 * Context: in pick.
 */
void dpor_path_push(struct dpor_path *path, uint32_t cpu, uint64_t options);

/* Forget the events from index @count on. */
void dpor_path_cut(struct dpor_path *path, size_t count);

/* The event at @index is being made again: ask the conditions again, there may be more. */
void dpor_path_ask(struct dpor_path *path, size_t index);

static inline uint32_t *dpor_path_clock(const struct dpor_path *path, size_t index)
{
	return path->clocks + index * path->clock_size;
}

/*
 * Behind the clocks of the events: the clock of the last event's accesses, without what
 * it does to others; and one to count in.
 */
static inline uint32_t *dpor_path_end_clock(const struct dpor_path *path)
{
	return dpor_path_clock(path, path->events.count);
}

static inline uint32_t *dpor_path_scratch(const struct dpor_path *path)
{
	return dpor_path_clock(path, path->events.count + 1);
}

/* Make room for the clocks of all events, and those behind them. */
void dpor_path_reserve_clocks(struct dpor_path *path);

/* Entries of a clock that one instruction handles. */
#define DPOR_LANES 4
typedef int32_t dpor_lanes __attribute__((vector_size(DPOR_LANES * sizeof(int32_t))));

static inline void dpor_clock_copy(const struct dpor_path *path, uint32_t *to, const uint32_t *from)
{
	for (size_t i = 0; i < path->clock_size; i += DPOR_LANES)
		memcpy(to + i, from + i, sizeof(dpor_lanes));
}

/* The past of both: the greater one of each entry. */
static inline void dpor_clock_join(const struct dpor_path *path, uint32_t *clock,
				   const uint32_t *other)
{
	for (size_t i = 0; i < path->clock_size; i += DPOR_LANES) {
		dpor_lanes a, b, less;

		memcpy(&a, clock + i, sizeof(a));
		memcpy(&b, other + i, sizeof(b));
		less = a < b;
		a = (a & ~less) | (b & less);
		memcpy(clock + i, &a, sizeof(a));
	}
}

/* What the pasts have in common: the smaller one of each entry. */
static inline void dpor_clock_meet(const struct dpor_path *path, uint32_t *clock,
				   const uint32_t *other)
{
	for (size_t i = 0; i < path->clock_size; i += DPOR_LANES) {
		dpor_lanes a, b, less;

		memcpy(&a, clock + i, sizeof(a));
		memcpy(&b, other + i, sizeof(b));
		less = a < b;
		a = (a & less) | (b & ~less);
		memcpy(clock + i, &a, sizeof(a));
	}
}

/* Is @event in the past that @clock describes? */
static inline bool dpor_clock_has(const uint32_t *clock, const struct dpor_event *event)
{
	return clock[event->step.cpu] >= event->number;
}

/* Does the event at @index happen after @event, or is it? */
static inline bool dpor_path_after(const struct dpor_path *path, size_t index,
				   const struct dpor_event *event)
{
	return dpor_clock_has(dpor_path_clock(path, index), event);
}

/* Choices of the event at @index. */
static inline uint32_t dpor_path_choices_end(const struct dpor_path *path, size_t index)
{
	return index + 1 < path->events.count ? path->events.items[index + 1].choices :
						(uint32_t)path->choices.count;
}

/* The answers of the events from @first on, as outcomes of their steps. */
void dpor_path_note_outcomes(struct dpor_path *path, size_t first, struct dpor_outcomes *outcomes);

#endif
