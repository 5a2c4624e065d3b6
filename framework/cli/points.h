/* SPDX-License-Identifier: MIT */
/*
 * points.h - the names that scenarios can use, as text.
 *
 * Layer: cli. May include: reports, engine, base.
 */
#ifndef CLI_POINTS_H
#define CLI_POINTS_H

#include <jansson.h>

#include "base/text.h"
#include "engine/model.h"
#include "reports/format.h"

/* What a list is about, and where it goes. */
struct points_page {
	const struct model *model; /* not for points_text() */
	struct report_options options;
	struct text *text;
};

/* Append the labelled points of the program by name, each with its place in the source. */
void points_text(const struct points_page *page);

/* Append operations, observables, constants, oracles and fault points of the model. */
void points_model(const struct points_page *page);

/* Append the fault points of the model, each with what it is and where it is passed. */
void points_faults(const struct points_page *page);

/* Return: the same as an array, to be given up with json_decref(). */
json_t *points_faults_json(const struct model *model);

/* Append rules, patches and versions of the model. */
void points_patches(const struct points_page *page);

/* Return: rules, patches and versions as an object, to be given up with json_decref(). */
json_t *points_json(const struct model *model);

/* Where help begins, if the name leaves room for it. */
#define POINTS_HELP_COLUMN 36

/* One row of a list: @name, blanks up to a common column, and @help, which may be NULL. */
void points_row(const struct points_page *page, const char *name, const char *help);

/* Does @patch give this value to this rule? */
bool points_sets(const struct model_patch *patch, const char *rule, const char *value);

/* The patches that @version is made of. */
struct model_patch_list points_version(const struct model *model,
				       const struct model_version *version);

/* The first version in the table that has the patch; NULL if none has. */
const struct model_version *points_first_version(const struct model *model, const char *patch);

#endif
