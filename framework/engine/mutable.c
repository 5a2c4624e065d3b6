/* SPDX-License-Identifier: MIT */
/*
 * mutable.c - which call of the code under test is left out.
 *
 * A place is known by its point, and points are an array: so what was reached is
 * noted by the index of the point, and handed over by that of the place.
 *
 * Layer: engine. May include: base.
 */
#include "baton/mutable.h"

#include <stddef.h>

/* The bounds of the section, made by the linker; weak, as a program may have no places. */
extern const struct baton_mutable __start_baton_mutables[] __attribute__((weak));
extern const struct baton_mutable __stop_baton_mutables[] __attribute__((weak));

bool baton_mutating;

static const struct baton_point *left_out;
static bool *reached; /* NULL: nobody wants to know */

const struct baton_mutable *baton_mutable_next(const struct baton_mutable *previous)
{
	const struct baton_mutable *place = previous ? previous + 1 : __start_baton_mutables;

	return place == __stop_baton_mutables ? NULL : place;
}

unsigned int baton_mutable_index(const struct baton_mutable *place)
{
	return (unsigned int)(place - __start_baton_mutables);
}

static void note(const struct baton_point *here)
{
	const struct baton_mutable *place = NULL;

	while ((place = baton_mutable_next(place)))
		if (place->point == here)
			reached[baton_mutable_index(place)] = true;
}

bool baton_leaves_out(const struct baton_point *here)
{
	if (reached)
		note(here);
	return here == left_out;
}

void baton_mutate(const struct baton_mutable *place, bool *to)
{
	left_out = place ? place->point : NULL;
	reached = to;
	baton_mutating = place || to;
}
