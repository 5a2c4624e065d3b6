/* SPDX-License-Identifier: MIT */
#include "scenario/rerun.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "engine/death.h"
#include "explore/contain.h"
#include "scenario/show.h"

int rerun_read(const struct rerun_source *source, const struct baton_program *program,
	       struct schedule *schedule, char ***points, struct err *err)
{
	*points = NULL;
	if (source->line)
		return schedule_parse(schedule, program, source->line, err);
	return sched_file_resolve(source->file, program, source->path, schedule, points, err);
}

/* What holds, and why, if there is more to it: a line each; and all variables. */
static void look(void *arg, struct text *seen)
{
	const struct runner *runner = arg;
	const struct scenario *scenario = runner->scenario;
	const char *between = "";

	text_add(seen, show_anything(runner) ? "+" : "-");
	show_held(runner, seen);
	for (size_t i = 0; i < scenario->predicates.count; i++) {
		const struct predicate *predicate = &scenario->predicates.items[i];

		if (!show_holds(runner, predicate))
			continue;
		text_add(seen, between);
		show_values(runner, predicate->name.text, seen);
		between = "; ";
	}
	text_add_char(seen, '\n');
	for (size_t i = 0; i < scenario->variables.count; i++)
		text_addf(seen, "%ld ", runner->slots[i]);
}

static void take_seen(struct rerun *rerun, const char *seen)
{
	size_t line = strcspn(seen, "\n") + 1, values;
	const char *at;
	char *end;

	rerun->anything = *seen == '+';
	text_add_bytes(&rerun->held, seen + 1, line - 1);
	seen += line;
	values = strcspn(seen, "\n");
	text_add_bytes(&rerun->values, seen, values);
	at = seen + values + 1;
	for (size_t i = 0; i < rerun->runner->scenario->variables.count; i++, at = end)
		rerun->runner->slots[i] = strtol(at, &end, 10);
}

/* What fits of the schedule: its entries, and what was bent. */
static int bend(void *arg, struct text *reply, struct err *err)
{
	const struct explore_replay *replay = arg;
	struct schedule fitting = { 0 };
	struct text bent = TEXT_INIT;

	(void)err;
	show_prepare();
	explore_bend(replay, sim_program(), &fitting, &bent);
	pack_text(reply, &bent);
	pack_bytes(reply, &fitting.entries.count, sizeof(fitting.entries.count));
	pack_bytes(reply, fitting.entries.items,
		   fitting.entries.count * sizeof(*fitting.entries.items));
	schedule_release(&fitting);
	text_release(&bent);
	return 0;
}

static int take_bent(struct rerun *rerun, const struct text *reply, struct err *err)
{
	struct schedule_entry entry;
	struct unpack from;
	size_t count = 0;

	unpack_init(&from, reply);
	rerun->schedule.entries.count = 0;
	if (!unpack_text(&from, &rerun->bent) || !unpack_bytes(&from, &count, sizeof(count)))
		return err_add(err, "a schedule came back in part only");
	while (count-- && unpack_bytes(&from, &entry, sizeof(entry)))
		vec_push(&rerun->schedule.entries, entry);
	return 0;
}

static int bend_schedule(struct rerun *rerun, struct explore_replay *replay, struct err *err)
{
	struct text reply = TEXT_INIT;
	int status = replay->contained ? contain_call(bend, replay, &reply, err) :
					 bend(replay, &reply, err);

	if (!status)
		status = take_bent(rerun, &reply, err);
	replay->points = NULL;
	text_release(&reply);
	return status;
}

static int run(struct rerun *rerun, const struct rerun_source *source, struct err *err)
{
	const struct search *search = &rerun->runner->scenario->search;
	struct text seen = TEXT_INIT;
	struct explore_replay replay = { .schedule = &rerun->schedule,
					 .steps_max = (unsigned int)search->livelock,
					 .steps_bound = source->steps_bound,
					 .contained = !source->in_process,
					 .before = show_prepare,
					 .look = look,
					 .arg = rerun->runner,
					 .seen = &seen };
	char **points;
	int status = 0;

	if (rerun_read(source, &rerun->runner->program, &rerun->schedule, &points, err))
		return -1;
	replay.points = points;
	trace_init(&rerun->trace, &rerun->runner->program);
	if (source->tolerant)
		status = bend_schedule(rerun, &replay, err);
	if (!status)
		status = explore_record(&replay, &rerun->trace, &rerun->why, err);
	rerun->diverged = status > 0;
	if (!status)
		take_seen(rerun, seen.bytes);
	text_release(&seen);
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
