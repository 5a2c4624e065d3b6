/* SPDX-License-Identifier: MIT */
/*
 * public.c - baton/explore.h on top of explore.h.
 */
#include "baton/explore.h"

#include <string.h>

#include "explore/contain.h"
#include "explore/memory_check.h"
#include "explore/mismatch.h"
#include "explore/public.h"
#include "explore/public_faults.h"
#include "explore/public_kinds.h"
#include "explore/twice.h"

struct collect {
	struct public_kinds kinds;
	struct public_faults *faults;
};

static int check_same(const struct public_kind *first, struct err *err)
{
	bool none = sim_finding()->kind == FINDING_NONE;
	const char *name = none ? "no finding" : sim_finding()->name;
	const char *text = none ? "" : sim_finding()->text.bytes;

	if (!none && sim_finding()->step == first->steps && !strcmp(name, first->finding.name) &&
	    !strcmp(text, first->finding.text))
		return 0;
	return mismatch_bug(err,
			    "the search saw '%s: %s' after %u steps, then the same schedule led to "
			    "'%s%s%s' after %u",
			    first->finding.name, first->finding.text, first->steps, name,
			    none ? "" : ": ", text, none ? sim_steps() : sim_finding()->step);
}

/* Run the execution of @first again, twice. */
static int run_again(const struct public_kind *first, const struct baton_program *program,
		     const struct schedule *schedule, unsigned int steps_max, struct err *err)
{
	const struct explore_replay replay = { .schedule = schedule, .steps_max = steps_max };
	struct text diverged = TEXT_INIT;
	struct trace trace;
	int status;

	trace_init(&trace, program);
	status = explore_record(&replay, &trace, &diverged, err);
	if (status > 0)
		status = mismatch_bug(err, "a finding did not run again as it was found: %s",
				      diverged.bytes);
	if (!status)
		status = check_same(first, err);
	trace_release(&trace);
	text_release(&diverged);
	return status;
}

static int check_first(const struct public_kinds *kinds, unsigned int steps_max, struct err *err)
{
	struct schedule schedule = { 0 };
	int status;

	if (!kinds->list.count)
		return 0;
	status = schedule_parse(&schedule, kinds->program, kinds->list.items[0].finding.schedule,
				err);
	if (!status)
		status =
			run_again(&kinds->list.items[0], kinds->program, &schedule, steps_max, err);
	schedule_release(&schedule);
	return status;
}

static bool count_execution(void *arg, enum sim_end end, uint64_t number)
{
	struct collect *collect = arg;

	(void)number;
	public_faults_note(collect->faults);
	if (end == SIM_FINDING)
		public_kinds_note(&collect->kinds);
	return true;
}

static int add_warnings(const struct baton_program *program, const struct explore_search *search,
			struct baton_result *result, struct err *err)
{
	struct text notes = TEXT_INIT;
	int status = memory_check(program, search, &notes, err);

	if (notes.length)
		result->warnings = text_detach(&notes);
	text_release(&notes);
	return status;
}

static int look_twice(void *arg, struct text *reply, struct err *err)
{
	(void)reply;
	return twice_check(arg, err);
}

/* Without a setup, it is easy to forget that there are many executions. */
static int begins_anew(const struct baton_program *program, const struct explore_search *search,
		       struct err *err)
{
	struct explore_search looked_at = *search;
	struct text nothing = TEXT_INIT;
	int status = 0;

	if (!program->setup)
		status = search->contained ? contain_call(look_twice, &looked_at, &nothing, err) :
					     twice_check(search, err);
	text_release(&nothing);
	return status;
}

static int explore(const struct baton_program *program, const struct explore_search *wanted,
		   struct public_faults *faults, struct baton_result *result, struct err *err)
{
	struct collect collect = { .faults = faults };
	struct explore_judge judge = { .execution = count_execution,
				       .arg = &collect,
				       .gatherers = &collect.kinds.gatherer };
	struct explore_result explored = { .executions = 0 };
	int status;

	if (sim_init(program, err))
		return -1;
	public_kinds_init(&collect.kinds, program, &faults->gatherer);
	status = begins_anew(program, wanted, err);
	if (!status)
		status = explore_run(wanted, NULL, &judge, &explored, err);
	if (!status)
		status = check_first(&collect.kinds, wanted->steps_max, err);
	sim_release();
	public_kinds_give(&collect.kinds, result);
	public_kinds_release(&collect.kinds);
	result->executions = explored.executions;
	result->exhaustive = explored.strength == STRENGTH_EXHAUSTIVE;
	result->cut = explored.strength == STRENGTH_CUT;
	return status ? status : add_warnings(program, wanted, result, err);
}

int baton_explore(const struct baton_program *program, const struct baton_search *search,
		  struct baton_result *result)
{
	const struct explore_search wanted = public_search(search);
	struct public_faults faults;
	struct err err = ERR_INIT;
	int status;

	if (baton_cpu() >= 0)
		baton_fail("search", "a search inside a search, on %s",
			   baton_cpu_name(baton_cpu()));
	*result = (struct baton_result){ 0 };
	public_begin();
	status = public_faults_begin(&faults, program, search, &err);
	if (!status)
		status = public_check(program, search, &err);
	if (!status)
		status = explore(program, &wanted, &faults, result, &err);
	if (!status && !result->findings)
		status = public_faults_check(&faults, &err);
	result->fault_points = public_faults_end(&faults);
	if (status) {
		free(result->finding);
		result->finding = text_detach(&err.text);
	}
	err_release(&err);
	return status;
}

void baton_result_release(struct baton_result *result)
{
	for (unsigned int i = 0; i < result->kind_count; i++)
		public_finding_release(&result->kinds[i]);
	free(result->kinds);
	free(result->finding);
	free(result->schedule);
	free(result->warnings);
	free(result->fault_points);
	*result = (struct baton_result){ 0 };
}

enum baton_verdict baton_verdict(const struct baton_result *result)
{
	if (!result->findings)
		return result->exhaustive ? BATON_NEVER : BATON_NOT_FOUND;
	return result->exhaustive && result->findings == result->executions ? BATON_ALWAYS :
									      BATON_SOMETIMES;
}

const char *baton_verdict_name(enum baton_verdict verdict)
{
	switch (verdict) {
	case BATON_NEVER:
		return "never";
	case BATON_SOMETIMES:
		return "sometimes";
	case BATON_ALWAYS:
		return "always";
	case BATON_NOT_FOUND:
		return "not found";
	}
	return "?";
}
