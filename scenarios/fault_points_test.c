/* SPDX-License-Identifier: MIT */
/*
 * fault_points_test.c - each fault point of each model fails in some scenario that asks for it.
 *
 * It must have failed in a search that was through: in a sample it would be luck. Searches are
 * made in other processes, so what fails there is counted in memory that is shared with them.
 */
#include <criterion/criterion.h>
#include <glob.h>
#include <string.h>
#include <sys/mman.h>

#include "baton/injector.h"
#include "injectors/fiu.h"
#include "mm/model.h"
#include "scenario/run.h"
#include "selfcheck/model.h"

TestSuite(fault_points, .timeout = 300);

static const struct model *const models[] = { &mm_model, &selfcheck_model, NULL };

static const char *watched;           /* a point */
static volatile unsigned int *failed; /* so often, in all processes */

/* In place of libfiu: which passes fail is the plan's answer in both. */
static bool decide(const char *point, int error)
{
	if (error && !strcmp(point, watched))
		++*failed;
	return error != 0;
}

static bool asks_for(const struct scenario *scenario, const char *point)
{
	for (size_t i = 0; i < scenario->faults.list.count; i++)
		if (fault_matches(scenario->faults.list.items[i].name.text, point))
			return true;
	return false;
}

/* Explore one variant. Return: is the search through, and has the point failed in it? */
static bool fails_in(const struct scenario *scenario, unsigned int variant, const char *point)
{
	const struct run_options options = { .preemptions_max = -1, .command = "build/baton" };
	const struct run_case which = { scenario, variant, 0 };
	struct run_coverage coverage = { 0 };
	struct variant_result result;
	struct err err = ERR_INIT;
	bool through;

	watched = point;
	*failed = 0;
	variant_result_init(&result);
	cr_assert_eq(run_variant(&which, &options, &coverage, &result, &err), 0, "%s",
		     err.text.bytes);
	through = result.strength == STRENGTH_EXHAUSTIVE || result.strength == STRENGTH_BOUNDED;
	variant_result_release(&result);
	run_coverage_release(&coverage);
	err_release(&err);
	return through && *failed;
}

static bool fails_in_file(const char *path, const char *point)
{
	struct err err = ERR_INIT;
	struct scenario *scenario = scenario_load(path, models, &err);
	bool fails = false;

	cr_assert(scenario, "%s", err.text.bytes);
	for (unsigned int i = 0; i < scenario->variants.count && !fails; i++)
		fails = asks_for(scenario, point) && fails_in(scenario, i, point);
	scenario_free(scenario);
	err_release(&err);
	return fails;
}

static void check_model(const struct model *model, const glob_t *paths)
{
	for (const struct model_fault *fault = model->faults; fault && fault->name; fault++) {
		bool fails = false;

		for (size_t i = 0; i < paths->gl_pathc && !fails; i++)
			fails = fails_in_file(paths->gl_pathv[i], fault->name);
		cr_expect(fails, "%s fails in no scenario that asks for it", fault->name);
	}
}

Test(fault_points, each_fails_in_a_scenario)
{
	struct err err = ERR_INIT;
	glob_t paths;

	cr_assert_eq(inject_fiu_init(&err), 0, "%s", err.text.bytes);
	baton_fault_route(decide);
	failed = mmap(NULL, sizeof(*failed), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	cr_assert_neq(failed, MAP_FAILED);
	cr_assert(!glob("scenarios/*/*.scn", 0, NULL, &paths), "run this in the project's root");
	for (size_t i = 0; models[i]; i++)
		check_model(models[i], &paths);
	globfree(&paths);
}
