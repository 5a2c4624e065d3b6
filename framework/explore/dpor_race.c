/* SPDX-License-Identifier: MIT */
#include "explore/dpor_race.h"

#include <string.h>

/* The later event of the races that are looked for. */
struct later {
	const struct dpor_step *step;
	uint32_t before_cpu, before_core, before_object; /* links */
	uint8_t wait;
	bool interrupts;          /* an interrupt context leaves its idle loop */
	bool ready, frozen, held; /* where it is announced, as in struct dpor_pending */
	uint32_t *clock;          /* of the past found so far */
};

enum possible {
	NO,
	YES,
	UNKNOWN,
};

static void join(const struct dpor_path *path, uint32_t *clock, size_t index)
{
	dpor_clock_join(path, clock, dpor_path_clock(path, index));
}

static void add_race(struct dpor_races *races, uint32_t link, const struct dpor_step *step)
{
	vec_push(&races->items, ((struct dpor_race){ .first = link - 1, .step = *step }));
}

/* Made earlier, the access may see something else: what it leads to is open again. */
static void add_open_race(struct dpor_races *races, uint32_t link, const struct dpor_step *step)
{
	struct dpor_step moved = *step;

	moved.outcome = 0;
	moved.stops = false;
	add_race(races, link, &moved);
}

static const struct dpor_event *event_at(const struct dpor_path *path, uint32_t link)
{
	return &path->events.items[link - 1];
}

/* ---- Could a blocking access have been made before an event? --------------------------- */

/*
 * @later, moved to where it can be made. What has to be there is the state of two chains:
 * its object's and, where an interrupt context is involved, its core's. Each is given up
 * from one event on, the root, with all that happens after that; the other chain may
 * lose events by it.
 */
struct move {
	const struct later *later;
	uint32_t object_root, core_root; /* links; 0: none */
	uint32_t object, core; /* links: the first events that are not there; 0: all are */
};

/* The first event of @chain, from @at back to @root, that happens after @root. */
static uint32_t first_after(const struct dpor_path *path, uint32_t root, uint32_t at, bool object)
{
	uint32_t first = 0;

	while (at >= root) {
		const struct dpor_event *event = event_at(path, at);

		if (dpor_path_after(path, at - 1, event_at(path, root)))
			first = at;
		at = object ? event->before_object : event->before_core;
	}
	return first;
}

static uint32_t earlier(uint32_t a, uint32_t b)
{
	if (!a || !b)
		return a ? a : b;
	return a < b ? a : b;
}

static void give_up(const struct dpor_path *path, struct move *move, uint32_t root)
{
	const struct later *later = move->later;

	move->object = earlier(move->object, first_after(path, root, later->before_object, true));
	if (options_has(path->shared, later->step->cpu))
		move->core =
			earlier(move->core, first_after(path, root, later->before_core, false));
}

/* Has the CPU of @later seen @event before it announced? */
static bool was_seen(const struct dpor_path *path, const struct later *later,
		     const struct dpor_event *event)
{
	return later->before_cpu && dpor_path_after(path, later->before_cpu - 1, event);
}

/* Give up the event at @link too. Return: false if @later needs it. */
static bool move_before(const struct dpor_path *path, struct move *move, uint32_t link)
{
	const struct dpor_event *event;

	if (!link)
		return false;
	event = event_at(path, link);
	if (was_seen(path, move->later, event))
		return false;
	if (event->step.core == move->later->step->core)
		move->core_root = link;
	else
		move->object_root = link;
	give_up(path, move, link);
	return true;
}

static bool move_back_on_core(const struct dpor_path *path, struct move *move)
{
	return move_before(path, move,
			   move->core ? event_at(path, move->core)->before_core :
					move->later->before_core);
}

static bool move_back_on_object(const struct dpor_path *path, struct move *move)
{
	uint32_t link = move->object ? event_at(path, move->object)->before_object :
				       move->later->before_object;

	while (link && !dpor_dependent(move->later->step, &event_at(path, link)->step))
		link = event_at(path, link)->before_object;
	return move_before(path, move, link);
}

/* Is there still a write between the CPU's last access and where it is moved to? */
static enum possible write_permits(const struct dpor_path *path, const struct move *move)
{
	uint32_t link = move->object ? event_at(path, move->object)->before_object :
				       move->later->before_object;

	for (; link > move->later->before_cpu; link = event_at(path, link)->before_object)
		if (event_at(path, link)->step.class != DPOR_READS)
			return YES;
	return NO;
}

static enum possible object_permits(struct dpor_races *races, const struct dpor_path *path,
				    const struct move *move)
{
	const struct dpor_event *event;
	uint8_t wait = move->later->wait;

	if (wait == DPOR_NO_WAIT)
		return YES;
	if (wait == DPOR_WAIT_RETRY)
		return write_permits(path, move);
	if (!move->object)
		return move->later->ready ? YES : NO;
	event = event_at(path, move->object);
	if (wait < event->ready_count)
		return event->ready >> wait & 1 ? YES : NO;
	races->unasked |= wait != DPOR_WAIT_UNKNOWN;
	return UNKNOWN;
}

/* A host does not run while its context does, and holds interrupts within an instruction. */
static bool core_permits(const struct dpor_path *path, const struct move *move)
{
	const struct later *later = move->later;

	if (options_has(path->contexts, later->step->cpu))
		return !(later->interrupts &&
			 (move->core ? event_at(path, move->core)->held : later->held));
	return !(move->core ? event_at(path, move->core)->frozen : later->frozen);
}

