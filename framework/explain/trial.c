/* SPDX-License-Identifier: MIT */
#include "explain/trial.h"

#include <stdio.h>

#include "explore/replay.h"

struct asking {
	struct trial *trial;
	const struct trial_eye *eye;
	struct trial_count *count;
};

void trial_init(struct trial *trial, const struct subject *subject)
{
	*trial = (struct trial){ .subject = subject };
	hold_init(&trial->hold, subject);
}

void trial_release(struct trial *trial)
{
	hold_release(&trial->hold);
}

static bool see(void *arg, enum sim_end end, uint64_t number)
{
	struct asking *asking = arg;
	const struct subject *subject = asking->trial->subject;
	enum subject_verdict verdict = subject->judge(subject->arg, end);
	struct trial_count *count = asking->count;

	(void)number;
	asking->trial->runs++;
	count->executions++;
	count->fails += verdict == SUBJECT_FAILS;
	count->passes += verdict == SUBJECT_PASSES;
	count->differs += verdict == SUBJECT_DIFFERS;
	count->ended = asking->eye->see && !asking->eye->see(asking->eye->arg, verdict);
	return !count->ended;
}

int trial_search(struct trial *trial, const struct explore_search *search,
		 const struct trial_eye *eye, struct trial_count *count, struct err *err)
{
	struct asking asking = { trial, eye, count };
	const struct explore_judge judge = { .execution = see, .arg = &asking };
	struct explore_result result;

	*count = (struct trial_count){ .executions = 0 };
	if (explore_run(search, &trial->hold.filter, &judge, &result, err))
		return -1;
	count->strength = count->ended ? STRENGTH_CUT : result.strength;
	snprintf(count->bounds, sizeof(count->bounds), "%s", result.bounds);
	return 0;
}

enum subject_verdict trial_follow(struct trial *trial, struct strategy *strategy)
{
	const struct subject *subject = trial->subject;
	enum sim_end end;

	strategy = trial->hold.filter.wrap(&trial->hold.filter, strategy);
	strategy->begin(strategy);
	sim_bound_steps(subject->search.steps_bound);
	end = sim_execute(strategy, subject->search.steps_max, NULL);
	sim_bound_steps(0);
	strategy->end(strategy);
	trial->runs++;
	return end == SIM_STOPPED ? SUBJECT_OPEN : subject->judge(subject->arg, end);
}

int trial_replay(struct trial *trial, const struct schedule *schedule,
		 enum subject_verdict *verdict, struct err *err)
{
	struct replay replay;
	int status = 0;

	hold_nothing(&trial->hold);
	replay_init(&replay, schedule, trial->subject->program, NULL);
	*verdict = trial_follow(trial, &replay.strategy);
	if (!replay_finish(&replay)) {
		err_add(err, "the schedule diverged at step %u: %s", replay.step, replay.why.bytes);
		status = 1;
	}
	replay_release(&replay);
	return status;
}

void trial_format_strength(const struct trial_count *count, struct text *text)
{
	if (count->strength == STRENGTH_EXHAUSTIVE)
		text_add(text, "exhaustive");
	else if (count->strength == STRENGTH_BOUNDED)
		text_addf(text, "bounded: %s", count->bounds);
	else
		text_addf(text, "cut%s%s", *count->bounds ? " " : "", count->bounds);
}
