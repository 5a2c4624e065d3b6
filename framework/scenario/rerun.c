/* SPDX-License-Identifier: MIT */
#include "scenario/rerun.h"

#include <limits.h>

#include "engine/death.h"
#include "scenario/show.h"

int rerun_read(const struct rerun_source *source, const struct baton_program *program,
	       struct schedule *schedule, char ***points, struct err *err)
{
	*points = NULL;
	if (source->line)
		return schedule_parse(schedule, program, source->line, err);
	return sched_file_resolve(source->file, program, source->path, schedule, points, err);
}

static void look(struct rerun *rerun)
{
	const struct scenario *scenario = rerun->runner->scenario;

	rerun->anything = show_anything(rerun->runner);
	show_held(rerun->runner, &rerun->held);
	for (size_t i = 0; i < scenario->predicates.count; i++) {
		const struct predicate *predicate = &scenario->predicates.items[i];

		if (!show_holds(rerun->runner, predicate))
			continue;
		text_add(&rerun->values, rerun->values.length ? "; " : "");
		show_values(rerun->runner, predicate->name.text, &rerun->values);
	}
}

static int run(struct rerun *rerun, const struct rerun_source *source, struct err *err)
{
	const struct search *search = &rerun->runner->scenario->search;
	struct explore_replay replay = { .schedule = &rerun->schedule,
					 .steps_max = (unsigned int)search->livelock,
					 .steps_bound = source->steps_bound };
	char **points;
	int status;

	if (rerun_read(source, &rerun->runner->program, &rerun->schedule, &points, err))
		return -1;
	replay.points = points;
	trace_init(&rerun->trace, &rerun->runner->program);
	show_prepare();
	if (source->tolerant) {
		explore_bend(&replay, &rerun->runner->program, &rerun->schedule, &rerun->bent);
		replay.points = NULL;
	}
	status = explore_record(&replay, &rerun->trace, &rerun->why, err);
	rerun->diverged = status > 0;
	if (!status)
		look(rerun);
	free(points);
	return status < 0 ? -1 : 0;
}

void rerun_plan_faults(struct runner *runner, const struct rerun_source *source)
{
	runner->fault_plan.budget = UINT_MAX;
	for (unsigned int i = 0; i < runner->fault_plan.count; i++)
		runner->fault_rules[i].times = 0;
	if (source->seed_given)
		runner->fault_plan.seed = source->seed;
	fault_set_plan(&runner->fault_plan);
}

int rerun_scenario(struct rerun *rerun, const struct run_case *which,
		   const struct rerun_source *source, struct err *err)
{
	int status;

	*rerun = (struct rerun){ .bent = TEXT_INIT,
				 .why = TEXT_INIT,
				 .held = TEXT_INIT,
				 .values = TEXT_INIT };
	rerun->runner = xcalloc(1, sizeof(*rerun->runner));
	if (runner_init(rerun->runner, which, err)) {
		free(rerun->runner);
		rerun->runner = NULL;
		return -1;
	}
	if (sim_init(&rerun->runner->program, err))
		return -1;
	rerun_plan_faults(rerun->runner, source);
	death_key(runner_key(rerun->runner));
	status = run(rerun, source, err);
	fault_set_plan(NULL);
	sim_release();
	return status;
}

void rerun_release(struct rerun *rerun)
{
	if (rerun->trace.program)
		trace_release(&rerun->trace);
	if (rerun->runner)
		runner_release(rerun->runner);
	free(rerun->runner);
	schedule_release(&rerun->schedule);
	text_release(&rerun->bent);
	text_release(&rerun->why);
	text_release(&rerun->held);
	text_release(&rerun->values);
}
