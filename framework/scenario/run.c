/* SPDX-License-Identifier: MIT */
#include "scenario/run.h"

#include <string.h>

#include "explore/contain.h"
#include "explore/deepen.h"
#include "scenario/permutation.h"
#include "scenario/run_state.h"
#include "scenario/show.h"
#include "scenario/warnings.h"

static struct explore_search search_of_scenario(const struct search *search)
{
	return (struct explore_search){
		.preemptions_max = (int)search->preemptions,
		.faults_max = (int)search->faults,
		.steps_bound = (unsigned int)search->steps,
		.seconds_max = (unsigned int)search->seconds,
		.memory_max = (unsigned int)search->memory,
		.executions_max = (uint64_t)search->limit,
		.steps_max = (unsigned int)search->livelock,
		.strategy = search->strategy,
		.seed = (uint64_t)search->seed,
		.depth = search->depth,
	};
}

struct explore_search run_search(const struct scenario *scenario, const struct run_options *options)
{
	struct explore_search wanted = search_of_scenario(&scenario->search);

	if (options->preemptions_max == RUN_NO_BOUND)
		wanted.preemptions_max = -1;
	if (options->preemptions_max >= 0)
		wanted.preemptions_max = options->preemptions_max;
	if (options->faults_given)
		wanted.faults_max = options->faults_max;
	if (options->steps_bound)
		wanted.steps_bound = options->steps_bound;
	if (options->seconds_max)
		wanted.seconds_max = options->seconds_max;
	if (options->memory_max)
		wanted.memory_max = options->memory_max;
	if (options->executions_max)
		wanted.executions_max = options->executions_max;
	if (options->livelock)
		wanted.steps_max = options->livelock;
	if (options->strategy_given) {
		wanted.strategy = options->strategy;
		wanted.depth = options->depth;
	}
	wanted.jobs = options->jobs;
	wanted.contained = true;
	if (options->seed_given)
		wanted.seed = options->seed;
	return wanted;
}

/* The coverage knows at least @count refs. */
static void reserve_refs(struct run_coverage *coverage, size_t count)
{
	while (coverage->refs.count < count) {
		vec_push(&coverage->refs, false);
		vec_push(&coverage->passed, false);
	}
}

/* Add what @refs passed to the coverage; it has the same refs in the same places in every run. */
static void cover_refs(struct run *run, const struct refs *refs)
{
	reserve_refs(run->coverage, run->refs + refs->states.count);
	for (size_t i = 0; i < refs->states.count; i++, run->refs++) {
		run->coverage->refs.items[run->refs] |= refs->states.items[i].ever_reached;
		run->coverage->passed.items[run->refs] |= refs->states.items[i].ever_passed;
	}
}

static void cover_faults(struct run *run)
{
	for (unsigned int i = 0; i < run->runner->fault_plan.count; i++) {
		const struct fault_reach reach = passes_fault(&run->passes, i);

		if (i == run->coverage->faults.count)
			vec_push(&run->coverage->faults, (struct fault_reach){ .passes = 0 });
		fault_reach_merge(&run->coverage->faults.items[i], &reach);
	}
}

/* What an execution showed, in a line of the notes. */
static void note_permutation(struct run *run, const struct permutation_strategy *strategy)
{
	struct text *notes = &run->result->notes;
	const char *title = strategy->permutation->title.text;

	text_addf(notes, "permutation '%s': ", title ? title : "");
	if (strategy->infeasible)
		text_addf(notes, "infeasible, %s\n", strategy->why.bytes);
	else
		show_held(run->runner, notes);
}

static void run_permutation(struct run *run, const struct permutation *permutation)
{
	struct permutation_strategy strategy;
	enum sim_end end;

	permutation_init(&strategy, run->runner, permutation);
	strategy.strategy.begin(&strategy.strategy);
	end = sim_execute(&strategy.strategy, run->search.steps_max, NULL);
	strategy.strategy.end(&strategy.strategy);
	if (end != SIM_STOPPED)
		judge_execution(&run->judge, end);
	note_permutation(run, &strategy);
	cover_refs(run, &strategy.refs);
	permutation_release(&strategy);
}

/* With somebody who is told how far it has come, if there is one. */
static int explore_watched(struct run *run, const struct explore_judge *judge,
			   struct explore_result *explored, struct err *err)
{
	struct lookout lookout;
	int status;

	if (!run->listener)
		return explore_run(&run->search, run_filter(run), judge, explored, err);
	lookout_init(&lookout, &run->search, run_filter(run), run->listener);
	run->search.watch = &lookout.watch;
	status = explore_run(&run->search, run_filter(run), judge, explored, err);
	run->search.watch = lookout.inner;
	return status;
}

static int explore(struct run *run, struct explore_result *explored, struct err *err)
{
	const struct explore_judge judge = run_judge(run);

	if (checkpoint_enter(run->checkpoint, run->which, &run->search, err) ||
	    explore_watched(run, &judge, explored, err))
		return -1;
	return explored->interrupted || run->search.shard.count;
}

static void note_first(const struct explore_result *explored, struct text *notes)
{
	if (!explored->failed)
		return;
	text_addf(notes, "first at preemptions<=%d", explored->preemptions_last);
	if (explored->preemptions_last)
		text_addf(notes, ": nothing unexpected with fewer");
	text_add_char(notes, '\n');
}

/* What the permutations showed is not kept: the search shall say what is simplest. */
static int deepen(struct run *run, struct explore_result *explored, struct err *err)
{
	const struct explore_judge judge = run_judge(run);

	run->judge.gatherer.restart(&run->judge.gatherer);
	if (explore_deepen(&run->search, run_filter(run), &judge, explored, err))
		return -1;
	note_first(explored, &run->result->notes);
	return 0;
}

