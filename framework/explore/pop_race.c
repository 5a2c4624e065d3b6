/* SPDX-License-Identifier: MIT */
/*
 * pop_race.c - the nodes that there are because of an execution.
 *
 * A race is a pair of steps: the first, e, is a default step; the second, f, depends on it and
 * could be made before it. It makes a node if all deviations behind e are among what f needs.
 */
#include "explore/pop_search.h"

static const struct dpor_event *event_at(const struct pop *pop, uint32_t link)
{
	return &pop->path.events.items[link - 1];
}

/* Return: the clock of the CPU's event at @link, or one without any event. */
static const uint32_t *announced_at(const struct pop *pop, uint32_t link)
{
	static const uint32_t nothing[BATON_CPUS_MAX];

	return link ? dpor_path_clock(&pop->path, link - 1) : nothing;
}

/* ---- Races ------------------------------------------------------------------------------ */

static void plan_reversal(struct pop *pop, const struct pop_second *second, size_t first,
			  const uint32_t *clock)
{
	struct pop_frame *frame = second->frame;
	struct pop_plan plan = {
		.place = (uint32_t)first,
		.kind = POP_REVERSAL,
		.cpu = second->step->cpu,
		.clock = (uint32_t)(frame->clocks.count / pop->path.clock_size),
	};

	if (!pop_is_least(pop, second, first) || pop_sleeps(pop, second, first, clock))
		return;
	for (size_t i = 0; i < pop->path.clock_size; i++)
		vec_push(&frame->clocks, clock[i]);
	/* Itself is not among what it needs. */
	frame->clocks.items[plan.clock * pop->path.clock_size + plan.cpu] =
		second->announced[plan.cpu];
	vec_push(&frame->plans, plan);
}

enum possible {
	NO,
	YES,
	UNKNOWN,
};

/* Has what @second waits for held before the event at @link? */
static enum possible was_ready(struct pop *pop, const struct pop_second *second, uint32_t link)
{
	const struct dpor_event *event = event_at(pop, link);

	if (second->wait < event->ready_count)
		return event->ready >> second->wait & 1 ? YES : NO;
	if (second->wait == DPOR_WAIT_UNKNOWN)
		pop->crowded = true;
	pop->unasked = true;
	return UNKNOWN;
}

/* Is there a write between the CPU's last access and the event at @link? */
static bool was_written(const struct pop *pop, const struct pop_second *second, uint32_t link)
{
	for (link = event_at(pop, link)->before_object; link > second->before_cpu;
	     link = event_at(pop, link)->before_object)
		if (event_at(pop, link)->step.class != DPOR_READS)
			return true;
	return false;
}

/* Could @second, which directly follows the event at @link, be made instead of it? */
static bool is_enabled(struct pop *pop, const struct pop_second *second, uint32_t link)
{
	if (second->wait == DPOR_NO_WAIT)
		return true;
	if (second->wait == DPOR_WAIT_RETRY)
		return was_written(pop, second, link);
	return was_ready(pop, second, link) == YES;
}

/* Join the pasts of the events that @second depends on; pop->seconds: those it races with. */
static void find_direct(struct pop *pop, const struct pop_second *second)
{
	uint32_t link = second->before_object;

	pop->seconds.count = 0;
	while (link) {
		const struct dpor_event *event = event_at(pop, link);

		if (!dpor_same_object_depends(event->step.class, second->step->class)) {
			link = event->before_others;
			continue;
		}
		if (!dpor_clock_has(second->clock, event)) {
			vec_push(&pop->seconds, link);
			dpor_clock_join(&pop->path, second->clock,
					dpor_path_clock(&pop->path, link - 1));
		}
		link = event->step.class == DPOR_EXCLUSIVE ? 0 : event->before_object;
	}
}

/* What comes before a finding instead is found where the others go on. */
static bool gives_way(const struct pop *pop, uint32_t link)
{
	return pop->node.steps.items[link - 1].first &&
	       !(pop->finding && link == pop->path.events.count);
}

static void plan_direct(struct pop *pop, const struct pop_second *second)
{
	size_t from = SIZE_MAX;

	for (size_t i = 0; i < pop->seconds.count; i++) {
		uint32_t link = pop->seconds.items[i];

		if (!gives_way(pop, link))
			continue;
		if (from == SIZE_MAX)
			from = pop_first_free(pop, second->clock, second->index);
		if (link - 1 >= from && is_enabled(pop, second, link))
			plan_reversal(pop, second, link - 1, second->clock);
	}
}

/*
 * @second had to wait: what had shut it out may come after it instead. It needs nothing then
 * but what its CPU had seen.
 */
static void plan_waiting(struct pop *pop, const struct pop_second *second)
{
	size_t from = pop_first_free(pop, second->announced, SIZE_MAX);
	enum possible after = second->ready ? YES : NO;

	for (uint32_t link = second->before_object; link > from;
	     link = event_at(pop, link)->before_object) {
		enum possible before;

		if (dpor_clock_has(second->announced, event_at(pop, link)))
			return;
		before = was_ready(pop, second, link);
		if (before == YES && after == NO && gives_way(pop, link))
			plan_reversal(pop, second, link - 1, second->announced);
		after = before;
	}
}

static bool waits(const struct pop_second *second)
{
	return second->wait != DPOR_NO_WAIT && second->wait != DPOR_WAIT_RETRY;
}

static void clock_event(struct pop *pop, size_t index, struct pop_frame *frame)
{
	struct dpor_event *event = &pop->path.events.items[index];
	struct pop_second second = {
		.step = &event->step,
		.index = index,
		.before_cpu = event->before_cpu,
		.before_object = event->before_object,
		.wait = event->wait,
		.ready = true,
		.announced = announced_at(pop, event->before_cpu),
		.clock = dpor_path_clock(&pop->path, index),
		.frame = frame,
	};

	dpor_clock_copy(&pop->path, second.clock, second.announced);
	find_direct(pop, &second);
	if (pop_is_new(pop, index)) {
		if (pop->seconds.count)
			plan_direct(pop, &second);
		if (waits(&second))
			plan_waiting(pop, &second);
	}
	second.clock[event->step.cpu] = event->number;
}

/* What a CPU waits for where the execution ended might have held before. */
static void plan_pending(struct pop *pop, uint32_t cpu, struct pop_frame *frame)
{
	const struct dpor_pending *pending = &pop->pendings[cpu];
	uint32_t before = pop->path.last_cpu[cpu];
	struct pop_second second = {
		.step = &pending->step,
		.index = SIZE_MAX,
		.before_cpu = before,
		.before_object = pop->path.objects.items.items[pending->step.object].last,
		.wait = pending->wait,
		.ready = pending->ready,
		.announced = announced_at(pop, before),
		.frame = frame,
	};

	if (waits(&second))
		plan_waiting(pop, &second);
}

/* ---- All of it -------------------------------------------------------------------------- */

void pop_plan(struct pop *pop, struct pop_frame *frame)
{
	dpor_path_reserve_clocks(&pop->path);
	for (; pop->path.clocked < pop->path.events.count; pop->path.clocked++)
		clock_event(pop, pop->path.clocked, frame);
	pop_plan_answers(pop, frame);
	if (pop->finding && pop->path.events.count)
		pop_plan_asleep(pop, frame);
	for (uint64_t set = pop->waiting; set; set &= set - 1)
		plan_pending(pop, options_first(set), frame);
}
