/* SPDX-License-Identifier: MIT */
#include "explore/dpor_object.h"

#define SLOTS_FIRST 256u

void dpor_objects_init(struct dpor_objects *objects)
{
	*objects = (struct dpor_objects){ .slot_count = SLOTS_FIRST };
	objects->slots = xcalloc(SLOTS_FIRST, sizeof(*objects->slots));
	vec_push(&objects->items, (struct dpor_object){ .address = NULL });
}

void dpor_objects_release(struct dpor_objects *objects)
{
	free(objects->slots);
	vec_release(&objects->items);
}

/* The slot of @address, or the free one where it belongs. */
static uint32_t *slot_of(const struct dpor_objects *objects, const void *address)
{
	uint64_t hash = (uint64_t)(uintptr_t)address * UINT64_C(0x9e3779b97f4a7c15);
	size_t slot = (size_t)(hash >> 32);

	for (;; slot++) {
		uint32_t *number = &objects->slots[slot & (objects->slot_count - 1)];

		if (!*number || objects->items.items[*number].address == address)
			return number;
	}
}

static void grow(struct dpor_objects *objects)
{
	free(objects->slots);
	objects->slot_count *= 2;
	objects->slots = xcalloc(objects->slot_count, sizeof(*objects->slots));
	for (uint32_t i = 1; i < objects->items.count; i++)
		*slot_of(objects, objects->items.items[i].address) = i;
}

uint32_t dpor_object_find(struct dpor_objects *objects, const void *address)
{
	uint32_t *number = slot_of(objects, address);

	if (*number)
		return *number;
	if (objects->items.count * 2 > objects->slot_count) {
		grow(objects);
		number = slot_of(objects, address);
	}
	*number = (uint32_t)objects->items.count;
	vec_push(&objects->items, (struct dpor_object){ .address = address });
	return (uint32_t)objects->items.count - 1;
}

uint8_t dpor_object_wait(struct dpor_object *object, const struct baton_wait *wait)
{
	for (uint8_t i = 0; i < object->wait_count; i++)
		if (object->waits[i] == wait)
			return i;
	if (object->wait_count == DPOR_WAITS_MAX)
		return DPOR_WAIT_UNKNOWN;
	object->waits[object->wait_count] = wait;
	return object->wait_count++;
}

uint32_t dpor_object_ready(const struct dpor_object *object)
{
	uint32_t ready = 0;

	for (uint32_t i = 0; i < object->wait_count; i++)
		if (object->waits[i]->ready(object->address))
			ready |= 1u << i;
	return ready;
}
