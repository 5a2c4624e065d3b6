/* SPDX-License-Identifier: MIT */
#include "bisect/by_core.h"

#include <string.h>

#include "bisect/nearest.h"
#include "scenario/core_scn.h"
#include "scenario/rerun.h"

/* Executions of a search with orders; and of the one that says what conflicts. */
#define LIMIT 100000u
#define LIMIT_PAIRS 1000u

/* Choices of points in place of those that are gone, nearest first. */
#define TRIES_MAX 24u

void by_core_init(struct by_core *by, const struct model *const *models, const char *command)
{
	*by = (struct by_core){ .models = models,
				.command = command,
				.gone = TEXT_INIT,
				.instead = TEXT_INIT };
}

void by_core_release(struct by_core *by)
{
	scenario_free(by->scenario);
	free(by->schedule);
	text_release(&by->gone);
	text_release(&by->instead);
}

/* How many orders are the scenario's own, and no part of the core; they come first. */
static size_t own_orders(const struct scenario *scenario)
{
	const char *end = strstr(scenario->source.text, CORE_SCN_OWN_END);
	size_t own = 0;

	while (end && own < scenario->order.count &&
	       scenario->order.items[own].at.begin < (size_t)(end - scenario->source.text))
		own++;
	return own;
}

/* ---- One search ---------------------------------------------------------------------------- */

static const struct verdict *find_verdict(const struct variant_result *result, const char *name)
{
	for (size_t i = 0; i < result->verdicts.count; i++)
		if (!strcmp(result->verdicts.items[i].predicate, name))
			return &result->verdicts.items[i];
	return NULL;
}

static struct expected *failure_of(const struct scenario *scenario)
{
	return &scenario->variants.items[0].verdicts.items[0];
}

/* The word of the core is what was seen of its failure. To expect the contrary has executions
 * that show it kept. */
static void expect_contrary(const struct scenario *scenario)
{
	struct expected *failure = failure_of(scenario);

	failure->word = failure->word == EXPECT_NEVER ? EXPECT_ALWAYS : EXPECT_NEVER;
}

static void take(struct by_core *by, const struct variant_result *result)
{
	const struct verdict *verdict = find_verdict(result, by->failure);
	struct text line = TEXT_INIT;

	by->strength = result->strength;
	by->executions = result->executions;
	by->failing = verdict ? verdict->holds : 0;
	if (verdict && failure_of(by->scenario)->word == EXPECT_ALWAYS)
		by->failing = verdict->fails;
	by->shown = by->failing > 0;
	by->weak = !by->shown &&
		   (result->strength == STRENGTH_CUT || result->strength == STRENGTH_SAMPLED);
	if (!by->shown || !verdict->trace)
		return;
	schedule_format(&verdict->schedule, verdict->trace->program, &line);
	by->schedule = text_detach(&line);
}

struct look {
	struct run_coverage coverage;
	struct variant_result result;
};

static void look_release(struct look *look)
{
	variant_result_release(&look->result);
	run_coverage_release(&look->coverage);
}

static int look_at(const struct by_core *by, struct look *look, uint64_t limit, bool pairs,
		   struct err *err)
{
	const struct run_options options = { .preemptions_max = -1,
					     .executions_max = limit,
					     .coverage = pairs,
					     .command = by->command };
	const struct run_case which = { by->scenario, 0, 0 };

	*look = (struct look){ .coverage = { .refs = { 0 } } };
	variant_result_init(&look->result);
	return run_variant(&which, &options, &look->coverage, &look->result, err) < 0 ? -1 : 0;
}

static int search(struct by_core *by, enum by_core_how how, uint64_t limit, struct err *err)
{
	struct look look;
	int status = look_at(by, &look, limit, false, err);

	by->how = how;
	if (!status)
		take(by, &look.result);
	look_release(&look);
	return status;
}

/* ---- Points that are gone ------------------------------------------------------------------ */

static void add_lost(const struct scenario *scenario, struct nearest *nearest)
{
	for (size_t i = 0; i < scenario->lost.count; i++) {
		const struct constraint *lost = &scenario->lost.items[i];

		if (lost->first.kind == REF_POINT && !lost->first.point)
			nearest_add(nearest, &lost->first, &lost->second);
		if (lost->second.kind == REF_POINT && !lost->second.point)
			nearest_add(nearest, &lost->second, &lost->first);
	}
}

/* They are in the program, but no execution comes by. */
static void add_unreached(const struct scenario *scenario, const struct run_coverage *coverage,
			  struct nearest *nearest)
{
	for (size_t i = 0; i < scenario->order.count; i++) {
		const struct constraint *order = &scenario->order.items[i];

		if (order->first.kind == REF_POINT && !coverage->refs.items[2 * i])
			nearest_add(nearest, &order->first, &order->second);
		if (order->second.kind == REF_POINT && !coverage->refs.items[2 * i + 1])
			nearest_add(nearest, &order->second, &order->first);
	}
}

static void tell_gone(struct by_core *by, const struct nearest *nearest)
{
	for (size_t i = 0; i < nearest->points.count; i++) {
		const struct ref *ref = nearest->points.items[i].ref;

		text_addf(&by->gone, "%s%s:%s", i ? ", " : "", ref->cpu_name.text, ref->name.text);
	}
}

/* What obeys the core, as far as its points are there; and which of them are not. */
static int try_core(struct by_core *by, struct nearest *nearest, struct err *err)
{
	struct look look;
	int status;

	add_lost(by->scenario, nearest);
	if (nearest->points.count)
		return 0;
	status = look_at(by, &look, LIMIT, false, err);
	if (!status) {
		take(by, &look.result);
		if (!by->shown)
			add_unreached(by->scenario, &look.coverage, nearest);
	}
	look_release(&look);
	return status;
}