static int search(struct run *run, struct err *err)
{
	struct explore_result explored;
	struct variant_result *result = run->result;
	int status = run->first ? deepen(run, &explored, err) : explore(run, &explored, err);

	if (status)
		return status;
	result->executions = explored.executions;
	if (run->order.refs.states.count)
		result->pruned = explored.pruned;
	else
		result->redundant = explored.pruned;
	result->cut = explored.cut;
	result->steps_max = explored.steps_max;
	result->strength = explored.strength;
	if (*explored.bounds)
		result->bounds = xstrdup(explored.bounds);
	if (!explored.executions && !explored.spent)
		text_add(&result->notes, "the order is infeasible: no schedule satisfies it\n");
	return 0;
}

/* What is covered of the permutations, from index run->refs on; notes; what the judge has seen. */
static int run_permutations(void *arg, struct text *reply, struct err *err)
{
	struct run *run = arg;
	const struct scenario *scenario = run->runner->scenario;
	struct text *notes = &run->result->notes, gathered = TEXT_INIT;
	size_t first = run->refs, before = notes->length;

	(void)err;
	for (size_t i = 0; i < scenario->permutations.count; i++)
		run_permutation(run, &scenario->permutations.items[i]);
	gather_save(&run->judge.gatherer, &gathered);
	pack_text(reply, &gathered);
	pack_string(reply, notes->bytes + before);
	pack_bytes(reply, &run->refs, sizeof(run->refs));
	pack_bytes(reply, run->coverage->refs.items + first, run->refs - first);
	pack_bytes(reply, run->coverage->passed.items + first, run->refs - first);
	text_release(&gathered);
	return 0;
}

/* Add to @all, from @first to @end. */
static bool take_flags(struct unpack *from, bool *all, size_t first, size_t end)
{
	bool flag;

	for (size_t i = first; i < end; i++) {
		if (!unpack_bytes(from, &flag, sizeof(flag)))
			return false;
		all[i] |= flag;
	}
	return true;
}

static bool take_refs(struct run *run, struct unpack *from)
{
	size_t end, first = run->refs;

	if (!unpack_bytes(from, &end, sizeof(end)))
		return false;
	reserve_refs(run->coverage, end);
	run->refs = end;
	return take_flags(from, run->coverage->refs.items, first, end) &&
	       take_flags(from, run->coverage->passed.items, first, end);
}

static int take_permutations(struct run *run, const struct text *reply, struct err *err)
{
	struct text gathered = TEXT_INIT;
	struct fields fields;
	struct unpack from;
	int status = -1;

	unpack_init(&from, reply);
	if (!unpack_text(&from, &gathered) || !unpack_text(&from, &run->result->notes) ||
	    !take_refs(run, &from)) {
		status = err_add(err, "what permutations showed came back in part only");
	} else {
		fields_init(&fields, "gathered", gathered.bytes);
		status = gather_merge(&run->judge.gatherer, &fields, err);
	}
	text_release(&gathered);
	return status;
}

static int permute(struct run *run, struct err *err)
{
	struct text reply = TEXT_INIT;
	int status = contain_call(run_permutations, run, &reply, err);

	if (!status)
		status = take_permutations(run, &reply, err);
	text_release(&reply);
	return status;
}

static void conclude_permutations(struct run *run, size_t count)
{
	struct text bounds = TEXT_INIT;

	text_addf(&bounds, "%zu permutation%s", count, count == 1 ? "" : "s");
	run->result->strength = STRENGTH_SAMPLED;
	run->result->executions = run->judge.number;
	run->result->bounds = text_detach(&bounds);
}

static int run_all(struct run *run, const struct run_options *options, struct err *err)
{
	const struct scenario *scenario = run->runner->scenario;
	int status;

	cover_refs(run, &run->order.refs);
	if (scenario->permutations.count && permute(run, err))
		return -1;
	if (options->permutations_only) {
		conclude_permutations(run, scenario->permutations.count);
		return 0;
	}
	judge_restart(&run->judge);
	status = search(run, err);
	if (status)
		return status;
	run->refs = 0;
	cover_refs(run, &run->order.refs);
	return 0;
}

static int run_simulation(struct run *run, const struct run_options *options, struct err *err)
{
	int status;

	if (run_open(run, err))
		return -1;
	status = run_all(run, options, err);
	cover_faults(run);
	if (!status) {
		judge_conclude(&run->judge);
		if (run->faults.result)
			fault_table_conclude(&run->faults);
		status = show_verdicts(run->runner, &run->search, options->command, run->result,
				       err);
	}
	run_close();
	return status;
}

static void finish_pairs(struct run *run)
{
	run->result->coverage.asked = true;
	coverage_pairs(&run->pairs, &run->result->coverage);
}

static int check_first(const struct run *run, struct err *err)
{
	if (!run->first || run->search.strategy == EXPLORE_DPOR ||
	    run->search.strategy == EXPLORE_DFS)
		return 0;
	return err_add(err, "--first runs all executions with 0, 1, 2... preemptions, and the "
			    "strategies random, pos and pct do not; use dpor or dfs");
}

int run_variant(const struct run_case *which, const struct run_options *options,
		struct run_coverage *coverage, struct variant_result *result, struct err *err)
{
	struct run run;
	int status;

	if (run_init(&run, which, options, result, err))
		return -1;
	run.coverage = coverage;
	status = check_first(&run, err);
	if (!status)
		status = run_simulation(&run, options, err);
	if (!status && !options->permutations_only)
		status = warnings_add(run.runner, &run.search, run_filter(&run) != NULL, result,
				      err);
	if (run.covers)
		finish_pairs(&run);
	if (err->bug)
		text_addf(&err->text, "It is variant '%s' of %s that is not.\n", result->variant,
			  result->path);
	run_release(&run);
	return status;
}
