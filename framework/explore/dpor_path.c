/* SPDX-License-Identifier: MIT */
#include "explore/dpor_path.h"

void dpor_path_init(struct dpor_path *path, const struct baton_program *program)
{
	*path = (struct dpor_path){
		.cpu_count = program->cpu_count,
		.clock_size = (program->cpu_count + DPOR_LANES - 1) / DPOR_LANES * DPOR_LANES,
	};
	dpor_objects_init(&path->objects);
	for (uint32_t cpu = 0; cpu < program->cpu_count; cpu++) {
		int host = program->cpus[cpu].host;

		path->core[cpu] = (uint8_t)(host < 0 ? (int)cpu : host);
		if (host >= 0) {
			path->contexts |= UINT64_C(1) << cpu;
			path->context[host] = (uint8_t)cpu;
			path->shared |= UINT64_C(1) << cpu | UINT64_C(1) << host;
		}
	}
}

void dpor_path_release(struct dpor_path *path)
{
	dpor_objects_release(&path->objects);
	vec_release(&path->events);
	vec_release(&path->choices);
	free(path->clocks);
}

static uint8_t class_of(const struct dpor_path *path, const struct dpor_object *object,
			enum baton_access_kind kind)
{
	if (kind == BATON_READ)
		return DPOR_READS;
	/* With somebody waiting, it matters which addition came first. */
	if (kind == BATON_ADD && !object->wait_count && !path->orders_adds)
		return DPOR_ADDS;
	return DPOR_EXCLUSIVE;
}

static uint8_t wait_of(struct dpor_path *path, struct dpor_object *object,
		       const struct sim_access *access)
{
	uint8_t wait;

	if (access->retries)
		return DPOR_WAIT_RETRY;
	if (!access->wait)
		return DPOR_NO_WAIT;
	if (object->added_to)
		path->mixed = access->point;
	wait = dpor_object_wait(object, access->wait);
	return wait;
}

static struct dpor_pending pending_of(struct dpor_path *path, uint32_t cpu,
				      const struct sim_access *access)
{
	struct dpor_pending pending = { .step = { .cpu = (uint8_t)cpu, .core = path->core[cpu] },
					.wait = DPOR_NO_WAIT,
					.interrupts = access->idle,
					.frozen = access->frozen,
					.held = access->held };
	struct dpor_object *object;

	/* For its interrupt, or until the one that interrupts it is through. */
	pending.step.waits = options_has(path->shared, cpu);
	if (access->kind == BATON_LOCAL)
		return pending;
	pending.step.object = dpor_object_find(&path->objects, access->object);
	object = &path->objects.items.items[pending.step.object];
	pending.wait = wait_of(path, object, access);
	pending.step.waits |= pending.wait != DPOR_NO_WAIT;
	pending.step.class = class_of(path, object, access->kind);
	return pending;
}

struct dpor_pending dpor_path_pending(struct dpor_path *path, uint32_t cpu)
{
	struct sim_access access = sim_pending((int)cpu);

	return pending_of(path, cpu, &access);
}

/* Accesses that commute with each other are passed over at once. */
static uint32_t before_others(const struct dpor_path *path, const struct dpor_event *event)
{
	const struct dpor_event *before;

	if (!event->before_object)
		return 0;
	before = &path->events.items[event->before_object - 1];
	if (dpor_same_object_depends(before->step.class, event->step.class))
		return event->before_object;
	return before->before_others;
}

static void link_event(struct dpor_path *path, struct dpor_event *event)
{
	struct dpor_step *step = &event->step;
	struct dpor_object *object = &path->objects.items.items[step->object];
	uint32_t link = (uint32_t)path->events.count + 1;

	event->before_cpu = path->last_cpu[step->cpu];
	event->before_core = path->last_core[step->core];
	event->before_object = step->object ? object->last : 0;
	event->before_others = before_others(path, event);
	event->number = 1;
	if (event->before_cpu)
		event->number += path->events.items[event->before_cpu - 1].number;
	path->last_cpu[step->cpu] = path->last_core[step->core] = object->last = link;
	if (step->class == DPOR_ADDS && event->before_object)
		object->added_to = true;
}

static void ask(const struct dpor_path *path, struct dpor_event *event)
{
	const struct dpor_object *object = &path->objects.items.items[event->step.object];

	event->ready_count = object->wait_count;
	event->ready = object->wait_count ? dpor_object_ready(object) : 0;
}

void dpor_path_push(struct dpor_path *path, uint32_t cpu, uint64_t options)
{
	struct sim_access access = sim_pending((int)cpu);
	struct dpor_pending pending = pending_of(path, cpu, &access);
	struct dpor_event *event;

	if (path->events.count == path->events.capacity)
		path->events.items = vec_grow(path->events.items, path->events.count,
					      &path->events.capacity, sizeof(*event));
	event = &path->events.items[path->events.count];
	*event = (struct dpor_event){
		.step = pending.step,
		.point = access.point,
		.wait = pending.wait,
		.options = options,
		.choices = (uint32_t)path->choices.count,
		.interrupts = access.idle,
	};
	if (options_has(path->shared, cpu)) {
		event->frozen = sim_pending(path->core[cpu]).frozen;
		event->held = sim_pending(path->context[path->core[cpu]]).held;
	}
	link_event(path, event);
	ask(path, event);
	path->events.count++;
}

void dpor_path_ask(struct dpor_path *path, size_t index)
{
	ask(path, &path->events.items[index]);
}

void dpor_path_reserve_clocks(struct dpor_path *path)
{
	if (path->clock_capacity >= path->events.count + 2)
		return;
	path->clock_capacity = 2 * path->events.count + 64;
	path->clocks = xrealloc(path->clocks,
				path->clock_capacity * path->clock_size * sizeof(*path->clocks));
}

void dpor_path_cut(struct dpor_path *path, size_t count)
{
	while (path->events.count > count) {
		const struct dpor_event *event = &vec_pop(&path->events);

		path->last_cpu[event->step.cpu] = event->before_cpu;
		path->last_core[event->step.core] = event->before_core;
		path->objects.items.items[event->step.object].last = event->before_object;
		path->choices.count = event->choices;
	}
	if (path->clocked > count)
		path->clocked = count;
}

void dpor_path_note_outcomes(struct dpor_path *path, size_t first, struct dpor_outcomes *outcomes)
{
	for (size_t i = first; i < path->events.count; i++) {
		struct dpor_step *step = &path->events.items[i].step;
		uint32_t at = path->events.items[i].choices;

		for (; at < dpor_path_choices_end(path, i); at++)
			step->outcome =
				dpor_outcome_add(outcomes, step->outcome, path->choices.items[at]);
	}
}
