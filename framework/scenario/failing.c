/* SPDX-License-Identifier: MIT */
#include "scenario/failing.h"

#include <string.h>

#include "engine/death.h"
#include "explore/contain.h"
#include "scenario/expr.h"
#include "scenario/run.h"
#include "scenario/show.h"

static const struct predicate *find_predicate(const struct scenario *scenario, const char *name)
{
	for (size_t i = 0; i < scenario->predicates.count; i++)
		if (!scenario->predicates.items[i].invariant &&
		    !strcmp(scenario->predicates.items[i].name.text, name))
			return &scenario->predicates.items[i];
	return NULL;
}

static bool is_always(const struct variant *variant, const char *name)
{
	for (size_t i = 0; i < variant->verdicts.count; i++)
		if (!strcmp(variant->verdicts.items[i].name.text, name))
			return variant->verdicts.items[i].word == EXPECT_ALWAYS;
	return false;
}

/* ---- Judging ------------------------------------------------------------------------------ */

static bool is_wrong(const struct runner *runner)
{
	for (size_t i = 0; i < runner->rules.count; i++)
		if (runner->rules.items[i].violated)
			return true;
	return sim_finding()->kind != FINDING_NONE;
}

static bool is_finding(const char *name)
{
	return sim_finding()->kind != FINDING_NONE && !strcmp(sim_finding()->name, name);
}

static bool fails(const struct failing *failing, enum sim_end end)
{
	if (failing->predicate)
		return end == SIM_DONE &&
		       (expr_eval(failing->predicate->expr, failing->runner->slots) != 0) !=
			       failing->always;
	return runner_violated(failing->runner, failing->name) || is_finding(failing->name);
}

static enum subject_verdict judge(void *arg, enum sim_end end)
{
	const struct failing *failing = arg;

	if (fails(failing, end))
		return SUBJECT_FAILS;
	if (is_wrong(failing->runner))
		return SUBJECT_DIFFERS;
	return end == SIM_CUT ? SUBJECT_OPEN : SUBJECT_PASSES;
}

/* How it ended, in the words of what is asked about. */
static void describe(void *arg, struct text *text)
{
	const struct failing *failing = arg;
	const struct runner_rule *rule = runner_rule(failing->runner, failing->name);
	const struct scenario *scenario = failing->which.scenario;

	if (failing->predicate && sim_ended() == SIM_DONE)
		show_values(failing->runner, failing->name, text);
	else if (sim_finding()->kind != FINDING_NONE)
		text_addf(text, "%s", sim_finding()->text.bytes);
	else if (rule && rule->violated)
		text_add(text, rule->why);
	for (size_t i = 0; !text->length && i < scenario->predicates.count; i++)
		show_values(failing->runner, scenario->predicates.items[i].name.text, text);
}

static bool is_invariant(const struct runner *runner, const char *name)
{
	const struct runner_rule *rule = runner_rule(runner, name);

	return rule && rule->invariant;
}

/* ---- What fails ---------------------------------------------------------------------------- */

/* From now on @name is what fails; does it, in the last execution? */
static bool is_shown(struct failing *failing, const char *name)
{
	free(failing->name);
	failing->name = xstrdup(name);
	failing->predicate = find_predicate(failing->which.scenario, name);
	failing->always = failing->predicate && is_always(failing->runner->variant, name);
	failing->inverted = is_invariant(failing->runner, name);
	return fails(failing, sim_ended());
}

/* What the variant speaks of, in its order; then rules, then what ended the execution. */
static size_t list_names(const struct failing *failing, const char **names, size_t max)
{
	const struct runner *runner = failing->runner;
	size_t count = 0;

	for (size_t i = 0; i < runner->variant->verdicts.count && count < max; i++)
		names[count++] = runner->variant->verdicts.items[i].name.text;
	for (size_t i = 0; i < runner->rules.count && count < max; i++)
		names[count++] = runner->rules.items[i].name;
	if (sim_finding()->kind != FINDING_NONE && count < max)
		names[count++] = sim_finding()->name;
	return count;
}

