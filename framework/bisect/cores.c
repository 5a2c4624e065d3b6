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
	for (const char *line = cores->orders.bytes; *line; line += strcspn(line, "\n") + 1)
		cores->depth++;
	return 0;
}

static int write_scenario(struct reason *reason, const struct prober *prober, struct cores *cores,
			  struct err *err)
{
	const struct core_scn wanted = { .failing = &reason->failing,
					 .core = &reason->core,
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
		status = write_scenario(&reason, prober, cores, &refused);
	cores->failed = status < 0;
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

static int run_orders(const struct prober *prober, const struct scenario *scenario,
		      struct run_coverage *coverage, struct variant_result *result, struct err *err)
{
	const struct run_options options = { .preemptions_max = -1,
					     .executions_max = LIMIT,
					     .command = prober->options->command };
	const struct run_case which = { scenario, 0, 0 };

	*coverage = (struct run_coverage){ .refs = { 0 } };
	variant_result_init(result);
	return run_variant(&which, &options, coverage, result, err);
}

static void add_ref(const struct ref *ref, struct text *text)
{
	text_addf(text, "%s does not come to %s", ref->cpu_name.text, ref->name.text);
	if (ref->occurrence > 1)
		text_addf(text, "@%u", ref->occurrence);
}

/* The second place is held until the first is passed: one that is passed has had both. A fault
 * is one place. */
static void add_fate(const struct scenario *scenario, const struct run_coverage *coverage,
		     size_t at, const struct variant_result *result, struct text *text)
{
	const struct constraint *order = &scenario->order.items[at];

	if (!result->executions) {
		text_add(text, "cannot happen: all executions wait for each other");
	} else if (coverage->passed.items[2 * at + (order->kind != CONSTRAINT_ANSWER)]) {
		text_add(text, "can happen");
	} else if (coverage->passed.items[2 * at]) {
		text_add(text, "cannot happen: ");
		add_ref(&order->second, text);
		text_add(text, " then");
	} else {
		text_add(text, "cannot happen: ");
		add_ref(&order->first, text);
	}
	text_add_char(text, '\n');
}

/* With order @i of the core as its only one; those of the scenario itself come first. */
static int try_alone(struct cores *cores, const struct prober *prober, struct scenario *scenario,
		     size_t i, struct err *err)
{
	size_t all = scenario->order.count, own = all - cores->depth;
	struct constraint first = scenario->order.items[own];
	struct run_coverage coverage;
	struct variant_result result;
	int status;

	scenario->order.items[own] = scenario->order.items[own + i];
	scenario->order.count = own + 1;
	status = run_orders(prober, scenario, &coverage, &result, err);
	if (!status)
		add_fate(scenario, &coverage, own, &result, &cores->alone);
	variant_result_release(&result);
	run_coverage_release(&coverage);
	scenario->order.count = all;
	scenario->order.items[own] = first;
	return status;
}

/* Run the good state with the orders of the bad one. */
static void obey(struct cores *cores, const struct prober *prober, const struct series *series,
		 const char *name)
{
	struct run_coverage coverage;
	struct variant_result result;
	struct err refused = ERR_INIT;
	int status = run_orders(prober, series->scenario, &coverage, &result, &refused);

	if (!status) {
		cores->obeying = result.executions;
		cores->bad = count_bad(prober, &result, name);
	}
	for (size_t i = 0; i < cores->depth && !status; i++)
		status = try_alone(cores, prober, series->scenario, i, &refused);
	cores->tried = !status;
	cores->failed = status != 0;
	if (status)
		give_up(cores, &refused);
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
	const struct run_case which = { prober->series->scenario, (unsigned int)good,
					prober->cell };
	struct text title = TEXT_INIT;
	struct scenario *core =
		scenario_parse("core", text->bytes, text->length, series.models, &refused);

	series.given = core;
	core_scn_title(&which, &title);
	vec_push(&titles.list, text_detach(&title));
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

	*cores = (struct cores){ .orders = TEXT_INIT, .alone = TEXT_INIT, .why = TEXT_INIT };
	if (prober->begins)
		prober->begins(prober, "the orders that it needs");
	if (!strcmp(name, "death"))
		text_add(&cores->why, "baton explain takes care of code that ends its process");
	else if (!find_reason(cores, prober, bad, name, &text))
		try_good(cores, prober, good, name, &text);
	text_release(&text);
}

void cores_release(struct cores *cores)
{
	text_release(&cores->orders);
	text_release(&cores->alone);
	text_release(&cores->why);
}
