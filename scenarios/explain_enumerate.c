/* SPDX-License-Identifier: MIT */
#include "scenarios/explain_enumerate.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "scenario/run.h"

/* Of one search: the limit does not count the beginnings that an order block ends. */
#define FILE_SECONDS_MAX 60u

static void watch_begin(struct strategy *strategy)
{
	struct enumeration *all = (struct enumeration *)strategy;

	all->steps = 0;
	for (size_t i = 0; i < all->count; i++)
		all->seen[i] = (struct seen){ .condition = all->seen[i].condition };
	strategy->inner->begin(strategy->inner);
}

static void watch_step(struct enumeration *all, uint32_t cpu)
{
	const struct baton_point *point = sim_pending((int)cpu).point;

	all->steps++;
	for (size_t i = 0; i < all->count; i++) {
		struct seen *seen = &all->seen[i];
		const struct place *places[2] = { &seen->condition->first,
						  &seen->condition->second };

		for (int j = 0; j < 2 && seen->condition->kind == CONDITION_ORDER; j++)
			if (places[j]->cpu == cpu && baton_point_same(places[j]->point, point) &&
			    ++seen->passes[j] == places[j]->nth)
				seen->at[j] = all->steps;
	}
}

static void watch_answer(struct enumeration *all, const struct choice *choice, uint32_t picked)
{
	for (size_t i = 0; i < all->count; i++) {
		struct seen *seen = &all->seen[i];
		const struct answer *answer = &seen->condition->answer;

		if (seen->condition->kind == CONDITION_ANSWER && answer->kind == choice->kind &&
		    answer->cpu == baton_cpu() && !strcmp(answer->name, choice->name) &&
		    ++seen->asked == answer->nth)
			seen->other = picked != answer->value;
	}
}

static uint32_t watch_pick(struct strategy *strategy, const struct choice *choice)
{
	struct enumeration *all = (struct enumeration *)strategy;
	uint32_t picked = strategy->inner->pick(strategy->inner, choice);

	if (picked != STRATEGY_STOP && choice->kind == BATON_CHOICE_CPU)
		watch_step(all, picked);
	else if (picked != STRATEGY_STOP)
		watch_answer(all, choice, picked);
	return picked;
}

static bool watch_end(struct strategy *strategy)
{
	return strategy->inner->end(strategy->inner);
}

static struct strategy *watch_wrap(struct explore_filter *observer, struct strategy *inner)
{
	struct enumeration *all =
		(struct enumeration *)(void *)((char *)observer -
					       offsetof(struct enumeration, observer));

	all->strategy = (struct strategy){ watch_begin, watch_pick, watch_end, inner };
	return &all->strategy;
}

static bool obeys(const struct seen *seen)
{
	if (seen->condition->kind == CONDITION_ANSWER)
		return !seen->other;
	return !seen->at[1] || (seen->at[0] && seen->at[0] < seen->at[1]);
}

static bool see(void *arg, enum sim_end end, uint64_t number)
{
	struct enumeration *all = arg;
	enum subject_verdict verdict = all->subject->judge(all->subject->arg, end);
	struct signature signature = signature_of_execution();
	struct sched_cost cost = sched_cost_of_execution();
	size_t broken = 0, which = 0;

	(void)number;
	all->executions++;
	if (verdict == SUBJECT_FAILS && signature_is(&signature, all->signature) &&
	    (!all->any || sched_cost_compare(&cost, &all->smallest) < 0)) {
		all->smallest = cost;
		all->any = true;
	}
	for (size_t i = 0; i < all->count; i++)
		if (!obeys(&all->seen[i])) {
			broken++;
			which = i;
		}
	all->obeying += !broken;
	all->obeying_fail += !broken && verdict == SUBJECT_FAILS;
	if (broken == 1 && verdict != SUBJECT_FAILS)
		all->needed[which] = true;
	return true;
}

bool enumerate(struct enumeration *all, const struct explore_search *bounds, uint64_t limit)
{
	const struct explore_judge judge = { .execution = see, .arg = all };
	struct explore_search search = *bounds;
	struct explore_result result;
	struct err err = ERR_INIT;
	bool through;

	search.strategy = EXPLORE_DFS;
	search.executions_max = limit;
	search.observer = &all->observer;
	all->observer.wrap = watch_wrap;
	if (!all->filter)
		all->filter = all->subject->filter;
	through = !explore_run(&search, all->filter, &judge, &result, &err) &&
		  result.strength != STRENGTH_CUT;
	err_release(&err);
	return through;
}

void enumerate_leave_out(const char *text, unsigned int line, struct text *out)
{
	const char *orders = strstr(text, "\norder {\n") + strlen("\norder {\n");
	const char *of_failure = strstr(orders, "# Of the failure:\n");

	if (of_failure)
		orders = of_failure + strlen("# Of the failure:\n");
	for (; line; line--)
		orders += strcspn(orders, "\n") + 1;
	text_add_bytes(out, text, (size_t)(orders - text));
	text_add(out, orders + strcspn(orders, "\n") + 1);
}

int enumerate_file(const char *text, const struct model *const *models, const char *name,
		   bool always, uint64_t limit)
{
	const struct run_options options = { .preemptions_max = -1,
					     .strategy_given = true,
					     .strategy = EXPLORE_DFS,
					     .executions_max = limit,
					     .seconds_max = FILE_SECONDS_MAX,
					     .command = "baton" };
	struct run_coverage coverage = { .refs = { 0 } };
	struct variant_result result;
	struct err err = ERR_INIT;
	struct scenario *scenario = scenario_parse("core", text, strlen(text), models, &err);
	const struct run_case which = { scenario, 0, 0 };
	uint64_t fails = 0;
	int all = -1;

	if (!scenario)
		printf("%s", err.text.bytes);
	variant_result_init(&result);
	if (scenario && !run_variant(&which, &options, &coverage, &result, &err)) {
		for (size_t i = 0; i < result.verdicts.count; i++)
			if (!strcmp(result.verdicts.items[i].predicate, name))
				fails = always ? result.verdicts.items[i].fails :
						 result.verdicts.items[i].holds;
		all = fails == result.executions;
		if (all && result.strength == STRENGTH_CUT)
			all = -1;
	}
	variant_result_release(&result);
	run_coverage_release(&coverage);
	scenario_free(scenario);
	err_release(&err);
	return all;
}
