/* SPDX-License-Identifier: MIT */
#include "scenario/run_state.h"

#include "engine/death.h"

/* Is a rule expected to be broken? An invariant says what holds, all others what does not. */
static bool is_broken(const struct scenario *scenario, const struct expected *expected)
{
	if (expected->kind == JUDGED_PREDICATE)
		return scenario->predicates.items[expected->index].invariant &&
		       expected->word != EXPECT_ALWAYS;
	return expected->word != EXPECT_NEVER;
}

/* A search that sleeps is void as soon as it sees something: it is not begun, then. */
static enum explore_states states_of(const struct scenario *scenario, const struct variant *variant)
{
	for (size_t i = 0; i < variant->verdicts.count; i++)
		if (is_broken(scenario, &variant->verdicts.items[i]))
			return EXPLORE_STATES_MEMO;
	return EXPLORE_STATES_AUTO;
}

static bool count_execution(void *arg, enum sim_end end, uint64_t number)
{
	struct run *run = arg;

	judge_execution(&run->judge, end);
	if (run->faults.result)
		fault_table_execution(&run->faults);
	if (run->covers)
		coverage_execution(&run->pairs);
	(void)number;
	return !run->stops || !judge_has_failed(&run->judge);
}

static bool has_failed(void *arg)
{
	return judge_has_failed(&((const struct run *)arg)->judge);
}

struct explore_judge run_judge(struct run *run)
{
	return (struct explore_judge){ .execution = count_execution,
				       .arg = run,
				       .gatherers = &run->judge.gatherer,
				       .failed = has_failed };
}

struct explore_filter *run_filter(struct run *run)
{
	return run->order.refs.states.count ? &run->order.filter : NULL;
}

static void init_pairs(struct run *run)
{
	run->covers = true;
	coverage_init(&run->pairs, &run->runner->program);
	run->search.observer = &run->pairs.observer;
	run->pairs.gatherer.next = run->passes.gatherer.next;
	run->passes.gatherer.next = &run->pairs.gatherer;
}

static void init_faults(struct run *run, bool asked)
{
	fault_table_init(&run->faults, &run->judge);
	run->result->faults.asked = asked;
	run->faults.gatherer.next = run->passes.gatherer.next;
	run->passes.gatherer.next = &run->faults.gatherer;
}

static void release_runner(void *runner)
{
	runner_release(runner);
	free(runner);
}

static void describe(struct run *run, const struct scenario *scenario)
{
	struct variant_result *result = run->result;

	result->scenario = scenario->name.text;
	result->path = scenario->source.path;
	result->variant = run->runner->variant->title;
	result->variant_help = run->runner->variant->help;
	result->cell = run->runner->cell_name;
	result->seed = run->search.seed;
}

static void init_search(struct run *run, const struct run_options *options)
{
	const struct scenario *scenario = run->which->scenario;

	run->search = run_search(scenario, options);
	run->search.states = states_of(scenario, &scenario->variants.items[run->which->variant]);
	run->listener = options->listener;
	run->first = options->first;
	run->stops = options->stops;
	run->checkpoint = options->checkpoint;
	/* Whether somebody sees something, or it ends before that, must not depend on workers. */
	if (run->stops)
		run->search.states = EXPLORE_STATES_MEMO;
}

int run_init(struct run *run, const struct run_case *which, const struct run_options *options,
	     struct variant_result *result, struct err *err)
{
	*run = (struct run){ .which = which, .result = result };
	init_search(run, options);
	run->runner = xcalloc(1, sizeof(*run->runner));
	result->owner = run->runner;
	result->owner_release = release_runner;
	if (runner_init(run->runner, which, err))
		return -1;
	describe(run, which->scenario);
	order_init(&run->order, run->runner);
	judge_init(&run->judge, run->runner, result);
	passes_init(&run->passes, &run->order.refs, run->runner->fault_plan.count);
	run->judge.gatherer.next = &run->passes.gatherer;
	if (run->runner->scenario->faults.options.count)
		init_faults(run, options->fail_nth);
	if (options->coverage)
		init_pairs(run);
	return 0;
}

void run_release(struct run *run)
{
	if (run->covers)
		coverage_release(&run->pairs);
	judge_release(&run->judge);
	order_release(&run->order);
}

int run_open(struct run *run, struct err *err)
{
	if (sim_init(&run->runner->program, err))
		return -1;
	run->runner->fault_plan.seed = run->search.seed;
	death_key(runner_key(run->runner));
	fault_set_plan(&run->runner->fault_plan);
	return 0;
}

void run_close(void)
{
	fault_set_plan(NULL);
	sim_release();
}
