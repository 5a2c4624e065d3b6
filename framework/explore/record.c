/* SPDX-License-Identifier: MIT */
/*
 * record.c - looking closely at one execution: explore_record() and explore_bend() of
 * explore.h.
 */
#include "explore/explore.h"
#include "explore/mismatch.h"
#include "explore/replay.h"
#include "explore/tolerant.h"
#include "explore/trace_compare.h"

/* Return: true if it followed the schedule to its end. */
static bool record_once(struct replay *replay, unsigned int limit, struct trace *trace)
{
	replay->strategy.begin(&replay->strategy);
	sim_execute(&replay->strategy, limit, trace);
	return replay_finish(replay);
}

static int check_equal(const struct trace *first, const struct trace *second, struct err *err)
{
	struct text why = TEXT_INIT;
	bool equal = trace_compare(first, second, &why);

	if (!equal)
		mismatch_bug(err, "one schedule, run twice, led to different executions: %s",
			     why.bytes);
	text_release(&why);
	return equal ? 0 : -1;
}

int explore_record(const struct explore_replay *wanted, struct trace *trace, struct text *diverged,
		   struct err *err)
{
	struct replay replay;
	struct trace first;
	int status;

	replay_init(&replay, wanted->schedule, trace->program, wanted->points);
	trace_init(&first, trace->program);
	sim_bound_steps(wanted->steps_bound);
	record_once(&replay, wanted->steps_max, &first);
	status = record_once(&replay, wanted->steps_max, trace) ? 0 : 1;
	sim_bound_steps(0);
	if (status)
		text_addf(diverged, "step %u: %s", replay.step, replay.why.bytes);
	if (check_equal(&first, trace, err))
		status = -1;
	trace_release(&first);
	replay_release(&replay);
	return status;
}

void explore_bend(const struct explore_replay *wanted, const struct baton_program *program,
		  struct schedule *fitting, struct text *bent)
{
	struct tolerant tolerant;

	tolerant_init(&tolerant, wanted->schedule, program, wanted->points);
	sim_bound_steps(wanted->steps_bound);
	tolerant.strategy.begin(&tolerant.strategy);
	sim_execute(&tolerant.strategy, wanted->steps_max, NULL);
	sim_bound_steps(0);
	tolerant_finish(&tolerant);
	schedule_copy(fitting, sim_schedule());
	text_add(bent, tolerant.bent.bytes);
	tolerant_release(&tolerant);
}
