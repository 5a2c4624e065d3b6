/* SPDX-License-Identifier: MIT */
/*
 * fuzz_scenario.c - a scenario: read, checked and put together, as "baton check" does it.
 *
 * It is loaded, or there is an error that names a place; and what is loaded can be made a
 * program in every variant and cell.
 */
#include <stdio.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "mm/model.h"
#include "scenario/runner.h"

#define PATH "fuzz.scn"

/* Cells that are tried: there may be hundreds. */
#define CELLS_TRIED 8u

/* Is there a "fuzz.scn:LINE:COLUMN: error: " in it? */
static bool has_place(const char *told)
{
	unsigned int line, column;
	int end = 0;

	for (; (told = strstr(told, PATH ":")); told++)
		if (sscanf(told, PATH ":%u:%u: error: %n", &line, &column, &end) == 2 && end)
			return true;
	return false;
}

static void build(const struct run_case *which)
{
	struct runner runner;
	struct err err = ERR_INIT;
	int status = runner_init(&runner, which, &err);

	FUZZ_CHECK((status == 0) == (err.count == 0));
	runner_release(&runner);
	err_release(&err);
}

static void build_all(const struct scenario *scenario)
{
	unsigned int cells = scenario_cell_count(scenario);

	for (unsigned int i = 0; i < scenario->variants.count; i++)
		for (unsigned int cell = 0; cell < cells && cell < CELLS_TRIED; cell++)
			build(&(struct run_case){ scenario, i, cell });
}

void fuzz(const char *bytes, size_t length)
{
	static const struct model *const models[] = { &mm_model, NULL };
	struct err err = ERR_INIT;
	struct scenario *scenario = scenario_parse(PATH, bytes, length, models, &err);

	if (scenario) {
		FUZZ_CHECK(!err.count);
		build_all(scenario);
	} else {
		FUZZ_CHECK(err.count && has_place(err.text.bytes));
	}
	scenario_free(scenario);
	err_release(&err);
}
