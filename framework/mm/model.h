/* SPDX-License-Identifier: MIT */
/*
 * model.h - the model of Linux unmap, swap and GUP.
 *
 * Layer: mm. May include: engine.
 */
#ifndef MM_MODEL_H
#define MM_MODEL_H

#include "engine/model.h"

extern const struct model mm_model;

#endif
