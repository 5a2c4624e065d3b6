/* SPDX-License-Identifier: MIT */
#include "scenario/judge.h"

#include <string.h>

#include "scenario/ending.h"
#include "scenario/expr.h"
#include "scenario/fault_table.h"

size_t judge_find(const struct judge *judge, const char *name)
{
	size_t i = 0;

	while (i < judge->result->verdicts.count &&
	       strcmp(judge->result->verdicts.items[i].predicate, name) != 0)
		i++;
	return i;
}

static bool has_verdict(const struct judge *judge, const char *name)
{
	return judge_find(judge, name) < judge->result->verdicts.count;
}

static void add_verdict(struct judge *judge, struct verdict verdict, struct tally tally)
{
	tally.rule = runner_rule(judge->runner, verdict.predicate);
	vec_push(&judge->result->verdicts, verdict);
	vec_push(&judge->tallies, tally);
}

static void add_expected(struct judge *judge, const struct expected *expected)
{
	struct verdict verdict = { .predicate = expected->name.text, .expected = expected->word };
	struct tally tally = { .predicate = NULL };

	if (expected->kind == JUDGED_PREDICATE) {
		const struct predicate *predicate =
			&judge->runner->scenario->predicates.items[expected->index];

		tally.invariant = predicate->invariant;
		tally.predicate = predicate->invariant ? NULL : predicate->expr;
	}
	add_verdict(judge, verdict, tally);
}

void judge_init(struct judge *judge, struct runner *runner, struct variant_result *result)
{
	*judge = (struct judge){ .runner = runner, .result = result };
	for (size_t i = 0; i < runner->variant->verdicts.count; i++)
		add_expected(judge, &runner->variant->verdicts.items[i]);
	for (size_t i = 0; i < runner->rules.count; i++) {
		const struct runner_rule *rule = &runner->rules.items[i];
		struct verdict verdict = { .predicate = rule->name, .implied = true };
		struct tally tally = { .invariant = !rule->oracle };

		verdict.expected = rule->oracle ? EXPECT_NEVER : EXPECT_ALWAYS;
		if (!has_verdict(judge, rule->name))
			add_verdict(judge, verdict, tally);
	}
	judge->named = judge->tallies.count;
	judge_gather_init(judge);
}

void judge_release(struct judge *judge)
{
	vec_release(&judge->tallies);
}

static struct cost cost_of_execution(void)
{
	struct cost cost = { .preemptions = sim_preemptions(), .steps = sim_steps() };
	const struct schedule *schedule = sim_schedule();

	for (size_t i = 0; i < schedule->entries.count; i++)
		cost.faults += schedule->entries.items[i].kind == BATON_CHOICE_FAULT &&
			       schedule->entries.items[i].value;
	return cost;
}

bool judge_is_cheaper(struct cost a, struct cost b)
{
	if (a.faults != b.faults)
		return a.faults < b.faults;
	if (a.preemptions != b.preemptions)
		return a.preemptions < b.preemptions;
	return a.steps < b.steps;
}

static void keep_execution(struct judge *judge, size_t index)
{
	struct verdict *verdict = &judge->result->verdicts.items[index];
	struct cost cost = cost_of_execution();

	if (verdict->execution && !judge_is_cheaper(cost, judge->tallies.items[index].cost))
		return;
	judge->tallies.items[index].cost = cost;
	schedule_copy(&verdict->schedule, sim_schedule());
	free(verdict->ending);
	verdict->ending = ending_text(judge->runner);
	verdict->execution = judge->number;
}

/* Does the execution show what this verdict is about? */
static bool is_shown(const struct verdict *verdict, bool value)
{
	return verdict->expected == EXPECT_ALWAYS ? !value : value;
}

static bool value_of(const struct judge *judge, size_t index, const char *finding)
{
	const struct tally *tally = &judge->tallies.items[index];
	const char *name = judge->result->verdicts.items[index].predicate;
	bool seen;

	if (tally->predicate)
		return expr_eval(tally->predicate, judge->runner->slots) != 0;
	seen = (finding && !strcmp(finding, name)) || (tally->rule && tally->rule->violated);
	return tally->invariant ? !seen : seen;
}

