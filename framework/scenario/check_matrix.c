/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "scenario/check.h"

static void check_axis_value(struct check *check, struct axis *axis, size_t index)
{
	struct axis_value *value = &axis->values.items[index];
	int found = check_value(check, &check->model->rules[axis->rule], value->name);

	if (found < 0)
		return;
	value->index = (unsigned int)found;
	for (size_t i = 0; i < index; i++)
		if (!strcmp(axis->values.items[i].name.text, value->name.text)) {
			diagnostics_error(check->diagnostics, value->name.at, "'%s' is given twice",
					  value->name.text);
			return;
		}
}

/* What the matrix sets in every variant, no variant can set for itself. */
static void check_variants_leave(struct check *check, const struct axis *axis)
{
	const struct scenario *scenario = check->scenario;

	for (size_t i = 0; i < scenario->variants.count; i++)
		for (size_t j = 0; j < scenario->variants.items[i].changes.count; j++) {
			const struct change *change = &scenario->variants.items[i].changes.items[j];

			if (change->kind == CHANGE_RULE &&
			    !strcmp(change->name.text, axis->name.text))
				diagnostics_error(check->diagnostics, change->name.at,
						  "rule '%s' is set by the matrix, on line %u",
						  change->name.text,
						  check_line(check, axis->name.at));
		}
}

static void check_axis(struct check *check, size_t index)
{
	struct axis *axis = &check->scenario->matrix.items[index];
	int rule;

	for (size_t i = 0; i < index; i++)
		if (!strcmp(check->scenario->matrix.items[i].name.text, axis->name.text)) {
			diagnostics_error(check->diagnostics, axis->name.at,
					  "rule '%s' is already on line %u", axis->name.text,
					  check_line(check,
						     check->scenario->matrix.items[i].name.at));
			return;
		}
	if (!check->model)
		return;
	rule = check_rule(check, axis->name);
	if (rule < 0)
		return;
	axis->rule = (unsigned int)rule;
	axis->values.count = check_limit(check, axis->values.count, SCENARIO_ENTRIES_MAX,
					 axis->name.at, "values of a rule");
	for (size_t i = 0; i < axis->values.count; i++)
		check_axis_value(check, axis, i);
	check_variants_leave(check, axis);
}

void check_matrix(struct check *check)
{
	struct scenario *scenario = check->scenario;
	size_t cells = 1;

	scenario->matrix.count = check_limit(check, scenario->matrix.count, MODEL_RULES_MAX,
					     scenario->matrix_at, "rules in the matrix");
	for (size_t i = 0; i < scenario->matrix.count; i++) {
		check_axis(check, i);
		if (cells <= SCENARIO_CELLS_MAX)
			cells *= scenario->matrix.items[i].values.count;
	}
	check_limit(check, cells, SCENARIO_CELLS_MAX, scenario->matrix_at, "cells");
}
