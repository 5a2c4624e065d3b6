/* SPDX-License-Identifier: MIT */
/*
 * shared.h - the part of the world that CPUs share: all but the ghost.
 *
 * Layer: mm. May include: kernel, engine, base.
 */
#ifndef MM_SHARED_H
#define MM_SHARED_H

#include "baton/program.h"

/* Memory that only announced steps may change: model.h, regions. */
unsigned int shared_regions(struct baton_region *regions);

#endif
