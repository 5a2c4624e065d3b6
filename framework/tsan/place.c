/* SPDX-License-Identifier: MIT */
/*
 * place.c - points of calls that the compiler has made.
 *
 * A point is made when its place is passed first, and looked up in the program's DWARF then: on a
 * large stack, as libdw needs one.
 */

#include "base/bug.h"
#include "base/text.h"
#include "base/vec.h"
#include "engine/symbol.h"
#include "tsan/tsan.h"

/* A power of two: places of one program. */
#define PLACES_MAX 65536u

struct place {
	const void *pc; /* NULL: there is none here */
	const char *what;
	struct baton_point *point;
};

static struct place places[PLACES_MAX];
static unsigned int place_count;

/* On the large stack. */
static void look_up(void *arg)
{
	struct place *place = arg;
	const struct symbol_frame *frame =
		&symbol_find((unsigned long)(uintptr_t)place->pc - 1)->frames.items[0];
	struct text name = TEXT_INIT;

	text_addf(&name, "%s/%s", frame->function, place->what);
	place->point = xcalloc(1, sizeof(*place->point));
	*place->point = (struct baton_point){
		.name = xstrdup(name.bytes),
		.file = frame->file ? frame->file : "?",
		.line = frame->line,
	};
	text_release(&name);
}

static unsigned int slot_of(const void *pc, const char *what)
{
	uintptr_t hash = ((uintptr_t)pc * 2 + (uintptr_t)what) * 0x9e3779b97f4a7c15u;
	unsigned int slot = (unsigned int)(hash >> 32) & (PLACES_MAX - 1);

	while (places[slot].pc && (places[slot].pc != pc || places[slot].what != what))
		slot = (slot + 1) & (PLACES_MAX - 1);
	return slot;
}

const struct baton_point *tsan_place(const void *pc, const char *what)
{
	struct place *place = &places[slot_of(pc, what)];

	if (place->pc)
		return place->point;
	BUG_ON(++place_count > PLACES_MAX / 2);
	place->pc = pc;
	place->what = what;
	sim_on_large_stack(look_up, place);
	return place->point;
}
