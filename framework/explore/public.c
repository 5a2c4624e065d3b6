/* SPDX-License-Identifier: MIT */
/*
 * public.c - baton/explore.h on top of explore.h.
 */
#include "baton/explore.h"

#include <limits.h>
#include <string.h>

#include "explore/explore.h"
#include "explore/memory_check.h"
#include "explore/mismatch.h"
#include "explore/public.h"
#include "explore/public_faults.h"

struct collect {
	struct gatherer gatherer;
	struct public_faults *faults;
	const struct baton_program *program;
	struct baton_result *result;
	struct schedule schedule; /* of the first finding */
	unsigned int steps;       /* made when it was found */
};

static char *finding_text(void)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "%s: %s", sim_finding()->name, sim_finding()->text.bytes);
	return text_detach(&text);
}

static void keep_first(struct collect *collect)
{
	struct text text = TEXT_INIT;

	collect->result->finding = finding_text();
	schedule_format(sim_schedule(), collect->program, &text);
	collect->result->schedule = text_detach(&text);
	schedule_copy(&collect->schedule, sim_schedule());
	collect->steps = sim_finding()->step;
}

static int check_same(const struct collect *collect, struct err *err)
{
	bool none = sim_finding()->kind == FINDING_NONE;
	char *text = none ? xstrdup("no finding") : finding_text();
	bool same = !none && sim_finding()->step == collect->steps &&
		    !strcmp(text, collect->result->finding);

	if (!same)
		mismatch_bug(err,
			     "the search saw '%s' after %u steps, then the same schedule led to "
			     "'%s' after %u",
			     collect->result->finding, collect->steps, text,
			     none ? sim_steps() : sim_finding()->step);
	free(text);
	return same ? 0 : -1;
}

/* Run the first finding again, twice. */
static int check_first(const struct collect *collect, unsigned int steps_max, struct err *err)
{
	const struct explore_replay replay = { .schedule = &collect->schedule,
					       .steps_max = steps_max };
	struct text diverged = TEXT_INIT;
	struct trace trace;
	int status;

	if (!collect->result->findings)
		return 0;
	trace_init(&trace, collect->program);
	status = explore_record(&replay, &trace, &diverged, err);
	if (status > 0)
		status = mismatch_bug(err, "a finding did not run again as it was found: %s",
				      diverged.bytes);
	if (!status)
		status = check_same(collect, err);
	trace_release(&trace);
	text_release(&diverged);
	return status;
}

static bool count_execution(void *arg, enum sim_end end, uint64_t number)
{
	struct collect *collect = arg;

	(void)number;
	public_faults_note(collect->faults);
	if (end != SIM_FINDING)
		return true;
	if (!collect->result->findings++)
		keep_first(collect);
	return true;
}

/*
 * Saved as "findings 2", and if there are any, "first STEPS SCHEDULE" and "finding TEXT"
 * of the first one.
 */
static void collect_restart(struct gatherer *gatherer)
{
	struct collect *collect = (struct collect *)gatherer;

	baton_result_release(collect->result);
	collect->schedule.entries.count = 0;
}

static void collect_save(const struct gatherer *gatherer, struct text *text)
{
	const struct collect *collect = (const struct collect *)gatherer;
	const struct baton_result *result = collect->result;

	text_addf(text, "findings %llu\n", (unsigned long long)result->findings);
	if (!result->findings)
		return;
	text_addf(text, "first %u %s\nfinding ", collect->steps, result->schedule);
	fields_add(text, result->finding);
	text_add_char(text, '\n');
}

static int read_first(struct collect *collect, struct fields *fields, struct err *err)
{
	struct text finding = TEXT_INIT, schedule = TEXT_INIT;
	uint64_t steps = 0;
	int status = -1;

	if (!fields_expect(fields, "first", err) && !fields_number(fields, UINT_MAX, &steps, err) &&
	    !fields_rest(fields, &schedule, err) && !fields_expect(fields, "finding", err) &&
	    !fields_rest(fields, &finding, err))
		status = 0;
	if (!status && !collect->result->findings) {
		status = schedule_parse(&collect->schedule, collect->program, schedule.bytes, err);
		collect->steps = (unsigned int)steps;
		collect->result->finding = text_detach(&finding);
		collect->result->schedule = text_detach(&schedule);
	}
	text_release(&finding);
	text_release(&schedule);
	return status;
}

static int collect_merge(struct gatherer *gatherer, struct fields *fields, struct err *err)
{
	struct collect *collect = (struct collect *)gatherer;
	uint64_t findings = 0;

	if (fields_expect(fields, "findings", err) ||
	    fields_number(fields, UINT64_MAX / 2, &findings, err) || fields_end(fields, err))
		return -1;
	if (findings && read_first(collect, fields, err))
		return -1;
	collect->result->findings += findings;
	return 0;
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

struct explore_search public_search(const struct baton_search *search)
{
	struct explore_search wanted = EXPLORE_ALL;

	if (!search)
		return wanted;
	wanted.preemptions_max = search->preemptions_max;
	if (search->faults_bounded)
		wanted.faults_max = search->faults_max < INT_MAX ? (int)search->faults_max :
								   INT_MAX;
	wanted.steps_bound = search->steps_bound;
	wanted.steps_max = search->steps_max;
	wanted.executions_max = search->executions_max;
	wanted.seconds_max = search->seconds_max;
	wanted.memory_max = search->memory_max;
	wanted.jobs = search->jobs;
	wanted.contained = search->contained;
	if (search->strategy == BATON_DFS)
		wanted.strategy = EXPLORE_DFS;
	return wanted;
}

static int explore(const struct baton_program *program, const struct explore_search *wanted,
		   struct public_faults *faults, struct baton_result *result, struct err *err)
{
	struct collect collect = {
		.gatherer = { collect_restart, collect_save, collect_merge, &faults->gatherer },
		.faults = faults,
		.program = program,
		.result = result,
	};
	struct explore_judge judge = { .execution = count_execution,
				       .arg = &collect,
				       .gatherers = &collect.gatherer };
	struct explore_result explored;
	int status;

	if (sim_init(program, err))
		return -1;
	status = explore_run(wanted, NULL, &judge, &explored, err);
	if (!status)
		status = check_first(&collect, wanted->steps_max, err);
	sim_release();
	schedule_release(&collect.schedule);
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

	*result = (struct baton_result){ 0 };
	status = public_faults_begin(&faults, program, search, &err);
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
	free(result->finding);
	free(result->schedule);
	free(result->warnings);
	free(result->fault_points);
	*result = (struct baton_result){ 0 };
}
