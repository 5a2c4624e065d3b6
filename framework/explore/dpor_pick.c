/* SPDX-License-Identifier: MIT */
/*
 * dpor_pick.c - who makes the next step of an execution: as in the last one, as planned, or
 * as it comes.
 */
#include "explore/dpor_answer.h"
#include "explore/dpor_search.h"

void dpor_begin(struct strategy *strategy)
{
	struct dpor *dpor = (struct dpor *)strategy;

	dpor->depth = 0;
	dpor->root_depth = 0;
	dpor->blocked = false;
}

/* @before: the options of this choice the last time; 0 if it was not made */
static uint32_t stop(struct dpor *dpor, const struct choice *choice, uint64_t before)
{
	mismatch_options(&dpor->mismatch, choice, before);
	return STRATEGY_STOP;
}

/* ---- Choices inside of a step ----------------------------------------------------------- */

static uint32_t pick_answer(struct dpor *dpor, const struct choice *choice)
{
	struct dpor_choice now = dpor_choice_of(choice);
	size_t number = dpor->answer++;

	if (!dpor->depth)
		return dpor_answer_root(&dpor->root, dpor->root_depth++, choice, &dpor->mismatch);
	if (dpor->depth <= dpor->replayed)
		return dpor_answer_again(&dpor->path, dpor->depth - 1, number, choice,
					 &dpor->mismatch);
	now.answer = dpor_answer_planned(&dpor->outcomes, dpor->outcome, number);
	vec_push(&dpor->path.choices, now);
	return now.answer;
}

/* ---- CPUs ------------------------------------------------------------------------------- */

static uint32_t pick_again(struct dpor *dpor, const struct choice *choice)
{
	const struct dpor_event *event = &dpor->path.events.items[dpor->depth];

	if (event->options != choice->options)
		return stop(dpor, choice, event->options);
	if (dpor->asking) {
		dpor_path_ask(&dpor->path, dpor->depth);
		if (dpor->depth + 1 == dpor->path.events.count)
			return STRATEGY_STOP;
	}
	dpor->depth++;
	return event->step.cpu;
}

/* The planned step, if it can be made. It always can, unless the plan was a try. */
static bool take_planned(struct dpor *dpor, uint64_t options, struct dpor_step *step,
			 uint32_t *children)
{
	struct dpor_place *place = &dpor->places.items[dpor->depth];

	while (place->wakeups) {
		*step = dpor_wakeup_take(&dpor->wakeups, &place->wakeups, children);
		if (options_has(options, step->cpu) &&
		    dpor_path_pending(&dpor->path, step->cpu).step.object == step->object)
			return true;
		dpor->infeasible++;
		dpor_open(dpor, dpor->depth);
		dpor_wakeup_drop(&dpor->wakeups, children);
	}
	return false;
}

/* The CPU that runs goes on if it can: that costs no switch. */
static bool pick_free(struct dpor *dpor, const struct choice *choice, struct dpor_step *step)
{
	uint64_t options = choice->options & ~dpor_asleep(dpor);
	uint32_t cpu;

	if (!options) {
		dpor->blocked = true;
		return false;
	}
	cpu = choice_default(choice, options);
	*step = (struct dpor_step){ .cpu = (uint8_t)cpu, .outcome = dpor_awake(dpor, cpu) };
	return true;
}

/* Sleepers stay asleep until a step that depends on theirs. */
static void add_place(struct dpor *dpor, uint32_t wakeups, bool partial)
{
	struct dpor_place place = {
		.wakeups = wakeups,
		.sleepers = (uint32_t)dpor->sleepers.count,
		.free = dpor->depth_max != SIZE_MAX,
		.partial = partial,
	};
	const struct dpor_step *made = &dpor->path.events.items[dpor->depth].step;

	for (size_t i = dpor->places.items[dpor->depth].sleepers; i < place.sleepers; i++) {
		struct dpor_step sleeper = dpor->sleepers.items[i];

		sleeper.foreign |= partial;
		if (!dpor_dependent(&sleeper, made))
			vec_push(&dpor->sleepers, sleeper);
	}
	vec_push(&dpor->places, place);
}

/* @step: its CPU, and how its outcome begins; @wakeups: what is planned behind it */
static uint32_t make_step(struct dpor *dpor, const struct choice *choice,
			  const struct dpor_step *step, uint32_t wakeups)
{
	dpor->outcome = step->outcome;
	dpor_path_push(&dpor->path, step->cpu, choice->options);
	add_place(dpor, wakeups, step->partial);
	dpor->depth++;
	return step->cpu;
}

/* They have not moved since they fell asleep, so what they have announced is the same. */
static void add_base_sleepers(struct dpor *dpor)
{
	for (size_t i = 0; i < dpor->base.sleepers.count; i++) {
		struct dpor_made made = dpor->base.sleepers.items[i];
		struct dpor_step step = dpor_path_pending(&dpor->path, made.cpu).step;

		step.outcome = made.outcome;
		step.foreign = true;
		vec_push(&dpor->sleepers, step);
	}
}

static uint32_t pick_base(struct dpor *dpor, const struct choice *choice)
{
	struct dpor_made made = dpor->base.steps.items[dpor->depth];
	struct dpor_step step = { .cpu = made.cpu, .outcome = made.outcome };

	if (!options_has(choice->options, made.cpu))
		return stop(dpor, choice, UINT64_C(1) << made.cpu);
	make_step(dpor, choice, &step, 0);
	if (dpor->depth == dpor->base.steps.count)
		add_base_sleepers(dpor);
	return made.cpu;
}

static uint32_t pick_new(struct dpor *dpor, const struct choice *choice)
{
	struct dpor_step step = { .outcome = 0 };
	uint32_t children = 0;

	if (dpor->depth == dpor->depth_max) {
		dpor->deeper = true;
		return STRATEGY_STOP;
	}
	if (!take_planned(dpor, choice->options, &step, &children) &&
	    !pick_free(dpor, choice, &step))
		return STRATEGY_STOP;
	return make_step(dpor, choice, &step, children);
}

uint32_t dpor_pick(struct strategy *strategy, const struct choice *choice)
{
	struct dpor *dpor = (struct dpor *)strategy;

	if (choice->kind != BATON_CHOICE_CPU)
		return pick_answer(dpor, choice);
	dpor->answer = 0;
	if (dpor->depth < dpor->replayed)
		return pick_again(dpor, choice);
	if (dpor->depth < dpor->base.steps.count)
		return pick_base(dpor, choice);
	return pick_new(dpor, choice);
}
