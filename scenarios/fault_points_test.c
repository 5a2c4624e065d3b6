/* SPDX-License-Identifier: MIT */
/*
 * fault_points_test.c - each fault point of the model is one of some scenario's.
 *
 * That it is reached there, the scenario's own test sees: what a file names and no variant
 * reaches is an error.
 */
#include <criterion/criterion.h>
#include <glob.h>
#include <string.h>

#include "mm/model.h"
#include "scenario/scenario.h"
#include "selfcheck/model.h"

static bool asks_for(const struct scenario *scenario, const struct model_fault *fault)
{
	for (size_t i = 0; i < scenario->faults.list.count; i++)
		if (scenario->faults.list.items[i].fault == fault)
			return true;
	return false;
}

/* In which of @paths is it? NULL: in none. */
static const char *find_file(const glob_t *paths, const struct model_fault *fault)
{
	static const struct model *const models[] = { &mm_model, &selfcheck_model, NULL };
	const char *found = NULL;

	for (size_t i = 0; i < paths->gl_pathc && !found; i++) {
		struct err err = ERR_INIT;
		struct scenario *scenario = scenario_load(paths->gl_pathv[i], models, &err);

		cr_assert(scenario, "%s", err.text.bytes);
		if (asks_for(scenario, fault))
			found = paths->gl_pathv[i];
		scenario_free(scenario);
		err_release(&err);
	}
	return found;
}

Test(fault_points, each_is_asked_for_by_a_scenario)
{
	glob_t paths;

	cr_assert(!glob("scenarios/*/*.scn", 0, NULL, &paths), "run this in the project's root");
	for (const struct model_fault *fault = mm_model.faults; fault->name; fault++)
		cr_expect(find_file(&paths, fault), "no scenario asks for %s", fault->name);
	globfree(&paths);
}
