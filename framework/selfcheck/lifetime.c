/* SPDX-License-Identifier: MIT */
/*
 * lifetime.c - objects that are used, freed and counted at the wrong time.
 */
#include "baton/slab.h"
#include "selfcheck/state.h"

static struct object *new_bare_object(void)
{
	return kmalloc(sizeof(struct object), GFP_ATOMIC);
}

static struct object *new_object(void)
{
	struct object *object = kzalloc(sizeof(*object), GFP_KERNEL);

	if (object)
		object->value = 7;
	return object;
}

long publish(const struct model_call *call)
{
	(void)call;
	POINT("selfcheck/publish");
	WRITE_ONCE(state.object, new_object());
	return 0;
}

static int read_value(void)
{
	const struct object *object;

	POINT("selfcheck/look");
	object = READ_ONCE(state.object);
	if (!object)
		return 0;
	POINT("selfcheck/value");
	return READ_ONCE(object->value);
}

/* Wrong: a CPU that looks may have found the object, and not looked into it yet. */
static void take_out(void)
{
	struct object *object;

	POINT("selfcheck/take_out");
	object = xchg(&state.object, NULL);
	POINT("selfcheck/free");
	kfree(object);
}

long look(const struct model_call *call)
{
	int value;

	(void)call;
	if (!state.right)
		return read_value();
	take(&state.lock);
	value = read_value();
	spin_unlock(&state.lock);
	return value;
}

long retire(const struct model_call *call)
{
	(void)call;
	if (!state.right) {
		take_out();
		return 0;
	}
	take(&state.lock);
	take_out();
	spin_unlock(&state.lock);
	return 0;
}

/* Wrong: two CPUs find the object, and both free it. */
static struct object *find_and_clear(void)
{
	struct object *object;

	POINT("selfcheck/find");
	if (state.right)
		return xchg(&state.object, NULL);
	object = READ_ONCE(state.object);
	POINT("selfcheck/clear");
	WRITE_ONCE(state.object, NULL);
	return object;
}

long discard(const struct model_call *call)
{
	struct object *object = find_and_clear();

	(void)call;
	POINT("selfcheck/free");
	if (object)
		kfree(object);
	return 0;
}

/* Wrong: two CPUs find nothing, and the second one writes over what the first has made. */
long install(const struct model_call *call)
{
	struct object *object;

	(void)call;
	POINT("selfcheck/is_there");
	if (READ_ONCE(state.object))
		return 0;
	object = new_object();
	POINT("selfcheck/install");
	if (!state.right)
		WRITE_ONCE(state.object, object);
	else if (cmpxchg(&state.object, NULL, object))
		kfree(object);
	return 0;
}

/* Wrong: a slot is left when it looks, and is not when it takes one. */
static void take_slot(struct object *object)
{
	POINT("selfcheck/has_slot");
	if (atomic_read(&object->used) == SLOTS)
		return;
	POINT("selfcheck/take_slot");
	object->slots[atomic_inc_return(&object->used) - 1] = 1;
}

long append(const struct model_call *call)
{
	struct object *object;

	(void)call;
	POINT("selfcheck/look");
	object = READ_ONCE(state.object);
	if (!object)
		return 0;
	if (state.right)
		take(&state.lock);
	take_slot(object);
	if (state.right)
		spin_unlock(&state.lock);
	return 0;
}

/* Wrong: where there is no memory for the object, it is filled in all the same. */
static bool fill_in(void)
{
	struct object *object = new_bare_object();

	if (state.right && !object)
		return false;
	object->value = 7;
	WRITE_ONCE(state.object, object);
	return true;
}

long insert(const struct model_call *call)
{
	bool inserted = true;

	(void)call;
	take(&state.lock);
	if (!READ_ONCE(state.object))
		inserted = fill_in();
	spin_unlock(&state.lock);
	return inserted;
}

/* Wrong: two CPUs find that nobody has put the one reference yet. */
static bool is_first(void)
{
	POINT("selfcheck/is_first");
	if (state.right)
		return !xchg(&state.dead, 1);
	if (READ_ONCE(state.dead))
		return false;
	POINT("selfcheck/set_dead");
	WRITE_ONCE(state.dead, 1);
	return true;
}

long put(const struct model_call *call)
{
	(void)call;
	if (!is_first())
		return 0;
	POINT("selfcheck/put");
	return refcount_dec_and_test(&state.refs);
}

/* Which buffer the mail is in, and what is in there; 0: it has gone. */
static int find_and_read(void)
{
	int which;

	POINT("selfcheck/which_buffer");
	which = READ_ONCE(state.mail);
	if (which < 0)
		return 0;
	POINT("selfcheck/read_buffer");
	return READ_ONCE(state.buffers[which]);
}

/* Wrong: what it finds may be given back, and filled with somebody else's mail, before it reads. */
long read_mail(const struct model_call *call)
{
	int value;

	(void)call;
	if (!state.right)
		return find_and_read();
	take(&state.lock);
	value = find_and_read();
	spin_unlock(&state.lock);
	return value;
}

/* All buffers are free then, and the next mail may come in any of them. */
static void give_back_and_fill(void)
{
	unsigned int which;

	POINT("selfcheck/give_back");
	WRITE_ONCE(state.mail, -1);
	which = baton_choose(BATON_CHOICE_VALUE, BUFFERS, "selfcheck/buffer");
	POINT("selfcheck/fill_buffer");
	WRITE_ONCE(state.buffers[which], OTHERS_MAIL);
}

long next_mail(const struct model_call *call)
{
	(void)call;
	if (state.right)
		take(&state.lock);
	give_back_and_fill();
	if (state.right)
		spin_unlock(&state.lock);
	return 0;
}
