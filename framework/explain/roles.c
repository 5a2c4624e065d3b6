/* SPDX-License-Identifier: MIT */
#include "explain/roles.h"

#include "explain/guide.h"
#include "explain/trial.h"

/*
 * Executions that are tried for one order, where following a schedule finds none. They are samples,
 * as a search counts only those that come to an end: of a long execution it may never find one.
 */
#define SEARCHED_MAX 16

/* Follow @schedule, with what is enforced: does it come to an end that breaks condition @index? */
static bool breaks(struct trial *trial, const struct schedule *schedule, size_t index)
{
	struct guide guide;

	guide_init(&guide, schedule);
	return trial_follow(trial, &guide.strategy) != SUBJECT_OPEN &&
	       !hold_obeyed(&trial->hold, index);
}

struct doubt {
	struct trial *trial;
	size_t index;
	bool broken;
};

static bool see_doubt(void *arg, enum subject_verdict verdict)
{
	struct doubt *doubt = arg;

	doubt->broken |= verdict != SUBJECT_OPEN && !hold_obeyed(&doubt->trial->hold, doubt->index);
	return !doubt->broken;
}

/* Return: does one of the first executions break condition @index? */
static bool is_found(struct trial *trial, size_t index)
{
	struct doubt doubt = { trial, index, false };
	const struct trial_eye eye = { see_doubt, &doubt };
	struct explore_search search = trial->subject->search;
	struct trial_count count;
	struct err err = ERR_INIT;

	search.strategy = EXPLORE_RANDOM;
	search.executions_max = SEARCHED_MAX;
	(void)trial_search(trial, &search, &eye, &count, &err);
	err_release(&err);
	return doubt.broken;
}

static bool can_be_otherwise(struct trial *trial, const struct condition *order,
			     const struct schedule *failing)
{
	const struct condition reversed = { .kind = CONDITION_ORDER,
					    .first = order->second,
					    .second = order->first };
	/* Without a schedule each CPU goes on as long as it can. */
	const struct schedule none = { 0 };
	size_t there = hold_watch(&trial->hold, order);
	size_t back = hold_watch(&trial->hold, &reversed);
	bool can;

	hold_enforce(&trial->hold, back, true);
	can = breaks(trial, failing, there) || breaks(trial, &none, there) ||
	      is_found(trial, there);
	hold_enforce(&trial->hold, back, false);
	return can;
}

void roles_doubt(struct core *core, const struct subject *subject, const struct schedule *failing,
		 uint64_t total)
{
	struct trial trial;

	trial_init(&trial, subject);
	for (size_t i = 0; i < core->candidates.count; i++)
		if (core->candidates.items[i].role == CORE_NEEDED)
			hold_enforce(&trial.hold,
				     hold_watch(&trial.hold, &core->candidates.items[i].condition),
				     true);
	for (size_t i = 0; i < core->candidates.count; i++) {
		struct core_candidate *candidate = &core->candidates.items[i];

		if (total && core->runs + trial.runs >= total)
			break;
		if (candidate->role == CORE_FORCED &&
		    candidate->condition.kind == CONDITION_ORDER &&
		    can_be_otherwise(&trial, &candidate->condition, failing))
			candidate->role = CORE_IRRELEVANT;
	}
	core->runs += trial.runs;
	trial_release(&trial);
}
