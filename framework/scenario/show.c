/* SPDX-License-Identifier: MIT */
#include "scenario/show.h"

#include <string.h>

#include "explore/mismatch.h"
#include "scenario/ending.h"
#include "scenario/expr.h"
#include "scenario/judge.h"

bool show_holds(const struct runner *runner, const struct predicate *predicate)
{
	return !predicate->invariant && sim_ended() == SIM_DONE &&
	       expr_eval(predicate->expr, runner->slots);
}

static void add_name(struct text *text, unsigned int *count, const char *name)
{
	text_addf(text, "%s%s", (*count)++ ? ", " : "", name);
}

static unsigned int add_held(const struct runner *runner, struct text *text)
{
	const struct scenario *scenario = runner->scenario;
	unsigned int count = 0;

	for (size_t i = 0; i < runner->rules.count; i++)
		if (runner->rules.items[i].violated)
			add_name(text, &count, runner->rules.items[i].name);
	if (sim_finding()->kind != FINDING_NONE && !runner_violated(runner, sim_finding()->name))
		add_name(text, &count, sim_finding()->name);
	for (size_t i = 0; i < scenario->predicates.count; i++)
		if (show_holds(runner, &scenario->predicates.items[i]))
			add_name(text, &count, scenario->predicates.items[i].name.text);
	return count;
}

void show_held(const struct runner *runner, struct text *text)
{
	if (!add_held(runner, text))
		text_add(text, "nothing");
	text_add_char(text, '\n');
}

bool show_anything(const struct runner *runner)
{
	struct text text = TEXT_INIT;
	bool anything = add_held(runner, &text) != 0;

	text_release(&text);
	return anything;
}

/* Each variable once, in the order of the expression. */
static void add_variables(const struct runner *runner, const struct expr *expr, uint64_t *seen,
			  struct text *text)
{
	if (!expr)
		return;
	if (expr->kind == EXPR_VARIABLE && expr->slot < 64 && !(*seen >> expr->slot & 1)) {
		text_add(text, *seen ? ", " : "");
		ending_variable(runner, (unsigned int)expr->slot, text);
		*seen |= UINT64_C(1) << expr->slot;
	}
	add_variables(runner, expr->left, seen, text);
	add_variables(runner, expr->right, seen, text);
}

void show_values(const struct runner *runner, const char *name, struct text *text)
{
	for (size_t i = 0; i < runner->scenario->predicates.count; i++) {
		const struct predicate *predicate = &runner->scenario->predicates.items[i];
		uint64_t seen = 0;

		if (!strcmp(predicate->name.text, name))
			add_variables(runner, predicate->expr, &seen, text);
	}
}

/* The words of the oracle, of the finding, or the values that made a predicate hold. */
static char *message_of(const struct runner *runner, const struct verdict *verdict)
{
	const struct runner_rule *rule = runner_rule(runner, verdict->predicate);
	const struct finding *finding = sim_finding();
	struct text text = TEXT_INIT;

	if (finding->kind != FINDING_NONE && !strcmp(finding->name, verdict->predicate))
		text_add(&text, finding->text.bytes);
	else if (rule)
		text_addf(&text, "%s (step %u)", rule->why, rule->step);
	else
		show_values(runner, verdict->predicate, &text);
	if (text.length)
		return text_detach(&text);
	text_release(&text);
	return NULL;
}

/* What may fail besides what the scenario says; and the seed, if that depends on it. */
static void add_faults(const struct runner *runner, struct text *text)
{
	char *options = scenario_added_faults(runner->scenario);
	const struct fault_plan *plan = &runner->fault_plan;
	bool drawn = false;

	for (unsigned int i = 0; i < plan->count; i++)
		drawn |= plan->rules[i].probability != 0;
	if (options) {
		text_add(text, " --fail ");
		text_add_shell(text, options);
	}
	if (drawn && plan->seed != (uint64_t)runner->scenario->search.seed)
		text_addf(text, " --seed %llu", (unsigned long long)plan->seed);
	free(options);
}

/* What to type to have baton do @verb with @schedule. */
static struct text command_of(const struct runner *runner, const struct schedule *schedule,
			      const char *command, const char *verb)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "%s %s '", command, verb);
	schedule_format(schedule, &runner->program, &text);
	text_add(&text, "' --scenario ");
	text_add_shell(&text, runner->scenario->source.path);
	text_add(&text, " --variant ");
	text_add_shell(&text, runner->variant->title);
	if (runner->cell)
		text_addf(&text, " --cell %u", runner->cell);
	add_faults(runner, &text);
	return text;
}