/* Is it said of a world in which everything is done that is tried? See fault_table.h. */
static bool is_excused(const struct judge *judge, size_t index)
{
	const struct tally *tally = &judge->tallies.items[index];
	enum expectation expected = judge->result->verdicts.items[index].expected;
	bool waste = tally->rule && tally->rule->oracle && tally->rule->oracle->waste;

	return expected != EXPECT_SOMETIMES &&
	       (tally->predicate || tally->invariant || waste || expected == EXPECT_ALWAYS) &&
	       fault_table_effect(judge->runner->scenario) != MODEL_FAULT_ABSORBED;
}

static void judge_one(struct judge *judge, size_t index, enum sim_end end)
{
	struct tally *tally = &judge->tallies.items[index];
	const char *finding = end == SIM_FINDING ? sim_finding()->name : NULL;
	struct verdict *verdict = &judge->result->verdicts.items[index];
	bool value;

	/* An execution that a finding or a bound cut short has no end state. */
	tally->shown = false;
	if (tally->predicate && end != SIM_DONE)
		return;
	value = value_of(judge, index, finding);
	tally->shown = is_shown(verdict, value);
	tally->excused = tally->shown && is_excused(judge, index);
	if (tally->excused)
		return;
	if (value)
		verdict->holds++;
	else
		verdict->fails++;
	if (tally->shown)
		keep_execution(judge, index);
}

void judge_add_finding(struct judge *judge, const char *name)
{
	add_verdict(judge,
		    (struct verdict){ .predicate = name,
				      .expected = EXPECT_NEVER,
				      .implied = true,
				      .fails = judge->number },
		    (struct tally){ .predicate = NULL });
}

void judge_execution(struct judge *judge, enum sim_end end)
{
	const char *finding = end == SIM_FINDING ? sim_finding()->name : NULL;

	if (finding && !has_verdict(judge, finding))
		judge_add_finding(judge, finding);
	judge->number++;
	for (size_t i = 0; i < judge->tallies.count; i++)
		judge_one(judge, i, end);
}

void judge_restart(struct judge *judge)
{
	judge->number = 0;
	for (size_t i = 0; i < judge->result->verdicts.count; i++)
		judge->result->verdicts.items[i].holds = judge->result->verdicts.items[i].fails = 0;
}

bool judge_has_failed(const struct judge *judge)
{
	for (size_t i = 0; i < judge->result->verdicts.count; i++) {
		const struct verdict *verdict = &judge->result->verdicts.items[i];

		if ((verdict->expected == EXPECT_NEVER && verdict->holds) ||
		    (verdict->expected == EXPECT_ALWAYS && verdict->fails))
			return true;
	}
	return false;
}

static enum outcome conclude(const struct verdict *verdict, enum strength strength)
{
	bool shown = verdict->execution != 0;

	if (verdict->expected == EXPECT_SOMETIMES) {
		if (shown)
			return OUTCOME_OK;
		return strength == STRENGTH_EXHAUSTIVE ? OUTCOME_FAIL : OUTCOME_INCONCLUSIVE;
	}
	if (shown)
		return OUTCOME_FAIL;
	return strength == STRENGTH_EXHAUSTIVE || strength == STRENGTH_BOUNDED ?
		       OUTCOME_OK :
		       OUTCOME_INCONCLUSIVE;
}

/* FAIL is worse than inconclusive, and that is worse than ok. */
static enum outcome worse(enum outcome a, enum outcome b)
{
	if (a == OUTCOME_FAIL || b == OUTCOME_FAIL)
		return OUTCOME_FAIL;
	return a == OUTCOME_INCONCLUSIVE ? a : b;
}

void judge_conclude(struct judge *judge)
{
	struct variant_result *result = judge->result;

	result->outcome = result->executions ? OUTCOME_OK : OUTCOME_INCONCLUSIVE;
	for (size_t i = 0; i < result->verdicts.count; i++) {
		struct verdict *verdict = &result->verdicts.items[i];

		verdict->outcome = result->executions ? conclude(verdict, result->strength) :
							OUTCOME_INCONCLUSIVE;
		result->outcome = worse(result->outcome, verdict->outcome);
	}
}

bool judge_shows(const struct verdict *verdict)
{
	if (!verdict->execution)
		return false;
	return verdict->outcome == OUTCOME_FAIL || verdict->expected == EXPECT_SOMETIMES;
}