static void add_move(struct dpor_races *races, const struct dpor_path *path,
		     const struct move *move)
{
	uint32_t first = earlier(move->object_root, move->core_root);
	uint32_t second = move->object_root + move->core_root - first;

	if (second && dpor_path_after(path, second - 1, event_at(path, first)))
		second = 0;
	add_open_race(races, first, move->later->step);
	races->items.items[races->items.count - 1].also = second;
}

/*
 * @later depends on the event at @link. If it could not be made before that, it was
 * enabled by it: look for the event that had disabled it. Where it is not known
 * whether it could, it is tried, and the search goes on.
 */
static void find_reversal(struct dpor_races *races, const struct dpor_path *path, uint32_t link,
			  const struct later *later)
{
	struct move move = { .later = later };
	bool moved = move_before(path, &move, link);

	while (moved) {
		enum possible possible;

		if (!core_permits(path, &move)) {
			moved = move_back_on_core(path, &move);
			continue;
		}
		possible = object_permits(races, path, &move);
		if (possible != NO)
			add_move(races, path, &move);
		if (possible == YES)
			return;
		moved = move_back_on_object(path, &move);
	}
}

/* ---- The predecessors of an event, from the latest on ---------------------------------- */

static void find_race(struct dpor_races *races, const struct dpor_path *path, uint32_t link,
		      const struct later *later)
{
	if (dpor_clock_has(later->clock, event_at(path, link)))
		return;
	if (later->wait == DPOR_NO_WAIT && !options_has(path->shared, later->step->cpu))
		add_open_race(races, link, later->step);
	else
		find_reversal(races, path, link, later);
	join(path, later->clock, link - 1);
}

/* An exclusive access comes after all others before it, so none beyond it is of interest. */
static uint32_t find_race_of_object(struct dpor_races *races, const struct dpor_path *path,
				    uint32_t link, const struct later *later)
{
	const struct dpor_event *event = event_at(path, link);

	if (!dpor_same_object_depends(event->step.class, later->step->class))
		return event->before_others;
	find_race(races, path, link, later);
	return event->step.class == DPOR_EXCLUSIVE ? 0 : event->before_object;
}

static void find_races(struct dpor_races *races, const struct dpor_path *path,
		       const struct later *later)
{
	uint32_t object = later->before_object;
	uint32_t core = later->before_core == later->before_cpu ? 0 : later->before_core;

	if (later->before_cpu)
		dpor_clock_copy(path, later->clock, dpor_path_clock(path, later->before_cpu - 1));
	else
		memset(later->clock, 0, path->clock_size * sizeof(*later->clock));
	while (object || core) {
		if (core >= object) {
			find_race(races, path, core, later);
			core = 0;
		} else {
			object = find_race_of_object(races, path, object, later);
		}
	}
}

/* Nothing comes after a finding, so it depends on all events before it. */
static void find_races_of_stop(struct dpor_races *races, const struct dpor_path *path,
			       const struct later *later, uint32_t link)
{
	for (; link; link--) {
		if (dpor_clock_has(later->clock, event_at(path, link)))
			continue;
		add_race(races, link, later->step);
		join(path, later->clock, link - 1);
	}
}

static void clock_event(struct dpor_races *races, struct dpor_path *path, size_t index)
{
	struct dpor_event *event = &path->events.items[index];
	struct later later = {
		.step = &event->step,
		.before_cpu = event->before_cpu,
		.before_core = event->before_core,
		.before_object = event->before_object,
		.wait = event->wait,
		.interrupts = event->interrupts,
		.ready = true,
		.clock = dpor_path_clock(path, index),
	};

	event->races = (uint32_t)races->items.count;
	find_races(races, path, &later);
	if (index + 1 == path->events.count)
		dpor_clock_copy(path, dpor_path_end_clock(path), later.clock);
	if (event->step.stops)
		find_races_of_stop(races, path, &later, (uint32_t)index);
	later.clock[event->step.cpu] = event->number;
}

void dpor_race_events(struct dpor_races *races, struct dpor_path *path)
{
	dpor_path_reserve_clocks(path);
	for (; path->clocked < path->events.count; path->clocked++)
		clock_event(races, path, path->clocked);
}

void dpor_race_pending(struct dpor_races *races, struct dpor_path *path,
		       const struct dpor_pending *pending)
{
	const struct dpor_step *step = &pending->step;
	struct later later = {
		.step = step,
		.before_cpu = path->last_cpu[step->cpu],
		.before_core = path->last_core[step->core],
		.before_object = step->object ? path->objects.items.items[step->object].last : 0,
		.wait = pending->wait,
		.interrupts = pending->interrupts,
		.ready = pending->ready,
		.frozen = pending->frozen,
		.held = pending->held,
		.clock = dpor_path_scratch(path),
	};

	find_races(races, path, &later);
}

void dpor_race_prevented(struct dpor_races *races, struct dpor_path *path, uint32_t last,
			 const struct dpor_pending *pending)
{
	struct dpor_step ending = path->events.items[last].step;

	ending.stops = false;
	add_race(races, last + 1, &pending->step);
	races->items.items[races->items.count - 1].prevented =
		!dpor_dependent(&ending, &pending->step);
}

void dpor_race_link(struct dpor_races *races, struct dpor_path *path)
{
	for (size_t i = 0; i < path->events.count; i++)
		path->events.items[i].race = 0;
	for (size_t i = races->items.count; i > 0; i--) {
		struct dpor_race *race = &races->items.items[i - 1];
		struct dpor_event *first = &path->events.items[race->first];

		race->next = first->race;
		first->race = (uint32_t)i;
	}
}
