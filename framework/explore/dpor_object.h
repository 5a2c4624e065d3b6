/* SPDX-License-Identifier: MIT */
/*
 * dpor_object.h - the objects that a program accesses, by number.
 *
 * Numbers are given in the order of first sight, from 1, and stay: an object has the
 * same address in all executions. For an object that somebody waits for, its table
 * also has the conditions, so that each of them can be asked before every access of
 * the object: whether a waiting access could have been made there must be known
 * later, when it is moved there.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_DPOR_OBJECT_H
#define EXPLORE_DPOR_OBJECT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "baton/sim.h"

/* Different conditions for one object; a semaphore has two. */
#define DPOR_WAITS_MAX 32

/* Of an access: it cannot block; it is one of more conditions than there is room for. */
#define DPOR_NO_WAIT 255
#define DPOR_WAIT_UNKNOWN 254
/* baton_retry(): for a write since the CPU's last access. */
#define DPOR_WAIT_RETRY 253

struct dpor_object {
	const void *address;
	const struct baton_wait *waits[DPOR_WAITS_MAX];
	uint32_t last;      /* event of the path that accessed it last, + 1; 0: none */
	uint8_t wait_count; /* of waits */
	bool added_to;      /* two ADDs of it were taken for independent */
};

struct dpor_objects {
	VEC(struct dpor_object) items; /* [0] is nothing */
	uint32_t *slots;               /* open addressing: numbers, 0: free */
	size_t slot_count;             /* a power of 2 */
};

void dpor_objects_init(struct dpor_objects *objects);
void dpor_objects_release(struct dpor_objects *objects);

/* The number of the object at @address, a new one if it was not seen before. */
uint32_t dpor_object_find(struct dpor_objects *objects, const void *address);

/* The number of @wait among the object's conditions; from then on it is asked. */
uint8_t dpor_object_wait(struct dpor_object *object, const struct baton_wait *wait);

/* A bit per condition of the object: does it hold now? Context: between two steps. */
uint32_t dpor_object_ready(const struct dpor_object *object);

#endif
