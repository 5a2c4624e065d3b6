/* SPDX-License-Identifier: MIT */
/*
 * record.c - looking closely at one execution: explore_record() and explore_bend() of
 * explore.h.
 */
#include "explore/explore.h"

#include <string.h>

#include "engine/trace_pack.h"
#include "explore/contain.h"
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

/* What one process knows of its recording. */
struct recording {
	const struct explore_replay *wanted;
	struct trace trace;
	struct text diverged, seen;
	bool followed;
};

static void recording_init(struct recording *recording, const struct explore_replay *wanted,
			   const struct baton_program *program)
{
	*recording =
		(struct recording){ .wanted = wanted, .diverged = TEXT_INIT, .seen = TEXT_INIT };
	trace_init(&recording->trace, program);
}

static void recording_release(struct recording *recording)
{
	trace_release(&recording->trace);
	text_release(&recording->diverged);
	text_release(&recording->seen);
}

static void record_here(struct recording *recording)
{
	const struct explore_replay *wanted = recording->wanted;
	struct replay replay;

	replay_init(&replay, wanted->schedule, recording->trace.program, wanted->points);
	sim_bound_steps(wanted->steps_bound);
	recording->followed = record_once(&replay, wanted->steps_max, &recording->trace);
	sim_bound_steps(0);
	if (!recording->followed)
		text_addf(&recording->diverged, "step %u: %s", replay.step, replay.why.bytes);
	if (wanted->look)
		wanted->look(wanted->arg, &recording->seen);
	replay_release(&replay);
}

static void recording_pack(const struct recording *recording, struct text *to)
{
	pack_bytes(to, &recording->followed, sizeof(recording->followed));
	pack_text(to, &recording->diverged);
	pack_text(to, &recording->seen);
	trace_pack(&recording->trace, to);
}

static bool recording_unpack(struct recording *recording, struct unpack *from)
{
	return unpack_bytes(from, &recording->followed, sizeof(recording->followed)) &&
	       unpack_text(from, &recording->diverged) && unpack_text(from, &recording->seen) &&
	       trace_unpack(&recording->trace, from);
}

static int check_seen(const struct recording *first, const struct recording *second,
		      struct err *err)
{
	if (strcmp(first->seen.bytes, second->seen.bytes) != 0 &&
	    trace_hash(&first->trace) == trace_hash(&second->trace))
		return mismatch_bug(err,
				    "one schedule, run twice, led to different ends: first '%s', "
				    "then '%s'",
				    first->seen.bytes, second->seen.bytes);
	return check_equal(&first->trace, &second->trace, err);
}

/* Twice in this process; not if the first time has spoilt it. */
static int record_both(struct recording *first, struct recording *second, struct err *err)
{
	if (first->wanted->before)
		first->wanted->before();
	record_here(first);
	if (first->wanted->contained && finding_is_crash(&first->trace.finding))
		return 0;
	record_here(second);
	return check_seen(first, second, err);
}

/* ---- In another process ------------------------------------------------------------------- */

static int record_there(void *arg, struct text *reply, struct err *err)
{
	struct recording *recording = arg, first;
	int status;

	recording_init(&first, recording->wanted, recording->trace.program);
	status = record_both(&first, recording, err);
	recording_pack(finding_is_crash(&first.trace.finding) ? &first : recording, reply);
	recording_release(&first);
	return status;
}

static int record_apart(struct recording *recording, struct err *err)
{
	struct text reply = TEXT_INIT;
	struct unpack from;
	int status = contain_call(record_there, recording, &reply, err);

	unpack_init(&from, &reply);
	if (!status && !recording_unpack(recording, &from))
		status = err_add(err, "a recording came back in part only");
	text_release(&reply);
	return status;
}

/* ---- Twice -------------------------------------------------------------------------------- */

static int record_twice(struct recording *first, struct recording *second, struct err *err)
{
	if (!first->wanted->contained)
		return record_both(first, second, err);
	if (record_apart(second, err))
		return -1;
	if (!finding_is_crash(&second->trace.finding))
		return 0;
	return record_apart(first, err) || check_seen(first, second, err) ? -1 : 0;
}

int explore_record(const struct explore_replay *wanted, struct trace *trace, struct text *diverged,
		   struct err *err)
{
	struct recording first, second;
	int status;

	recording_init(&first, wanted, trace->program);
	recording_init(&second, wanted, trace->program);
	status = record_twice(&first, &second, err);
	if (!status && !second.followed)
		status = 1;
	text_add(diverged, second.diverged.bytes);
	if (wanted->seen)
		text_add(wanted->seen, second.seen.bytes);
	trace_release(trace);
	*trace = second.trace;
	trace_init(&second.trace, trace->program);
	recording_release(&first);
	recording_release(&second);
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
