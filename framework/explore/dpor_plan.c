/* SPDX-License-Identifier: MIT */
/*
 * dpor_plan.c - what is to be explored because of an execution: its races the other way
 * round, and its choices with other answers.
 */
#include "explore/dpor_search.h"

#include <string.h>

/* What failed before @place. */
static void note_failures(struct dpor *dpor, size_t place)
{
	struct dpor_failures *before = &dpor->sequence.before;

	if (dpor->outcomes.items.count == 1 && !dpor->root.count)
		return;
	*before = (struct dpor_failures){ { 0 } };
	dpor_failures_add(before, dpor->root.items, dpor->root.count);
	for (size_t i = 0; i < place; i++)
		dpor_failures_add_outcome(before, &dpor->outcomes,
					  dpor->path.events.items[i].step.outcome);
}

/* The steps after event @first that need neither it nor the one at the link @also. */
static void steps_without(struct dpor *dpor, size_t first, uint32_t also)
{
	const struct dpor_event *events = dpor->path.events.items;
	size_t end = dpor->path.events.count;
	struct dpor_step *next;

	note_failures(dpor, first);
	dpor_sequence_reserve(&dpor->sequence, end - first);
	next = dpor->sequence.steps.items;
	for (size_t i = first + 1; i < end; i++)
		if (!dpor_path_after(&dpor->path, i, &events[first]) &&
		    !(also && dpor_path_after(&dpor->path, i, &events[also - 1])))
			*next++ = events[i].step;
	dpor->sequence.steps.count = (size_t)(next - dpor->sequence.steps.items);
}

/* Explore the steps of the sequence from @place on. */
static void explore_sequence(struct dpor *dpor, size_t place)
{
	uint32_t first = dpor->places.items[place].sleepers;
	const struct dpor_sleepers sleepers = {
		.steps = dpor->sleepers.items + first,
		.count = dpor_sleepers_end(dpor, place) - first,
		.current = &dpor->path.events.items[place].step,
	};

	dpor_sequence_copy(&dpor->scratch, &dpor->sequence);
	dpor_wakeup_insert(&dpor->wakeups, &dpor->places.items[place].wakeups, &dpor->scratch,
			   &sleepers, &dpor->outcomes);
}

/* Another part of the search finds no races for this one: all must begin with its sleeper. */
static bool knows(const struct dpor_step *sleeper, enum dpor_relation relation)
{
	return relation == DPOR_BEGINS || (relation == DPOR_APART && !sleeper->foreign);
}

/*
 * The first sleeper of @place, from the one at @from on, that could be the first step of
 * the sequence, in this order or another: what begins with it was explored.
 * @at: set to its index in the sequence, or to the sequence's end if it is not in it
 * Return: its index, or that of the end.
 */
static size_t next_known(const struct dpor *dpor, size_t place, size_t from, size_t *at)
{
	struct dpor_slice slice;
	size_t end = dpor_sleepers_end(dpor, place);

	if (from == end)
		return end;
	slice = dpor_sequence_slice(&dpor->sequence);
	for (; from < end; from++) {
		const struct dpor_step *sleeper = &dpor->sleepers.items[from];

		*at = slice.count;
		if (knows(sleeper, dpor_relate(sleeper, &slice, at, &dpor->outcomes)) &&
		    dpor_slice_fits(&slice, *at, sleeper->outcome, &dpor->outcomes))
			break;
	}
	return from;
}

static bool is_known(const struct dpor *dpor, size_t place)
{
	size_t at;

	return next_known(dpor, place, dpor->places.items[place].sleepers, &at) <
	       dpor_sleepers_end(dpor, place);
}

/* ---- Other answers ------------------------------------------------------------------------ */

static void explore_open(struct dpor *dpor, size_t place, size_t open);

/*
 * The step at @at of the sequence with all other answers to each choice of @outcome that comes
 * behind @begin.
 */