static bool is_listed(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

#define NAMES_MAX 400u

/* The first that the execution shows, or @wanted; the others are noted. Return: it, or NULL. */
static const char *choose(struct failing *failing, const char *wanted)
{
	const char *names[NAMES_MAX], *shown[NAMES_MAX], *chosen = NULL;
	size_t count = list_names(failing, names, NAMES_MAX), shown_count = 0;

	for (size_t i = 0; i < count; i++)
		if (!is_listed(shown, shown_count, names[i]) && is_shown(failing, names[i]))
			shown[shown_count++] = names[i];
	for (size_t i = 0; i < shown_count && !chosen; i++)
		if (!wanted || !strcmp(shown[i], wanted))
			chosen = shown[i];
	for (size_t i = 0; i < shown_count; i++)
		if (shown[i] != chosen)
			text_addf(&failing->others, "%s%s", failing->others.length ? ", " : "",
				  shown[i]);
	return chosen;
}

/* "lost_dma" of "never lost_dma", as a file has it. */
static const char *name_in(const struct sched_file *file)
{
	const char *blank = file && file->failure ? strrchr(file->failure, ' ') : NULL;

	return blank ? blank + 1 : NULL;
}

static int find_failure(struct failing *failing, const struct rerun_source *source,
			const char *name, struct err *err)
{
	const char *wanted = name ? name : name_in(source->file);
	const char *chosen = choose(failing, wanted);

	if (chosen) {
		is_shown(failing, chosen);
		failing->subject.failure = failing->name;
		return 0;
	}
	failing->nothing = !failing->others.length;
	if (failing->nothing)
		return err_add(err,
			       "the execution shows nothing wrong: there is nothing to explain");
	return err_add(err, "the execution does not show %s; it shows %s: say --failure NAME",
		       wanted, failing->others.bytes);
}

/* ---- Opening ------------------------------------------------------------------------------- */

/* Exactly the schedule, with its points. Return: 0; 1 if it diverged. */
static int run_schedule(struct failing *failing, char *const *points, struct err *err)
{
	const struct explore_replay replay = {
		.schedule = &failing->schedule,
		.points = points,
		.steps_max = failing->subject.search.steps_max,
		.steps_bound = failing->subject.search.steps_bound,
	};
	struct text diverged = TEXT_INIT;
	struct trace trace;
	int status;

	trace_init(&trace, &failing->runner->program);
	status = explore_record(&replay, &trace, &diverged, err);
	if (status > 0)
		err_add(err, "the schedule diverged at %s", diverged.bytes);
	trace_release(&trace);
	text_release(&diverged);
	return status;
}

/*
 * What the scenario allows to fail, and what the schedule has failing, which --faults may have
 * allowed: as much may fail in the searches for other executions like it.
 */
static void plan_faults(struct failing *failing)
{
	struct runner *runner = failing->runner;
	const struct faults *faults = &runner->scenario->faults;
	unsigned int all = fault_taken_count(), taken[FAULT_RULES_MAX] = { 0 };

	for (unsigned int i = 0; i < all; i++)
		taken[fault_taken(i)->rule]++;
	runner->fault_plan.budget = faults->budget > all ? faults->budget : all;
	for (unsigned int i = 0; i < runner->fault_plan.count; i++) {
		unsigned int times = faults->list.items[i].rule.times;

		runner->fault_rules[i].times = times && taken[i] > times ? taken[i] : times;
	}
}

static int load(struct failing *failing, const struct rerun_source *source, const char *name,
		struct err *err)
{
	char **points;
	int status;

	if (rerun_read(source, &failing->runner->program, &failing->schedule, &points, err))
		return -1;
	show_prepare();
	rerun_plan_faults(failing->runner, source);
	status = run_schedule(failing, points, err);
	plan_faults(failing);
	free(points);
	return status ? status : find_failure(failing, source, name, err);
}

static void init_subject(struct failing *failing, const struct rerun_source *source)
{
	const struct scenario *scenario = failing->which.scenario;
	const struct run_options options = { .preemptions_max = -1 };
	struct explore_search search = run_search(scenario, &options);

	search.strategy = EXPLORE_DPOR;
	search.executions_max = 0;
	search.seconds_max = search.memory_max = 0;
	if (source->steps_bound)
		search.steps_bound = source->steps_bound;
	order_init(&failing->order, failing->runner);
	failing->subject = (struct subject){
		.program = &failing->runner->program,
		.search = search,
		.filter = failing->order.refs.states.count ? &failing->order.filter : NULL,
		.judge = judge,
		.describe = describe,
		.arg = failing,
	};
}

int failing_open(struct failing *failing, const struct run_case *which,
		 const struct rerun_source *source, const char *name, struct err *err)
{
	int status;

	*failing = (struct failing){ .which = *which, .others = TEXT_INIT };
	failing->runner = xcalloc(1, sizeof(*failing->runner));
	if (runner_init(failing->runner, which, err)) {
		free(failing->runner);
		failing->runner = NULL;
		return -1;
	}
	init_subject(failing, source);
	if (sim_init(&failing->runner->program, err))
		return -1;
	failing->open = true;
	death_key(runner_key(failing->runner));
	status = load(failing, source, name, err);
	/* Deaths that only care shows are looked for where there is one. */
	if (!status && strcmp(failing->name, "death") != 0)
		contain_relax();
	return status;
}

void failing_close(struct failing *failing)
{
	if (failing->open) {
		fault_set_plan(NULL);
		sim_release();
	}
	failing->open = false;
}

void failing_release(struct failing *failing)
{
	failing_close(failing);
	if (failing->runner) {
		order_release(&failing->order);
		runner_release(failing->runner);
	}
	free(failing->runner);
	free(failing->name);
	schedule_release(&failing->schedule);
	text_release(&failing->others);
	*failing = (struct failing){ .others = TEXT_INIT };
}
