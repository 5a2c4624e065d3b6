/* SPDX-License-Identifier: MIT */
/*
 * fuzz_search.c - a search that goes on where a checkpoint says: its parts and what was
 * gathered may be anything.
 *
 * The first line of the input says which search, the others are what stands behind "search
 * 0 0" in the file. It is an error, or a search that ends.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "scenario/run.h"
#include "scenario/word_model.h"

/* What a file says is left to do may be millions of executions. */
#define SECONDS_MAX 2

#define SEARCH(word) .preemptions_max = -1, .strategy_given = true, .strategy = EXPLORE_##word

static const char begin_of[] = "scenario toy\nuse toy;\nsetup { X = word(); Y = word(); }\n"
			       "cpu a { write(X, 1); lock(); write(Y, 0 - 1); unlock(); }\n"
			       "cpu b { v = read(X); lock(); write(Y, 1); unlock(); }\n";
static const char faults_of[] = "faults { fail toy/write_fails times 1; }\n";
static const char end_of[] = "predicate saw_one = b:v == 1;\n"
			     "variants { v1 sometimes saw_one";

static const struct {
	const char *name;
	struct run_options options;
} searches[] = {
	{ "dpor", { .preemptions_max = -1 } },
	{ "bound", { .preemptions_max = 1, .steps_bound = 100, .executions_max = 20 } },
	{ "dfs", { SEARCH(DFS) } },
	{ "random", { SEARCH(RANDOM), .executions_max = 50 } },
	{ "pct", { SEARCH(PCT), .depth = 2, .executions_max = 50 } },
	{ "pos", { SEARCH(POS), .executions_max = 50 } },
};

static struct run_options options_of(const char *bytes)
{
	struct run_options options = searches[0].options;

	for (size_t i = 0; i < ARRAY_SIZE(searches); i++)
		if (!strncmp(bytes, searches[i].name, strlen(searches[i].name)))
			options = searches[i].options;
	options.faults_max = -1;
	options.seed = 1;
	options.seconds_max = SECONDS_MAX;
	options.command = "baton";
	return options;
}

/* The checkpoint of a run of @scenario that has @frontier as its only search. */
static void put_checkpoint(const struct scenario *scenario, const char *frontier, struct text *text)
{
	struct checkpoint empty;
	struct err err = ERR_INIT;

	checkpoint_init(&empty);
	FUZZ_CHECK(!checkpoint_check(&empty, scenario, &err));
	checkpoint_format(&empty, text);
	text->length -= strlen("end\n");
	text_addf(text, "search 0 0\n%send\n", frontier);
	checkpoint_release(&empty);
	err_release(&err);
}

static void go_on(const struct run_case *which, struct run_options *options)
{
	struct run_coverage coverage = { 0 };
	struct variant_result result;
	struct err err = ERR_INIT;
	int status;

	variant_result_init(&result);
	status = run_variant(which, options, &coverage, &result, &err);
	FUZZ_CHECK((status >= 0) == (err.count == 0));
	variant_result_release(&result);
	run_coverage_release(&coverage);
	err_release(&err);
}

static void try_frontier(const struct scenario *scenario, struct run_options *options,
			 const char *frontier)
{
	struct checkpoint checkpoint;
	struct text text = TEXT_INIT;
	struct err err = ERR_INIT;

	put_checkpoint(scenario, frontier, &text);
	checkpoint_init(&checkpoint);
	checkpoint.path = xstrdup("fuzz");
	if (!checkpoint_parse(&checkpoint, text.bytes, &err)) {
		/* It is not written. */
		free(checkpoint.path);
		checkpoint.path = NULL;
		options->checkpoint = &checkpoint;
		go_on(&(struct run_case){ .scenario = scenario }, options);
	} else {
		FUZZ_CHECK(err.count);
	}
	checkpoint_release(&checkpoint);
	text_release(&text);
	err_release(&err);
}

/* Faults are a bound, and there is a search for what has none. */
static struct scenario *load(bool faults)
{
	static const struct model *const models[] = { &word_model, NULL };
	struct text text = TEXT_INIT;
	struct err err = ERR_INIT;
	struct scenario *scenario;

	text_addf(&text, "%s%s%s%s; }\n", begin_of, faults ? faults_of : "", end_of,
		  faults ? ", sometimes negative" : "");
	scenario = scenario_parse("fuzz.scn", text.bytes, text.length, models, &err);
	FUZZ_CHECK(scenario);
	text_release(&text);
	err_release(&err);
	return scenario;
}

void fuzz(const char *bytes, size_t length)
{
	struct run_options options = options_of(bytes);
	const char *line_end = strchr(bytes, '\n');
	struct scenario *scenario = load(options.executions_max != 0);

	(void)length;
	if (line_end)
		try_frontier(scenario, &options, line_end + 1);
	scenario_free(scenario);
}
