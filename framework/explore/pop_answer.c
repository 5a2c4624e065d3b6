/* SPDX-License-Identifier: MIT */
/*
 * pop_answer.c - the nodes in which a choice is answered otherwise, or a finding comes later.
 */
#include "explore/dpor_limit.h"
#include "explore/pop_search.h"

/* ---- Answers ---------------------------------------------------------------------------- */

static bool is_allowed(const struct pop *pop, size_t place, uint32_t outcome)
{
	struct dpor_failures failures = { { 0 } };

	if (!pop->outcomes.items.items[outcome].choice.rule)
		return true;
	dpor_failures_add(&failures, pop->node.root.items, pop->node.root.count);
	for (size_t i = 0; i < place; i++)
		dpor_failures_add_outcome(&failures, &pop->outcomes,
					  pop->path.events.items[i].step.outcome);
	dpor_failures_add_outcome(&failures, &pop->outcomes, outcome);
	return dpor_failures_allowed(&failures, &pop->outcomes);
}

/* All other answers to each choice of the event at @index, from choice @from on. */
static void plan_answers(struct pop *pop, size_t index, size_t from, struct pop_frame *frame)
{
	uint32_t outcome = pop->path.events.items[index].step.outcome;

	while (pop->outcomes.items.items[outcome].length > from) {
		struct dpor_outcome made = pop->outcomes.items.items[outcome];
		struct dpor_choice other = made.choice;

		for (other.answer = 1; other.answer < other.count; other.answer++) {
			uint32_t changed = dpor_outcome_add(&pop->outcomes, made.parent, other);

			if (is_allowed(pop, index, changed))
				vec_push(&frame->plans,
					 ((struct pop_plan){ .place = (uint32_t)index,
							     .outcome = changed,
							     .kind = POP_ANSWER }));
		}
		outcome = made.parent;
	}
}

static bool root_fits(const struct pop *pop, size_t count, struct dpor_choice last)
{
	struct dpor_failures failures = { { 0 } };

	dpor_failures_add(&failures, pop->node.root.items, count);
	dpor_failures_add(&failures, &last, 1);
	return dpor_failures_allowed(&failures, &pop->outcomes);
}

static void plan_root(struct pop *pop, struct pop_frame *frame)
{
	for (size_t i = pop->node.root_answers; i < pop->node.root.count; i++) {
		struct dpor_choice other = pop->node.root.items[i];

		for (other.answer = 1; other.answer < other.count; other.answer++)
			if (root_fits(pop, i, other))
				vec_push(&frame->plans, ((struct pop_plan){ .place = (uint32_t)i,
									    .outcome = other.answer,
									    .kind = POP_ROOT }));
	}
}

/* ---- Findings --------------------------------------------------------------------------- */

/* The last step was a finding, so what the others would do has not been seen. */
void pop_plan_asleep(struct pop *pop, struct pop_frame *frame)
{
	size_t last = pop->path.events.count - 1;
	const struct dpor_event *event = &pop->path.events.items[last];
	uint64_t others = event->options & ~pop->asleep_last & ~(UINT64_C(1) << event->step.cpu);

	if (last < pop->forced || !pop->node.steps.items[last].first || !others)
		return;
	vec_push(&frame->plans, ((struct pop_plan){ .place = (uint32_t)last,
						    .kind = POP_ASLEEP,
						    .cpu = event->step.cpu }));
}

void pop_plan_answers(struct pop *pop, struct pop_frame *frame)
{
	size_t tail = pop->node.tail;

	plan_root(pop, frame);
	if (pop->outcomes.items.count == 1)
		return;
	if (pop->node.answers != SIZE_MAX)
		plan_answers(pop, tail - 1, pop->node.answers, frame);
	for (size_t i = tail; i < pop->path.events.count; i++)
		if (pop_is_new(pop, i))
			plan_answers(pop, i, 0, frame);
}