static void explore_answers(struct dpor *dpor, size_t place, size_t at, uint32_t begin,
			    uint32_t outcome)
{
	while (outcome != begin) {
		struct dpor_outcome made = dpor->outcomes.items.items[outcome];
		struct dpor_choice other = made.choice;

		for (other.answer = 0; other.answer < other.count; other.answer++) {
			struct dpor_slice slice;
			uint32_t changed;

			if (other.answer == made.choice.answer)
				continue;
			changed = dpor_outcome_add(&dpor->outcomes, made.parent, other);
			slice = dpor_sequence_slice(&dpor->sequence);
			if (!dpor_slice_fits(&slice, at, changed, &dpor->outcomes))
				continue;
			dpor->sequence.steps.items[at].outcome = changed;
			explore_open(dpor, place, at);
		}
		outcome = made.parent;
	}
}

static void explore_other_answers(struct dpor *dpor, size_t place, size_t at, uint32_t outcome)
{
	explore_answers(dpor, place, at, 0, outcome);
}

/* Does @outcome begin with @begin, and have more? */
static bool continues(const struct dpor *dpor, uint32_t outcome, uint32_t begin)
{
	uint32_t length = dpor->outcomes.items.items[begin].length;

	return outcome != begin && dpor_outcome_prefix(&dpor->outcomes, outcome, length) == begin;
}

/*
 * What the choices in the step at @open will be, or the rest of them, is open. If that step was
 * explored from here it was with some answers; others may be left, also where nothing else is.
 */
static void explore_open(struct dpor *dpor, size_t place, size_t open)
{
	size_t end = dpor_sleepers_end(dpor, place), at;
	size_t first = next_known(dpor, place, dpor->places.items[place].sleepers, &at);
	struct dpor_step step = dpor->sequence.steps.items[open];

	if (first == end) {
		explore_sequence(dpor, place);
		return;
	}
	for (size_t i = first; i < end; i = next_known(dpor, place, i + 1, &at))
		if (at != open || !continues(dpor, dpor->sleepers.items[i].outcome, step.outcome))
			return;
	for (size_t i = first; i < end; i++) {
		struct dpor_step sleeper = dpor->sleepers.items[i];

		if (sleeper.cpu == step.cpu && continues(dpor, sleeper.outcome, step.outcome))
			explore_answers(dpor, place, open, step.outcome, sleeper.outcome);
	}
}

static void reverse_race(struct dpor *dpor, const struct dpor_race *race)
{
	size_t count;

	if (race->also)
		steps_without(dpor, race->first, race->also);
	count = dpor->sequence.steps.count;
	vec_push(&dpor->sequence.steps, race->step);
	if (race->prevented)
		vec_push(&dpor->sequence.steps, dpor->path.events.items[race->first].step);
	if (!race->step.outcome)
		explore_open(dpor, race->first, count);
	else if (!is_known(dpor, race->first))
		explore_sequence(dpor, race->first);
	dpor->sequence.steps.count = count;
	if (race->also)
		steps_without(dpor, race->first, 0);
}

/* Is the last event a finding that does not need the one at @index? */
static bool stops_anyhow(const struct dpor *dpor, size_t index)
{
	size_t last = dpor->path.events.count - 1;

	return index != last && dpor->path.events.items[last].step.stops &&
	       !dpor_clock_has(dpor_path_end_clock(&dpor->path), &dpor->path.events.items[index]);
}

static void reverse_choices(struct dpor *dpor, size_t index)
{
	size_t count = dpor->sequence.steps.count;
	struct dpor_step step = dpor->path.events.items[index].step;

	step.stops = false;
	vec_push(&dpor->sequence.steps, step);
	if (stops_anyhow(dpor, index))
		vec_push(&dpor->sequence.steps,
			 dpor->path.events.items[dpor->path.events.count - 1].step);
	explore_other_answers(dpor, index, count, step.outcome);
	dpor->sequence.steps.count = count;
}

/*
 * Does all that the last execution had, and this one has, behind what they have in common need
 * the event at @index? Then what goes before the second event of its races is what it was.
 */
static bool is_as_before(const struct dpor *dpor, size_t index)
{
	return index < dpor->replayed &&
	       dpor_clock_has(dpor->changed, &dpor->path.events.items[index]);
}

