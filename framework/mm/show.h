/* SPDX-License-Identifier: MIT */
/*
 * show.h - the world as reports show it: pages, ptes, locks, TLBs, swap, files.
 *
 * Layer: mm. May include: kernel, engine, base.
 */
#ifndef MM_SHOW_H
#define MM_SHOW_H

#include "engine/model.h"

/* Ends with an entry whose kind is NULL. */
extern const struct model_show mm_shows[];

#endif
