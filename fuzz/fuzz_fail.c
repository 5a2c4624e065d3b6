/* SPDX-License-Identifier: MIT */
/*
 * fuzz_fail.c - what --fail says: it is read, and there is a program with it, or it is an error.
 */
#include <string.h>

#include "fuzz/fuzz.h"
#include "mm/model.h"
#include "scenario/runner.h"

static const char text_of[] = "scenario fail\nuse mm;\n"
			      "setup { P = process(); A = anon_page(P); }\n"
			      "cpu a in P { v = load(A); }\ncpu b { shrink_page(A); }\n"
			      "predicate seen = a:v == 0;\nvariants { v5.19 sometimes seen; }\n";

static void build(const struct scenario *scenario)
{
	struct runner runner;
	struct err err = ERR_INIT;
	int status = runner_init(&runner, &(struct run_case){ .scenario = scenario }, &err);

	FUZZ_CHECK((status == 0) == (err.count == 0));
	runner_release(&runner);
	err_release(&err);
}

void fuzz(const char *bytes, size_t length)
{
	static const struct model *const models[] = { &mm_model, NULL };
	struct err err = ERR_INIT;
	struct scenario *scenario =
		scenario_parse("fuzz.scn", text_of, strlen(text_of), models, &err);
	int status;

	(void)length;
	FUZZ_CHECK(scenario);
	status = scenario_add_faults(scenario, bytes, &err);
	FUZZ_CHECK((status == 0) == (err.count == 0));
	if (!status)
		build(scenario);
	scenario_free(scenario);
	err_release(&err);
}
