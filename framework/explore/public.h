/* SPDX-License-Identifier: MIT */
/*
 * public.h - what stands behind baton/explore.h, for those that look closer.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_PUBLIC_H
#define EXPLORE_PUBLIC_H

#include "baton/explore.h"
#include "explore/explore.h"

/* The search that @search asks for; NULL: everything. */
struct explore_search public_search(const struct baton_search *search);

#endif
