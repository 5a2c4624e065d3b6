/* SPDX-License-Identifier: MIT */
#include "cli/select.h"

#include <fnmatch.h>
#include <string.h>

bool select_matches(const struct variant *variant, const char *glob)
{
	return !glob || !fnmatch(glob, variant->title, 0);
}

static int unknown_variant(const struct scenario *scenario, const char *title, struct err *err)
{
	const char **titles = xcalloc(scenario->variants.count + 1, sizeof(*titles));
	struct text list = TEXT_INIT;
	const char *nearest;

	for (size_t i = 0; i < scenario->variants.count; i++) {
		titles[i] = scenario->variants.items[i].title;
		text_addf(&list, "%s'%s'", i ? ", " : "", titles[i]);
	}
	nearest = err_nearest(title, titles, scenario->variants.count);
	if (nearest)
		err_add(err, "scenario '%s' has no variant '%s'; did you mean '%s'?",
			scenario->name.text, title, nearest);
	else
		err_add(err, "scenario '%s' has no variant '%s'; it has %s", scenario->name.text,
			title, list.bytes);
	text_release(&list);
	free(titles);
	return -1;
}

int select_variant(const struct scenario *scenario, const char *title, struct err *err)
{
	for (size_t i = 0; i < scenario->variants.count; i++)
		if (!strcmp(scenario->variants.items[i].title, title))
			return (int)i;
	return unknown_variant(scenario, title, err);
}

int select_cell(const struct scenario *scenario, const char *name, struct err *err)
{
	struct text cell = TEXT_INIT;
	int found = -1;

	for (unsigned int i = 0; found < 0 && i < scenario_cell_count(scenario); i++) {
		text_clear(&cell);
		scenario_cell_name(scenario, i, &cell);
		if (!strcmp(cell.bytes, name ? name : ""))
			found = (int)i;
	}
	text_release(&cell);
	if (found < 0 && name)
		err_add(err, "the matrix of scenario '%s' has no cell '%s'", scenario->name.text,
			name);
	else if (found < 0)
		err_add(err, "scenario '%s' has a matrix: --cell says which cell",
			scenario->name.text);
	return found;
}

void select_title(const struct run_case *which, struct text *text)
{
	const struct scenario *scenario = which->scenario;

	text_addf(text, "%s %s", scenario->name.text,
		  scenario->variants.items[which->variant].title);
	if (scenario->matrix.count) {
		text_add(text, " [");
		scenario_cell_name(scenario, which->cell, text);
		text_add_char(text, ']');
	}
}
