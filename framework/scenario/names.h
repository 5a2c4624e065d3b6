/* SPDX-License-Identifier: MIT */
/*
 * names.h - looking names up, and what was meant where there is none of that name.
 *
 * Layer: scenario. May include: engine, base.
 */
#ifndef SCENARIO_NAMES_H
#define SCENARIO_NAMES_H

#include "engine/model.h"
#include "scenario/ast.h"
#include "scenario/diagnostics.h"

/* Candidates, in the order in which they are listed. All zero: none. */
struct names {
	VEC(const char *) list;
};

void names_add(struct names *names, const char *name);
void names_release(struct names *names);

/**
 * names_unknown() - report "unknown <what> 'name'", with what is near or what there is.
 * @names: released
 */
void names_unknown(struct diagnostics *diagnostics, const char *what, struct name name,
		   struct names *names);

/*
 * The tables of a model: rows that begin with the name and end with a NULL one. A model
 * may leave out (NULL) a table that it has no use for.
 */
const void *table_find(const void *rows, size_t row_size, const char *name);
void names_add_table(struct names *names, const void *rows, size_t row_size);

#define model_find(rows, name) table_find(rows, sizeof(*(rows)), name)
#define names_add_rows(names, rows) names_add_table(names, rows, sizeof(*(rows)))

/* "an address" */
const char *type_name(enum model_type type);

/* Letters, digits and '_', not beginning with a digit. */
bool name_is_identifier(const char *name);

#endif
