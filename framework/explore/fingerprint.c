/* SPDX-License-Identifier: MIT */
#include "explore/fingerprint.h"

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

static void fingerprint_begin(struct strategy *strategy)
{
	struct fingerprint *fingerprint = (struct fingerprint *)strategy;

	fingerprint->events.count = 0;
	fingerprint->root = 0;
	strategy->inner->begin(strategy->inner);
}

static bool is_waited(const struct fingerprint *fingerprint, const void *object)
{
	for (size_t i = 0; i < fingerprint->waited.count; i++)
		if (fingerprint->waited.items[i] == object)
			return true;
	return false;
}

static bool depend(const struct fingerprint *fingerprint, const struct fingerprint_event *a,
		   const struct fingerprint_event *b)
{
	if (a->core == b->core)
		return true;
	if (a->object != b->object || a->kind == BATON_LOCAL || b->kind == BATON_LOCAL)
		return false;
	if (a->kind != b->kind)
		return true;
	if (a->kind == BATON_ADD)
		return is_waited(fingerprint, a->object);
	return a->kind != BATON_READ;
}

static void note_waits(struct fingerprint *fingerprint)
{
	for (unsigned int cpu = 0; cpu < fingerprint->program->cpu_count; cpu++) {
		struct sim_access access = sim_pending((int)cpu);

		if (access.point && access.wait && !is_waited(fingerprint, access.object))
			vec_push(&fingerprint->waited, access.object);
	}
}

static void add_event(struct fingerprint *fingerprint, uint32_t cpu)
{
	struct sim_access access = sim_pending((int)cpu);
	int host = fingerprint->program->cpus[cpu].host;
	struct fingerprint_event event = {
		.cpu = (int)cpu,
		.core = host < 0 ? (int)cpu : host,
		.object = access.object,
		.kind = access.kind,
	};

	if (access.wait && !is_waited(fingerprint, access.object))
		vec_push(&fingerprint->waited, access.object);
	vec_push(&fingerprint->events, event);
}

static uint32_t fingerprint_pick(struct strategy *strategy, const struct choice *choice)
{
	struct fingerprint *fingerprint = (struct fingerprint *)strategy;
	uint32_t picked = strategy->inner->pick(strategy->inner, choice);
	size_t count = fingerprint->events.count;

	if (picked == STRATEGY_STOP)
		return picked;
	if (choice->kind == BATON_CHOICE_CPU)
		add_event(fingerprint, picked);
	else if (!count)
		fingerprint->root = mix(fingerprint->root, picked + 1);
	else
		fingerprint->events.items[count - 1].hash =
			mix(fingerprint->events.items[count - 1].hash, picked + 1);
	return picked;
}

/* The past of an event counts without an order; that is in the hashes of the past. */
static uint64_t hash_of(const struct fingerprint *fingerprint, size_t index)
{
	const struct fingerprint_event *events = fingerprint->events.items;
	const struct fingerprint_event *event = &events[index];
	uint64_t hash = mix(event->hash, (uint64_t)event->cpu + 1), past = 0;

	hash = mix(hash, (uint64_t)(uintptr_t)event->object);
	hash = mix(hash, event->kind);
	for (size_t i = 0; i < index; i++)
		if (depend(fingerprint, &events[i], event))
			past += mix(events[i].hash, 3);
	return mix(hash, past);
}

static bool fingerprint_end(struct strategy *strategy)
{
	struct fingerprint *fingerprint = (struct fingerprint *)strategy;

	note_waits(fingerprint);
	for (size_t i = 0; i < fingerprint->events.count; i++)
		fingerprint->events.items[i].hash = hash_of(fingerprint, i);
	return strategy->inner->end(strategy->inner);
}

uint64_t fingerprint_value(const struct fingerprint *fingerprint)
{
	uint64_t value = fingerprint->root + sim_seen();

	for (size_t i = 0; i < fingerprint->events.count; i++)
		value += mix(fingerprint->events.items[i].hash, 5);
	return value;
}

uint64_t fingerprint_cause(const struct fingerprint *fingerprint)
{
	size_t count = fingerprint->events.count;

	return fingerprint->root + (count ? mix(fingerprint->events.items[count - 1].hash, 7) : 0);
}

void fingerprint_init(struct fingerprint *fingerprint, const struct baton_program *program,
		      struct strategy *inner)
{
	*fingerprint = (struct fingerprint){
		.strategy = { .begin = fingerprint_begin,
			      .pick = fingerprint_pick,
			      .end = fingerprint_end,
			      .inner = inner },
		.program = program,
	};
}

void fingerprint_continue(struct fingerprint *fingerprint, struct strategy *inner)
{
	fingerprint->strategy.inner = inner;
}

void fingerprint_release(struct fingerprint *fingerprint)
{
	vec_release(&fingerprint->waited);
	vec_release(&fingerprint->events);
}
