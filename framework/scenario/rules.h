/* SPDX-License-Identifier: MIT */
/*
 * rules.h - which code a variant is made of: a value for every rule of the model.
 *
 * A version sets the rules by its patches, in order; a variant leaves some of them
 * out, adds others behind them, and sets single rules; the cell of the matrix has
 * the last word.
 *
 * Layer: scenario. May include: engine, base.
 */
#ifndef SCENARIO_RULES_H
#define SCENARIO_RULES_H

#include "scenario/ast.h"

/* One point of the product of all matrix lines. */
struct matrix_cell {
	unsigned int count;
	struct {
		unsigned int rule, value; /* indices in the model */
	} settings[MODEL_RULES_MAX];
};

/* The patches in force, in the order in which they apply. */
struct patch_list {
	VEC(const struct model_patch *) list;
};

/**
 * variant_patches() - the patches of @variant's version and of its changes.
 * @list: empty; vec_release() it
 */
void variant_patches(const struct model *model, const struct variant *variant,
		     struct patch_list *list);

/**
 * variant_rules() - the rules of a variant in a cell.
 * @variant: its version and changes are resolved
 * @cell: NULL without a matrix
 * @rules: out: index of the value in force, one per rule of the model
 *
 * Return: 0, or -1 if the model's tables name a rule, value or patch that they do not have.
 */
int variant_rules(const struct model *model, const struct variant *variant,
		  const struct matrix_cell *cell, unsigned int *rules);

#endif
