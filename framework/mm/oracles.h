/* SPDX-License-Identifier: MIT */
/*
 * oracles.h - what must always hold.
 *
 * Layer: mm. May include: engine.
 */
#ifndef MM_ORACLES_H
#define MM_ORACLES_H

#include "engine/model.h"

extern const struct model_oracle mm_oracles[];

#endif
