/* SPDX-License-Identifier: MIT */
#include "baton/sim.h"

#include <stddef.h>
#include <string.h>

/* The bounds of the section, made by the linker; weak, as a program may have no points. */
extern const struct baton_point __start_baton_points[] __attribute__((weak));
extern const struct baton_point __stop_baton_points[] __attribute__((weak));
extern const struct baton_point_alias __start_baton_aliases[] __attribute__((weak));
extern const struct baton_point_alias __stop_baton_aliases[] __attribute__((weak));
extern const struct baton_point __start_baton_faults[] __attribute__((weak));
extern const struct baton_point __stop_baton_faults[] __attribute__((weak));

const struct baton_point *baton_point_next(const struct baton_point *previous)
{
	const struct baton_point *point = previous ? previous + 1 : __start_baton_points;

	return point == __stop_baton_points ? NULL : point;
}

const struct baton_point_alias *baton_alias_next(const struct baton_point_alias *previous)
{
	const struct baton_point_alias *alias = previous ? previous + 1 : __start_baton_aliases;

	return alias == __stop_baton_aliases ? NULL : alias;
}

static const struct baton_point *find_label(const char *name)
{
	const struct baton_point *point = NULL;

	while ((point = baton_point_next(point)))
		if (point->labelled && !strcmp(point->name, name))
			return point;
	return NULL;
}

/* A name that a point has today is that point's, whatever was called so before. */
const char *baton_point_alias(const char *name)
{
	const struct baton_point_alias *alias = NULL;

	while ((alias = baton_alias_next(alias)))
		if (!strcmp(alias->old, name))
			return find_label(name) ? NULL : alias->now;
	return NULL;
}

const struct baton_point *baton_point_find(const char *name)
{
	const char *now = baton_point_alias(name);

	return find_label(now ? now : name);
}

bool baton_point_same(const struct baton_point *a, const struct baton_point *b)
{
	return a == b || (a && b && a->labelled && b->labelled && !strcmp(a->name, b->name));
}

const struct baton_point *baton_fault_next(const struct baton_point *previous)
{
	const struct baton_point *place = previous ? previous + 1 : __start_baton_faults;

	return place == __stop_baton_faults ? NULL : place;
}
