/* SPDX-License-Identifier: MIT */
#include "bisect/cores.h"

#include <string.h>

#include "bisect/series_make.h"
#include "explain/core.h"
#include "explain/shrink.h"
#include "explain/story.h"
#include "scenario/core_scn.h"
#include "scenario/failing.h"

/* Executions of each of its searches: this is an aside, "baton explain" has more time. */
#define LIMIT 20000u

/* The bad state: why its execution fails, and that as a scenario. */
struct reason {
	struct failing failing;
	struct shrunk shrunk;
	struct core core;
	struct text scenario;
};

static void give_up(struct cores *cores, const struct err *refused)
{
	const char *what = strstr(refused->text.bytes, "error: ");

	what = what ? what + strlen("error: ") : refused->text.bytes;
	text_add_bytes(&cores->why, what, strcspn(what, "\n"));
}

/* Return: 0; 1 if there is no core; -1. */
static int explain(struct reason *reason, struct cores *cores, struct err *err)
{
	const struct subject *subject = &reason->failing.subject;
	const struct core_limits limits = { .all = LIMIT, .obeying = LIMIT };

	if (shrink(subject, &reason->failing.schedule, LIMIT, &reason->shrunk, err) ||
	    core_find(subject, &reason->shrunk.schedule, &limits, &reason->core, err))
		return -1;
	if (!reason->core.explained)
		return 1;
	story_orders(&reason->core, subject->program, "", &cores->orders);
	return 0;
}

static int write_scenario(struct reason *reason, const struct run_case *which,
			  const struct prober *prober, struct cores *cores, struct err *err)
{
	const struct core_scn wanted = { .which = which,
					 .core = &reason->core,
					 .program = reason->failing.subject.program,
					 .failure = reason->failing.name,
					 .models = prober->series->models,
					 .limit = LIMIT };

	return core_scn_write(&wanted, &reason->scenario, &cores->why, err);
}

static void reason_release(struct reason *reason)
{
	core_release(&reason->core);
	shrink_release(&reason->shrunk);
	failing_release(&reason->failing);
	text_release(&reason->scenario);
}

/* Return: 0 with the scenario of the core in @text; 1 if there is none; -1. */
static int find_reason(struct cores *cores, struct prober *prober, size_t bad, const char *name,
		       struct text *text)
{
	const struct run_case which = { prober->series->scenario, (unsigned int)bad, prober->cell };
	const char *line = probe_schedule(&prober->probes.items[bad], name);
	const struct rerun_source source = { .line = line };
	struct reason reason = { .scenario = TEXT_INIT, .shrunk = { .because = TEXT_INIT } };
	struct err refused = ERR_INIT;
	int status = line ? failing_open(&reason.failing, &which, &source, name, &refused) : 1;

	if (!status)
		status = explain(&reason, cores, &refused);
	if (reason.failing.runner)
		failing_close(&reason.failing);
	if (!status)
		status = write_scenario(&reason, &which, prober, cores, &refused);
	text_add(text, reason.scenario.bytes);
	if (status && refused.count)
		give_up(cores, &refused);
	if (line)
		reason_release(&reason);
	err_release(&refused);
	return status;
}

static uint64_t count_bad(const struct prober *prober, const struct variant_result *result,
			  const char *name)
{
	for (size_t i = 0; i < result->verdicts.count; i++)
		if (!strcmp(result->verdicts.items[i].predicate, name))
			return series_wants(prober->series->given, name) ?
				       result->verdicts.items[i].fails :
				       result->verdicts.items[i].holds;
	return 0;
}

/* Run the good state with the orders of the bad one. */
static void obey(struct cores *cores, const struct prober *prober, const struct series *series,
		 const char *name)
{
	const struct run_options options = { .preemptions_max = -1,
					     .executions_max = LIMIT,
					     .command = prober->options->command };
	const struct run_case which = { series->scenario, 0, 0 };
	struct run_coverage coverage = { .refs = { 0 } };
	struct variant_result result;
	struct err refused = ERR_INIT;

	variant_result_init(&result);
	if (run_variant(&which, &options, &coverage, &result, &refused)) {
		give_up(cores, &refused);
	} else {
		cores->tried = true;
		cores->obeying = result.executions;
		cores->bad = count_bad(prober, &result, name);
	}
	variant_result_release(&result);
	run_coverage_release(&coverage);
	err_release(&refused);
}

/* @text: the scenario of the core, of the bad state and its cell. */
static void try_good(struct cores *cores, const struct prober *prober, size_t good,
		     const char *name, const struct text *text)
{
	struct err refused = ERR_INIT;
	struct series series = { .models = prober->series->models };
	struct series_titles titles = { .list = { 0 } };
	struct scenario *core =
		scenario_parse("core", text->bytes, text->length, series.models, &refused);

	series.given = core;
	vec_push(&titles.list, xstrdup(prober->series->scenario->variants.items[good].title));
	if (core && !series_make(&series, &titles, &refused))
		obey(cores, prober, &series, name);
	else
		give_up(cores, &refused);
	if (!core)
		series_titles_release(&titles);
	series_release(&series);
	scenario_free(core);
	err_release(&refused);
}

void cores_find(struct cores *cores, struct prober *prober, size_t bad, size_t good,
		const char *name)
{
	struct text text = TEXT_INIT;

	*cores = (struct cores){ .orders = TEXT_INIT, .why = TEXT_INIT };
	/* The cell of a matrix is written into the variant of the core, and not into others. */
	if (!find_reason(cores, prober, bad, name, &text) &&
	    scenario_cell_count(prober->series->scenario) == 1)
		try_good(cores, prober, good, name, &text);
	text_release(&text);
}

void cores_release(struct cores *cores)
{
	text_release(&cores->orders);
	text_release(&cores->why);
}
