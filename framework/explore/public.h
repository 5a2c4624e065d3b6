/* SPDX-License-Identifier: MIT */
/*
 * public.h - what a user of the library hands over, in the explorer's words.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_PUBLIC_H
#define EXPLORE_PUBLIC_H

#include "baton/explore.h"
#include "explore/explore.h"

/**
 * public_check() - was it made for this version, or for one that it understands?
 * @search: may be NULL
 *
 * A struct may be larger than the one of today: then the rest of it must be zero, that is, not
 * asked for.
 *
 * Return: 0, or -1.
 */
int public_check(const struct baton_program *program, const struct baton_search *search,
		 struct err *err);

/* What @search asks for, without its fault rules. NULL: all. */
struct explore_search public_search(const struct baton_search *search);

/* What was learned about deaths so far (engine/death.h) may be of another program. */
void public_begin(void);

#endif
