/* SPDX-License-Identifier: MIT */
/*
 * locking.c - locks that are taken in the wrong order, or where they must not be.
 */
#include "baton/slab.h"
#include "selfcheck/state.h"

/* Wrong: the two CPUs take them in different orders. */
long lock_both(const struct model_call *call)
{
	bool second_first = !state.right && call->args[0];
	spinlock_t *outer = second_first ? &state.second : &state.first;
	spinlock_t *inner = second_first ? &state.first : &state.second;

	POINT("selfcheck/outer");
	take(outer);
	POINT("selfcheck/inner");
	take(inner);
	spin_unlock(inner);
	spin_unlock(outer);
	return 0;
}

/*
 * Peterson's algorithm without its turn.
 *
 * Wrong: each of the two may give way to the other for ever, as there is nobody who goes first.
 */
static void give_way(int me)
{
	POINT("selfcheck/want");
	WRITE_ONCE(state.wants[me], 1);
	for (;;) {
		POINT("selfcheck/other_wants");
		if (!READ_ONCE(state.wants[!me]))
			return;
		POINT("selfcheck/give_way");
		WRITE_ONCE(state.wants[me], 0);
		POINT("selfcheck/want");
		WRITE_ONCE(state.wants[me], 1);
	}
}

long enter_first(const struct model_call *call)
{
	int me = call->args[0] != 0;

	if (state.right) {
		take(&state.lock);
		spin_unlock(&state.lock);
		return 0;
	}
	give_way(me);
	POINT("selfcheck/leave");
	WRITE_ONCE(state.wants[me], 0);
	return 0;
}

/* Wrong: it asks for memory under a spinlock, and may have to wait for it. */
static void fill_under_lock(void)
{
	struct object *object = NULL;

	take(&state.lock);
	POINT("selfcheck/is_there");
	if (!READ_ONCE(state.object))
		object = kzalloc(sizeof(*object), GFP_KERNEL);
	if (object && cmpxchg(&state.object, NULL, object))
		kfree(object);
	spin_unlock(&state.lock);
}

static void fill_from_reserve(struct object *reserve)
{
	take(&state.lock);
	POINT("selfcheck/fill");
	if (reserve && !cmpxchg(&state.object, NULL, reserve))
		reserve = NULL;
	spin_unlock(&state.lock);
	if (reserve)
		kfree(reserve);
}

long fill(const struct model_call *call)
{
	(void)call;
	if (state.right)
		fill_from_reserve(kzalloc(sizeof(struct object), GFP_KERNEL));
	else
		fill_under_lock();
	return 0;
}
