/* SPDX-License-Identifier: MIT */
#include "explain/hold.h"

#include <stddef.h>
#include <string.h>

static void hold_begin(struct strategy *strategy)
{
	struct hold *hold = (struct hold *)strategy;

	hold->steps = 0;
	for (size_t i = 0; i < hold->places.count; i++)
		hold->places.items[i].passes = hold->places.items[i].position = 0;
	for (size_t i = 0; i < hold->answers.count; i++) {
		hold->answers.items[i].asked = 0;
		hold->answers.items[i].other = false;
	}
	strategy->inner->begin(strategy->inner);
}

static bool is_next(const struct hold_place *place)
{
	return baton_point_same(sim_pending((int)place->place.cpu).point, place->place.point) &&
	       place->passes + 1 == place->place.nth;
}

/* The CPUs that may not go on. */
static uint64_t held(const struct hold *hold)
{
	uint64_t cpus = 0;

	for (size_t i = 0; i < hold->enforced.count; i++) {
		const struct hold_condition *order =
			&hold->conditions.items[hold->enforced.items[i]];
		const struct hold_place *second = &hold->places.items[order->second];

		if (!hold->places.items[order->first].position && is_next(second))
			cpus |= UINT64_C(1) << second->place.cpu;
	}
	return cpus;
}

static void pass(struct hold *hold, uint32_t cpu)
{
	const struct baton_point *point = sim_pending((int)cpu).point;

	hold->steps++;
	for (size_t i = 0; i < hold->places_of[cpu].count; i++) {
		struct hold_place *place = &hold->places.items[hold->places_of[cpu].items[i]];

		if (baton_point_same(place->place.point, point) &&
		    ++place->passes == place->place.nth)
			place->position = hold->steps;
	}
}

static uint32_t pick_cpu(struct hold *hold, const struct choice *choice)
{
	struct choice narrowed = *choice;
	uint32_t picked;

	if (hold->enforced.count)
		narrowed.options &= ~held(hold);
	if (!narrowed.options)
		return STRATEGY_STOP;
	picked = hold->strategy.inner->pick(hold->strategy.inner, &narrowed);
	if (picked != STRATEGY_STOP)
		pass(hold, picked);
	return picked;
}

/* Is @answer about the choice that is made now? Counts it. */
static bool is_asked(struct hold_answer *answer, const struct choice *choice)
{
	return answer->answer.kind == choice->kind && answer->answer.cpu == baton_cpu() &&
	       !strcmp(answer->answer.name, choice->name) && ++answer->asked == answer->answer.nth;
}

static bool is_enforced(const struct hold *hold, size_t answer)
{
	for (size_t i = 0; i < hold->conditions.count; i++) {
		const struct hold_condition *condition = &hold->conditions.items[i];

		if (condition->kind == CONDITION_ANSWER && condition->first == answer)
			return condition->enforced;
	}
	return false;
}

static uint32_t pick_answer(struct hold *hold, const struct choice *choice)
{
	struct choice narrowed = *choice;
	uint64_t asked = 0;
	uint32_t picked;

	for (size_t i = 0; i < hold->answers.count; i++) {
		if (!is_asked(&hold->answers.items[i], choice))
			continue;
		asked |= i < 64 ? UINT64_C(1) << i : 0;
		if (is_enforced(hold, i))
			narrowed.options &= UINT64_C(1) << hold->answers.items[i].answer.value;
	}
	if (!narrowed.options)
		return STRATEGY_STOP;
	picked = hold->strategy.inner->pick(hold->strategy.inner, &narrowed);
	for (; asked; asked &= asked - 1) {
		struct hold_answer *answer = &hold->answers.items[options_first(asked)];

		answer->other = picked != answer->answer.value;
	}
	return picked;
}

static uint32_t hold_pick(struct strategy *strategy, const struct choice *choice)
{
	struct hold *hold = (struct hold *)strategy;

	return choice->kind == BATON_CHOICE_CPU ? pick_cpu(hold, choice) :
						  pick_answer(hold, choice);
}

static bool hold_end(struct strategy *strategy)
{
	return strategy->inner->end(strategy->inner);
}

static struct strategy *hold_wrap(struct explore_filter *filter, struct strategy *inner)
{
	struct hold *hold = (struct hold *)(void *)((char *)filter - offsetof(struct hold, filter));

	if (hold->inner)
		inner = hold->inner->wrap(hold->inner, inner);
	hold->strategy.inner = inner;
	return &hold->strategy;
}

void hold_init(struct hold *hold, const struct subject *subject)
{
	*hold = (struct hold){
		.strategy = { .begin = hold_begin, .pick = hold_pick, .end = hold_end },
		.filter = { .wrap = hold_wrap, .of_state = true },
		.inner = subject->filter,
	};
}

void hold_release(struct hold *hold)
{
	for (size_t i = 0; i < BATON_CPUS_MAX; i++)
		vec_release(&hold->places_of[i]);
	vec_release(&hold->places);
	vec_release(&hold->answers);
	vec_release(&hold->conditions);
	vec_release(&hold->enforced);
}

static size_t add_place(struct hold *hold, const struct place *place)
{
	for (size_t i = 0; i < hold->places.count; i++)
		if (place_is(&hold->places.items[i].place, place))
			return i;
	vec_push(&hold->places, ((struct hold_place){ .place = *place }));
	vec_push(&hold->places_of[place->cpu], hold->places.count - 1);
	return hold->places.count - 1;
}

size_t hold_watch(struct hold *hold, const struct condition *condition)
{
	struct hold_condition watched = { .kind = condition->kind };

	if (condition->kind == CONDITION_ANSWER) {
		vec_push(&hold->answers, ((struct hold_answer){ .answer = condition->answer }));
		watched.first = hold->answers.count - 1;
	} else {
		watched.first = add_place(hold, &condition->first);
		watched.second = add_place(hold, &condition->second);
	}
	vec_push(&hold->conditions, watched);
	return hold->conditions.count - 1;
}

void hold_enforce(struct hold *hold, size_t index, bool enforced)
{
	hold->conditions.items[index].enforced = enforced;
	hold->enforced.count = 0;
	for (size_t i = 0; i < hold->conditions.count; i++)
		if (hold->conditions.items[i].enforced &&
		    hold->conditions.items[i].kind == CONDITION_ORDER)
			vec_push(&hold->enforced, i);
}

void hold_nothing(struct hold *hold)
{
	for (size_t i = 0; i < hold->conditions.count; i++)
		hold->conditions.items[i].enforced = false;
	hold->enforced.count = 0;
}

bool hold_obeyed(const struct hold *hold, size_t index)
{
	const struct hold_condition *condition = &hold->conditions.items[index];
	const struct hold_place *first, *second;

	if (condition->kind == CONDITION_ANSWER)
		return !hold->answers.items[condition->first].other;
	first = &hold->places.items[condition->first];
	second = &hold->places.items[condition->second];
	return !second->position || (first->position && first->position < second->position);
}
