/* SPDX-License-Identifier: MIT */
/*
 * refcount.c - a reference to an object that nobody has any more.
 *
 * A lookup finds the object in a table and takes a reference. The table itself has none: who gives
 * back the last reference takes the object out, and frees it.
 *
 *	finder                          owner
 *	1  finds the object
 *	                                2  gives back the last reference: 0
 *	3  takes a reference: 1
 *	                                4  takes it out of the table, frees it
 *	5  uses it
 *
 * The fix takes a reference only if there is one already (get unless zero). The memory must be
 * there for that: it is freed when no lookup can be between 1 and 3 (RCU), here: never.
 *
 * Explicit: written with <baton/kernel.h>; refcount_inc() of 0 is a finding of its own.
 */
#include <stdbool.h>
#include <stddef.h>

#include "baton/refcount.h"
#include "baton/report.h"

struct object {
	refcount_t refs;
	int freed;
};

static struct object storage;
static struct object *table;

static struct object *object_find(void)
{
	struct object *object;

	POINT("finder/find");
	object = READ_ONCE(table);
	if (!object)
		return NULL;
	POINT("finder/get");
#ifdef BUG
	refcount_inc(&object->refs);
	return object;
#else
	return refcount_inc_not_zero(&object->refs) ? object : NULL;
#endif
}

static void object_put(struct object *object)
{
	POINT("object/put");
	if (!refcount_dec_and_test(&object->refs))
		return;
	POINT("object/unlink");
	WRITE_ONCE(table, NULL);
	POINT("object/free");
	WRITE_ONCE(object->freed, 1);
}

static void finder(void *arg)
{
	struct object *object = object_find();

	(void)arg;
	if (!object)
		return;
	POINT("finder/use");
	BATON_ASSERT(!READ_ONCE(object->freed));
	object_put(object);
}

static void owner(void *arg)
{
	(void)arg;
	object_put(&storage);
}

static void setup(void *arg)
{
	(void)arg;
	storage = (struct object){ .refs = REFCOUNT_INIT(1) };
	table = &storage;
}

int main(void)
{
	static const struct baton_cpu_program cpus[] = { { "finder", finder, NULL, -1 },
							 { "other", finder, NULL, -1 },
							 { "owner", owner, NULL, -1 } };
	static const struct baton_program program = { .name = "refcount",
						      .cpus = cpus,
						      .cpu_count = 3,
						      .setup = setup };

	return baton_main(&program, NULL);
}
