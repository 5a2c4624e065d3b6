/* SPDX-License-Identifier: MIT */
#include "explore/trace_class.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

void trace_class_init(struct trace_class *class, const struct baton_program *program)
{
	*class = (struct trace_class){ .program = program };
	dpor_objects_init(&class->numbers);
	vec_push(&class->objects, (struct class_object){ .kind = GROUP_NONE });
}

void trace_class_release(struct trace_class *class)
{
	dpor_objects_release(&class->numbers);
	vec_release(&class->objects);
	vec_release(&class->steps);
}

static struct class_hash hash_of(const void *bytes, size_t size)
{
	XXH128_hash_t hash = XXH3_128bits(bytes, size);

	return (struct class_hash){ hash.low64, hash.high64 };
}

static struct class_hash add(struct class_hash a, struct class_hash b)
{
	return (struct class_hash){ a.low + b.low, a.high + b.high };
}

static uint32_t core_of(const struct trace_class *class, uint32_t cpu)
{
	int host = class->program->cpus[cpu].host;

	return host < 0 ? cpu : (uint32_t)host;
}

static uint32_t object_of(struct trace_class *class, const struct sim_access *access)
{
	uint32_t object;

	if (access->kind == BATON_LOCAL)
		return 0;
	object = dpor_object_find(&class->numbers, access->object);
	while (class->objects.count <= object)
		vec_push(&class->objects, (struct class_object){ .kind = GROUP_NONE });
	return object;
}

void trace_class_cut(struct trace_class *class, size_t count)
{
	if (!count)
		class->root = 0;
	while (class->steps.count > count) {
		const struct class_step *step = &vec_pop(&class->steps);

		if (!step->complete)
			continue;
		class->sum = step->sum_before;
		class->cores[core_of(class, step->cpu)] = step->core_before;
		class->objects.items[step->object] = step->object_before;
	}
}

static enum class_group group_of(uint8_t kind)
{
	if (kind == BATON_READ)
		return GROUP_READS;
	return kind == BATON_ADD ? GROUP_ADDS : GROUP_NONE;
}

/* From here on, what comes depends on all of the group. */
static void close_group(struct class_object *object)
{
	const struct class_hash both[] = { object->before, object->group };

	object->before = hash_of(both, sizeof(both));
	object->group = (struct class_hash){ 0, 0 };
	object->kind = GROUP_NONE;
}

/* The hash of @step, made now. @object: what it accesses; the step is added to it. */
static struct class_hash make(const struct trace_class *class, const struct class_step *step,
			      struct class_object *object)
{
	enum class_group group = group_of(step->kind);
	uint64_t record[8] = { step->cpu, step->kind, step->object, step->answers };
	struct class_hash hash;

	if (object->kind != GROUP_NONE && object->kind != group)
		close_group(object);
	memcpy(&record[4], &class->cores[core_of(class, step->cpu)], sizeof(hash));
	memcpy(&record[6], &object->before, sizeof(hash));
	hash = hash_of(record, sizeof(record));
	object->kind = group;
	if (group == GROUP_NONE)
		object->before = hash;
	else
		object->group = add(object->group, hash);
	return hash;
}

/* A step's hash is computed when it is over: the choices in it are part of it. */
static void complete(struct trace_class *class)
{
	struct class_step *step = &class->steps.items[class->steps.count - 1];
	struct class_object *object = &class->objects.items[step->object];
	struct class_hash *core = &class->cores[core_of(class, step->cpu)];

	step->complete = true;
	step->sum_before = class->sum;
	step->core_before = *core;
	step->object_before = *object;
	*core = make(class, step, object);
	class->sum = add(class->sum, *core);
	class->objects.items[0] = (struct class_object){ .kind = GROUP_NONE };
}

static void complete_last(struct trace_class *class)
{
	if (class->steps.count && !class->steps.items[class->steps.count - 1].complete)
		complete(class);
}

static struct class_step next_step(struct trace_class *class, uint32_t cpu)
{
	struct sim_access access = sim_pending((int)cpu);
	struct class_step step = { .cpu = (uint8_t)cpu, .kind = (uint8_t)access.kind };

	step.object = object_of(class, &access);
	return step;
}

void trace_class_step(struct trace_class *class, uint32_t cpu)
{
	complete_last(class);
	vec_push(&class->steps, next_step(class, cpu));
}

/* The name is hashed too: with another fault plan in force, another point may be asked. */
void trace_class_answer(struct trace_class *class, const struct choice *choice, uint32_t answer)
{
	uint64_t *hash = class->steps.count ? &class->steps.items[class->steps.count - 1].answers :
					      &class->root;
	uint64_t record[3] = { *hash, choice->kind, answer };

	*hash = XXH3_64bits_withSeed(
		record, sizeof(record),
		choice->name ? XXH3_64bits(choice->name, strlen(choice->name)) : 0);
}

static struct class_hash value_of(const struct trace_class *class, struct class_hash sum)
{
	const uint64_t record[4] = { sum.low, sum.high, class->root, sim_seen() };

	return hash_of(record, sizeof(record));
}

struct class_hash trace_class_value(struct trace_class *class)
{
	complete_last(class);
	return value_of(class, class->sum);
}

struct class_hash trace_class_peek(struct trace_class *class, uint32_t cpu)
{
	struct class_step step = next_step(class, cpu);
	struct class_object object = class->objects.items[step.object];

	return value_of(class, add(class->sum, make(class, &step, &object)));
}