/* The races that @index comes first in, @from the link of one of them on. */
static void reverse_races_of(struct dpor *dpor, size_t index, uint32_t from)
{
	bool chooses = dpor->path.events.items[index].step.outcome;

	if (!from && !chooses)
		return;
	steps_without(dpor, index, 0);
	for (; from; from = dpor->races.items.items[from - 1].next)
		reverse_race(dpor, &dpor->races.items.items[from - 1]);
	if (chooses)
		reverse_choices(dpor, index);
}

/*
 * All races, those of the beginning too: what does not need the first of the two goes before
 * the second, and that may be other steps than in earlier executions with this beginning.
 */
static void reverse_races(struct dpor *dpor)
{
	size_t end = dpor->path.events.count, known = 0;

	if (dpor->replayed < end)
		known = dpor->path.events.items[dpor->replayed].races;
	for (size_t i = dpor->replayed; known && i < end; i++)
		dpor_clock_meet(&dpor->path, dpor->changed, dpor_path_clock(&dpor->path, i));
	dpor_race_link(&dpor->races, &dpor->path);
	for (size_t i = dpor->base.steps.count; i < end; i++) {
		uint32_t race = dpor->path.events.items[i].race;

		while (race && race <= known && is_as_before(dpor, i))
			race = dpor->races.items.items[race - 1].next;
		reverse_races_of(dpor, i, race);
	}
}

/*
 * The execution ended before all of the plan was made. The rest of it is in the sequence.
 * Its steps still have to come before the last one, and after it where it has another
 * outcome.
 */
static void explore_rest(struct dpor *dpor)
{
	size_t last = dpor->path.events.count - 1, count = dpor->sequence.steps.count, kept = 0;
	struct dpor_step step = dpor->path.events.items[last].step, plain = step;

	plain.stops = false;
	if (step.outcome) {
		vec_push(&dpor->sequence.steps, plain);
		memmove(dpor->sequence.steps.items + 1, dpor->sequence.steps.items,
			count * sizeof(step));
		dpor->sequence.steps.items[0] = plain;
		explore_other_answers(dpor, last, 0, step.outcome);
		memmove(dpor->sequence.steps.items, dpor->sequence.steps.items + 1,
			count * sizeof(step));
	}
	while (kept < count && !dpor_dependent(&dpor->sequence.steps.items[kept], &plain))
		kept++;
	dpor->sequence.steps.count = kept;
	vec_push(&dpor->sequence.steps, step);
	if (kept && !is_known(dpor, last))
		explore_sequence(dpor, last);
}

/*
 * All sequences of the plan @list, behind the steps in @dpor->rest.
 * Return: whether the plan is partial.
 */
static bool explore_plan(struct dpor *dpor, uint32_t list)
{
	bool partial = false;

	for (; list; list = dpor->wakeups.items.items[list].sibling) {
		uint32_t children = dpor->wakeups.items.items[list].children;

		vec_push(&dpor->rest.steps, dpor->wakeups.items.items[list].step);
		partial |= dpor->wakeups.items.items[list].step.partial;
		if (children) {
			partial |= explore_plan(dpor, children);
		} else {
			dpor_sequence_copy(&dpor->sequence, &dpor->rest);
			note_failures(dpor, dpor->path.events.count - 1);
			explore_rest(dpor);
		}
		dpor->rest.steps.count--;
	}
	return partial;
}

void dpor_plan(struct dpor *dpor)
{
	size_t end = dpor->path.events.count;
	struct dpor_place place = dpor->places.items[end];

	reverse_races(dpor);
	if (explore_plan(dpor, place.wakeups) || place.partial)
		dpor_open(dpor, end - 1);
}

void dpor_plan_answers(struct dpor *dpor, size_t index)
{
	struct dpor_step step = dpor->path.events.items[index].step;

	dpor->sequence.steps.count = 0;
	note_failures(dpor, index);
	step.stops = false;
	vec_push(&dpor->sequence.steps, step);
	explore_other_answers(dpor, index, 0, step.outcome);
}
