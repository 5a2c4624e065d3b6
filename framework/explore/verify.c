/* SPDX-License-Identifier: MIT */
#include "explore/verify.h"

#include "explore/fingerprint.h"
#include "explore/trace_table.h"

/* The two searches, and a third one that looks for an execution of a trace. */
struct comparison {
	struct explore_filter observer; /* first: wrap() is given its address */
	struct fingerprint fingerprint;
	const struct verify *wanted;
	struct verify_result *result;
	struct trace_table traces; /* of dpor */
	struct trace_table causes; /* of what cut an execution of it short */
	uint64_t looked_for;       /* a trace */
	uint64_t suspect;          /* the trace of result->schedule */
};

/* The reduced search has the bound of dfs. */
static bool is_bounded(const struct verify *wanted)
{
	return explore_is_bounded(&wanted->search) && !wanted->filter;
}

static struct strategy *wrap(struct explore_filter *observer, struct strategy *inner)
{
	struct comparison *comparison = (struct comparison *)observer;

	fingerprint_continue(&comparison->fingerprint, inner);
	return &comparison->fingerprint.strategy;
}

/* The execution that has just ended is such a fault of the trace @trace. */
static void note(struct comparison *comparison, enum verify_fault fault, uint64_t trace)
{
	struct verify_result *result = comparison->result;

	if (fault < result->fault)
		return;
	if (fault == result->fault) {
		result->faults++;
		return;
	}
	result->fault = fault;
	result->faults = 1;
	comparison->suspect = trace;
	schedule_copy(&result->schedule, sim_schedule());
}

static uint64_t state_of(const struct comparison *comparison, enum sim_end end)
{
	return comparison->wanted->state(comparison->wanted->arg, end);
}

static bool add_reduced(void *arg, enum sim_end end, uint64_t number)
{
	struct comparison *comparison = arg;
	uint64_t trace = fingerprint_value(&comparison->fingerprint);

	(void)number;
	if (sim_cut_short())
		trace_table_add(&comparison->causes, fingerprint_cause(&comparison->fingerprint),
				0);
	/* Within a bound a trace is run again where that takes fewer preemptions. */
	if (!trace_table_add(&comparison->traces, trace, state_of(comparison, end)) &&
	    !is_bounded(comparison->wanted))
		note(comparison, VERIFY_AGAIN, trace);
	return true;
}

/* It was void, and begins again. */
static void forget_reduced(void *arg)
{
	struct comparison *comparison = arg;

	trace_table_release(&comparison->traces);
	trace_table_release(&comparison->causes);
	comparison->result->fault = VERIFY_EQUAL;
	comparison->result->faults = 0;
}

/*
 * How much others did before a finding that does not need it makes no difference, unless rules
 * look at the states between steps.
 */
static bool is_found(const struct comparison *comparison)
{
	return sim_cut_short() && !sim_program()->step && !is_bounded(comparison->wanted) &&
	       trace_table_find(&comparison->causes, fingerprint_cause(&comparison->fingerprint));
}

static bool compare_one(void *arg, enum sim_end end, uint64_t number)
{
	struct comparison *comparison = arg;
	uint64_t trace = fingerprint_value(&comparison->fingerprint);
	struct trace_entry *entry = trace_table_find(&comparison->traces, trace);

	(void)number;
	if (!entry) {
		if (!is_found(comparison))
			note(comparison, VERIFY_MISSED, trace);
		return true;
	}
	entry->seen = true;
	if (entry->state != state_of(comparison, end))
		note(comparison, VERIFY_OTHER_STATE, trace);
	return true;
}

static bool look_for(void *arg, enum sim_end end, uint64_t number)
{
	struct comparison *comparison = arg;

	(void)end;
	(void)number;
	if (fingerprint_value(&comparison->fingerprint) != comparison->looked_for)
		return true;
	schedule_copy(&comparison->result->other, sim_schedule());
	return false;
}

static void forget_nothing(void *arg)
{
	(void)arg;
}

static int run(struct comparison *comparison, enum explore_strategy strategy,
	       bool (*execution)(void *arg, enum sim_end end, uint64_t number),
	       struct explore_result *result, struct err *err)
{
	const struct explore_judge judge = { .execution = execution,
					     .arg = comparison,
					     .restart = execution == add_reduced ? forget_reduced :
										   forget_nothing };
	struct explore_search search = comparison->wanted->search;
	bool all = strategy == EXPLORE_DFS;

	search.strategy = strategy;
	search.states = EXPLORE_STATES_SLEEP;
	search.observer = &comparison->observer;
	if (!search.executions_max)
		search.executions_max = VERIFY_EXECUTIONS_DEFAULT;
	if (!all && !is_bounded(comparison->wanted))
		search.preemptions_max = -1;
	return explore_run(&search, all ? comparison->wanted->filter : NULL, &judge, result, err);
}

/* The first execution of dpor of a trace, for the reader to compare with. */
static int find_other(struct comparison *comparison, uint64_t trace, struct err *err)
{
	struct explore_result ignored;

	comparison->looked_for = trace;
	return run(comparison, EXPLORE_DPOR, look_for, &ignored, err);
}

static int check_made_up(struct comparison *comparison, struct err *err)
{
	struct verify_result *result = comparison->result;
	const struct trace_entry *entry = trace_table_unseen(&comparison->traces);
	struct schedule found;
	bool same = result->all.strength == STRENGTH_EXHAUSTIVE ||
		    (result->all.strength == STRENGTH_BOUNDED && is_bounded(comparison->wanted));

	if (result->fault || !same || comparison->wanted->filter || !entry)
		return 0;
	result->fault = VERIFY_MADE_UP;
	result->faults = 1;
	if (find_other(comparison, entry->trace, err))
		return -1;
	found = result->other;
	result->other = result->schedule;
	result->schedule = found;
	return 0;
}

static int compare(struct comparison *comparison, struct err *err)
{
	struct verify_result *result = comparison->result;

	if (run(comparison, EXPLORE_DPOR, add_reduced, &result->reduced, err))
		return -1;
	result->traces = comparison->traces.count;
	if (result->reduced.strength != STRENGTH_CUT &&
	    (run(comparison, EXPLORE_DFS, compare_one, &result->all, err) ||
	     check_made_up(comparison, err)))
		return -1;
	if (result->fault == VERIFY_AGAIN || result->fault == VERIFY_OTHER_STATE)
		return find_other(comparison, comparison->suspect, err);
	return 0;
}

int verify_run(const struct verify *wanted, struct verify_result *result, struct err *err)
{
	struct comparison comparison = { .observer = { .wrap = wrap },
					 .wanted = wanted,
					 .result = result };
	int status;

	*result = (struct verify_result){ .fault = VERIFY_EQUAL };
	fingerprint_init(&comparison.fingerprint, sim_program(), NULL);
	status = compare(&comparison, err);
	fingerprint_release(&comparison.fingerprint);
	trace_table_release(&comparison.traces);
	trace_table_release(&comparison.causes);
	return status;
}

void verify_release(struct verify_result *result)
{
	schedule_release(&result->schedule);
	schedule_release(&result->other);
}
