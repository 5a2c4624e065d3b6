/* SPDX-License-Identifier: MIT */
/*
 * pop_canonical.c - is this the execution, of many, that has to plan a node?
 */
#include "explore/pop_search.h"

static bool needs_since(const struct pop *pop, const uint32_t *clock, size_t place)
{
	for (size_t i = place; i < pop->path.events.count; i++)
		if (dpor_clock_has(clock, &pop->path.events.items[i]))
			return true;
	return false;
}

/* @index: of the second event, which counts as needed; SIZE_MAX: it does not */
static bool is_needed(const struct pop *pop, const struct pop_deviation *deviation,
		      const uint32_t *clock, size_t index)
{
	const struct dpor_event *target;

	if (deviation->kind == POP_ASLEEP)
		return index != SIZE_MAX || needs_since(pop, clock, deviation->place);
	if (deviation->kind == POP_REVERSAL && deviation->target == index)
		return true;
	target = &pop->path.events.items[deviation->target];
	return dpor_clock_has(clock, target);
}

size_t pop_first_free(const struct pop *pop, const uint32_t *clock, size_t index)
{
	for (size_t i = pop->node.deviations.count; i > 0; i--) {
		const struct pop_deviation *deviation = &pop->node.deviations.items[i - 1];

		if (!is_needed(pop, deviation, clock, index))
			return deviation->kind == POP_ASLEEP ? deviation->place :
							       deviation->target + 1;
	}
	return 0;
}

bool pop_is_least(const struct pop *pop, const struct pop_second *second, size_t first)
{
	uint8_t cpu = pop->path.events.items[first].step.cpu;

	for (size_t i = pop->node.deviations.count; i > 0; i--) {
		const struct pop_deviation *deviation = &pop->node.deviations.items[i - 1];
		const struct dpor_event *target;

		if (deviation->kind != POP_REVERSAL || deviation->target >= first)
			continue;
		if (deviation->target + 1 != first || deviation->cpu != cpu)
			return true;
		target = &pop->path.events.items[deviation->target];
		if (dpor_dependent(second->step, &target->step) ||
		    dpor_clock_has(second->announced, target))
			return true;
		if (second->step->cpu < target->step.cpu)
			return false;
		first = deviation->place;
	}
	return true;
}

/* Does the step that @clock describes need an event from @place on that wakes @second's CPU? */
static bool wakes(const struct pop *pop, const struct pop_second *second, size_t place,
		  size_t first, const uint32_t *clock)
{
	for (size_t i = place; i < pop->path.events.count; i++) {
		const struct dpor_event *event = &pop->path.events.items[i];
		bool there = i < first ||
			     (i > first && i != second->index && dpor_clock_has(clock, event));

		if (there && dpor_dependent(&event->step, second->step))
			return true;
	}
	return false;
}

bool pop_sleeps(const struct pop *pop, const struct pop_second *second, size_t first,
		const uint32_t *clock)
{
	for (size_t i = pop->node.deviations.count; i > 0; i--) {
		const struct pop_deviation *deviation = &pop->node.deviations.items[i - 1];

		if (deviation->kind == POP_ASLEEP && deviation->cpu == second->step->cpu &&
		    deviation->place <= first)
			return !wakes(pop, second, deviation->place, first, clock);
	}
	return false;
}
