/* SPDX-License-Identifier: MIT */
/*
 * points.h - the names that scenarios can use, as text.
 *
 * Layer: cli. May include: engine, base.
 */
#ifndef CLI_POINTS_H
#define CLI_POINTS_H

#include "base/text.h"
#include "engine/model.h"

/* Append the labelled points of the program by name, each with its place in the source. */
void points_text(struct text *text);

/* Append operations, observables, constants, oracles and fault points of @model. */
void points_model(const struct model *model, struct text *text);

/* Append rules, patches and versions of @model. */
void points_patches(const struct model *model, struct text *text);

/* One row of a list: @name, blanks up to a common column, and @help, which may be NULL. */
void points_row(const char *name, const char *help, struct text *text);

#endif