char *show_replay_command(const struct runner *runner, const struct schedule *schedule,
			  const char *command)
{
	struct text text = command_of(runner, schedule, command, "replay");

	return text_detach(&text);
}

/* A verdict whose execution is shown, and where it comes from. */
struct shown {
	struct runner *runner;
	const struct explore_search *search;
	const char *command;
	struct verdict *verdict;
};

/* How it has ended, and the words for that, if there are some, in a line of their own. */
static void look_at_end(void *arg, struct text *seen)
{
	const struct shown *shown = arg;
	char *ending = ending_text(shown->runner);
	char *message = message_of(shown->runner, shown->verdict);

	text_add(seen, ending);
	if (message)
		text_addf(seen, "\n%s", message);
	free(ending);
	free(message);
}

/* Did it end as it did in the search, which recorded nothing? Take the words, if so. */
static int take_end(struct verdict *verdict, const char *seen, struct err *err)
{
	const char *line_end = strchrnul(seen, '\n');

	if (strncmp(seen, verdict->ending, (size_t)(line_end - seen)) != 0 ||
	    verdict->ending[line_end - seen])
		return mismatch_bug(err,
				    "%s did not run again as it was found: the search saw "
				    "'%s', then the same schedule led to '%.*s'",
				    verdict->predicate, verdict->ending, (int)(line_end - seen),
				    seen);
	verdict->message = *line_end ? xstrdup(line_end + 1) : NULL;
	return 0;
}

static int record(struct shown *shown, struct err *err)
{
	struct verdict *verdict = shown->verdict;
	struct text diverged = TEXT_INIT, seen = TEXT_INIT;
	const struct explore_replay replay = { .schedule = &verdict->schedule,
					       .steps_max = shown->search->steps_max,
					       .steps_bound = shown->search->steps_bound,
					       .contained = true,
					       .before = show_prepare,
					       .look = look_at_end,
					       .arg = shown,
					       .seen = &seen };
	int status;

	verdict->trace = xcalloc(1, sizeof(*verdict->trace));
	trace_init(verdict->trace, &shown->runner->program);
	status = explore_record(&replay, verdict->trace, &diverged, err);
	if (status > 0)
		status = mismatch_bug(err, "%s did not run again as it was found: %s",
				      verdict->predicate, diverged.bytes);
	if (!status)
		status = take_end(verdict, seen.bytes, err);
	text_release(&diverged);
	text_release(&seen);
	return status;
}

/* Without --steps an execution that was cut would go on where the schedule ends. */
static struct text bounded_command(const struct shown *shown, const char *verb)
{
	struct text text =
		command_of(shown->runner, &shown->verdict->schedule, shown->command, verb);
	unsigned int steps = shown->search->steps_bound;

	if (steps && shown->verdict->trace->steps >= steps)
		text_addf(&text, " --steps %u", steps);
	return text;
}

static void add_commands(const struct shown *shown)
{
	struct text replay = bounded_command(shown, "replay");
	struct text explain = bounded_command(shown, "explain");
	struct text export = bounded_command(shown, "export");
	struct verdict *verdict = shown->verdict;

	text_addf(&explain, " --failure %s", verdict->predicate);
	text_addf(&export, " --to html:%s.html", verdict->predicate);
	verdict->replay = text_detach(&replay);
	verdict->explain = text_detach(&explain);
	verdict->html = text_detach(&export);
}

static uint32_t pick_nothing(struct strategy *strategy, const struct choice *choice)
{
	(void)strategy;
	(void)choice;
	return STRATEGY_STOP;
}

void show_prepare(void)
{
	struct strategy strategy = { .pick = pick_nothing };

	sim_execute(&strategy, 0, NULL);
}

int show_verdicts(struct runner *runner, const struct explore_search *search, const char *command,
		  struct variant_result *result, struct err *err)
{
	for (size_t i = 0; i < result->verdicts.count; i++) {
		struct shown shown = { runner, search, command, &result->verdicts.items[i] };

		if (!judge_shows(shown.verdict))
			continue;
		if (record(&shown, err))
			return -1;
		add_commands(&shown);
	}
	return 0;
}