/* ---- The nearest in their place ------------------------------------------------------------ */

/* Without orders: an order that cannot be obeyed would hide what there is. */
static int find_pairs(struct by_core *by, struct nearest *nearest, struct err *err)
{
	size_t count = by->scenario->order.count;
	struct look look;
	int status;

	by->scenario->order.count = own_orders(by->scenario);
	status = look_at(by, &look, LIMIT_PAIRS, true, err);
	by->scenario->order.count = count;
	if (!status)
		nearest_conflicts(nearest, by->scenario, &look.result.coverage);
	look_release(&look);
	return status;
}

/* What CPU @cpu passes if it begins, and goes on as long as it can. */
static int find_passed(const struct by_core *by, struct nearest *nearest, size_t cpu,
		       struct err *err)
{
	const struct run_case which = { by->scenario, 0, 0 };
	struct rerun_source source = { .path = by->scenario->source.path, .tolerant = true };
	struct text line = TEXT_INIT;
	struct rerun rerun;
	int status;

	text_addf(&line, "%s:1", by->scenario->cpus.items[cpu].name.text);
	source.line = line.bytes;
	status = rerun_scenario(&rerun, &which, &source, err);
	if (!status && !rerun.diverged)
		nearest_passed(nearest, by->scenario, &rerun.trace);
	rerun_release(&rerun);
	text_release(&line);
	return status;
}

static void tell_instead(struct by_core *by, const struct nearest *nearest, const size_t *chosen)
{
	for (size_t i = 0; i < nearest->points.count; i++) {
		const struct nearest_point *point = &nearest->points.items[i];

		text_addf(&by->instead, "%s for %s:%s\n", point->names[chosen[i]],
			  point->ref->cpu_name.text, point->ref->name.text);
	}
}

/* Of the names in place of each point. */
struct choices {
	const struct nearest *nearest;
	size_t *chosen;
	unsigned int tries; /* that are left */
};

/* Return: 0 (look at shown), also if the choice makes no scenario; -1. */
static int try_choice(struct by_core *by, const struct choices *choices, struct err *err)
{
	struct scenario *before = by->scenario, *made;
	struct text text = TEXT_INIT;
	struct err refused = ERR_INIT;
	int status = 0;

	nearest_text(choices->nearest, before, choices->chosen, &text);
	made = scenario_parse(before->source.path, text.bytes, text.length, by->models, &refused);
	if (made) {
		expect_contrary(made);
		by->scenario = made;
		status = search(by, BY_NEAREST, LIMIT, err);
		by->scenario = before;
	}
	if (made && by->shown) {
		tell_instead(by, choices->nearest, choices->chosen);
		by->scenario = made;
		by->failure = failure_of(made)->name.text;
		made = before;
	}
	scenario_free(made);
	text_release(&text);
	err_release(&refused);
	return status;
}

/* The choices whose indices have the sum @rest from @at on, nearest first. */
static int try_sum(struct by_core *by, struct choices *choices, size_t at, size_t rest,
		   struct err *err)
{
	if (at == choices->nearest->points.count && (rest || !choices->tries))
		return 0;
	if (at == choices->nearest->points.count) {
		choices->tries--;
		return try_choice(by, choices, err);
	}
	for (size_t i = 0; i <= rest && i < choices->nearest->points.items[at].count; i++) {
		choices->chosen[at] = i;
		if (try_sum(by, choices, at + 1, rest - i, err))
			return -1;
		if (by->shown)
			return 0;
	}
	return 0;
}

static int try_nearest(struct by_core *by, struct nearest *nearest, struct err *err)
{
	size_t count = nearest->points.count;
	struct choices choices = { nearest, xcalloc(count, sizeof(size_t)), TRIES_MAX };
	int status = find_pairs(by, nearest, err);

	for (size_t i = 0; !status && i < by->scenario->cpus.count; i++)
		status = find_passed(by, nearest, i, err);
	for (size_t sum = 0; !status && !by->shown && sum < count * NEAREST_MAX; sum++)
		status = try_sum(by, &choices, 0, sum, err);
	free(choices.chosen);
	return status;
}

/* ---- The whole ----------------------------------------------------------------------------- */

static int check(const struct by_core *by, const char *path, struct err *err)
{
	const struct scenario *scenario = by->scenario;

	if (scenario->order.count + scenario->lost.count && scenario->variants.count == 1 &&
	    scenario->variants.items[0].verdicts.count && scenario_cell_count(scenario) == 1)
		return 0;
	return err_add(err,
		       "'%s' is no core: 'baton explain' saves one, with an order block and "
		       "one variant",
		       path);
}

int by_core_run(struct by_core *by, const char *path, struct err *err)
{
	struct nearest nearest = { .points = { 0 } };
	int status;

	by->scenario = scenario_load_old(path, by->models, err);
	if (!by->scenario || check(by, path, err))
		return -1;
	expect_contrary(by->scenario);
	by->failure = failure_of(by->scenario)->name.text;
	status = try_core(by, &nearest, err);
	tell_gone(by, &nearest);
	if (!status && !by->shown && nearest.points.count)
		status = try_nearest(by, &nearest, err);
	nearest_release(&nearest);
	if (status || by->shown || !by->search_all)
		return status;
	by->scenario->order.count = own_orders(by->scenario);
	return search(by, BY_SEARCH, 0, err);
}
