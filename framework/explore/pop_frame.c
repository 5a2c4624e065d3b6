/* SPDX-License-Identifier: MIT */
#include "explore/pop_frame.h"

#include <string.h>

void pop_node_clear(struct pop_node *node)
{
	node->root.count = node->steps.count = node->deviations.count = 0;
	node->tail = node->root_answers = 0;
	node->answers = SIZE_MAX;
	node->alone = false;
}

void pop_node_release(struct pop_node *node)
{
	vec_release(&node->root);
	vec_release(&node->steps);
	vec_release(&node->deviations);
}

static void copy_root(struct pop_node *to, const struct pop_node *from, size_t count)
{
	to->root.count = 0;
	for (size_t i = 0; i < count; i++)
		vec_push(&to->root, from->root.items[i]);
}

static void copy_steps(struct pop_node *to, const struct pop_node *from, size_t count)
{
	if (to->steps.capacity < count) {
		to->steps.capacity = 2 * count;
		to->steps.items =
			xrealloc(to->steps.items, to->steps.capacity * sizeof(*to->steps.items));
	}
	if (count)
		memcpy(to->steps.items, from->steps.items, count * sizeof(*to->steps.items));
	to->steps.count = count;
}

/* Those of the steps before @place, and at it those that the step there was made with. */
static void copy_deviations(struct pop_node *to, const struct pop_node *from, size_t place)
{
	to->deviations.count = 0;
	for (size_t i = 0; i < from->deviations.count; i++)
		if (from->deviations.items[i].place <= place)
			vec_push(&to->deviations, from->deviations.items[i]);
}

void pop_node_copy(struct pop_node *to, const struct pop_node *from)
{
	copy_root(to, from, from->root.count);
	copy_steps(to, from, from->steps.count);
	copy_deviations(to, from, SIZE_MAX);
	to->tail = from->tail;
	to->answers = from->answers;
	to->root_answers = from->root_answers;
	to->alone = from->alone;
}

void pop_frame_clear(struct pop_frame *frame)
{
	pop_node_clear(&frame->node);
	frame->plans.count = frame->clocks.count = 0;
}

void pop_frame_release(struct pop_frame *frame)
{
	pop_node_release(&frame->node);
	vec_release(&frame->plans);
	vec_release(&frame->clocks);
}

/* Whether @a is explored after @b. */
static bool comes_after(const struct pop_plan *a, const struct pop_plan *b)
{
	if (a->kind == POP_ROOT || b->kind == POP_ROOT)
		return b->kind != POP_ROOT;
	return a->place < b->place;
}

void pop_frame_sort(struct pop_frame *frame)
{
	struct pop_plan *plans = frame->plans.items;

	for (size_t i = 1; i < frame->plans.count; i++) {
		struct pop_plan plan = plans[i];
		size_t at = i;

		for (; at > 0 && comes_after(&plan, &plans[at - 1]); at--)
			plans[at] = plans[at - 1];
		plans[at] = plan;
	}
}

/* The steps behind @plan's place that its step needs, and that step. */
static void add_reversal(const struct pop_frame *frame, const struct pop_plan *plan,
			 size_t clock_size, struct pop_node *node)
{
	const struct pop_step *steps = frame->node.steps.items;
	const uint32_t *clock = frame->clocks.items + plan->clock * clock_size;
	uint32_t numbers[BATON_CPUS_MAX] = { 0 };

	for (size_t i = 0; i < frame->node.steps.count; i++) {
		bool needed = ++numbers[steps[i].cpu] <= clock[steps[i].cpu];

		if (i > plan->place && needed)
			vec_push(&node->steps,
				 ((struct pop_step){ steps[i].outcome, steps[i].cpu, false }));
	}
	node->tail = node->steps.count;
	vec_push(&node->steps, ((struct pop_step){ 0, plan->cpu, false }));
	vec_push(&node->deviations,
		 ((struct pop_deviation){ plan->place, (uint32_t)node->tail, POP_REVERSAL,
					  steps[plan->place].cpu }));
}

static void add_answer(const struct pop_frame *frame, const struct pop_plan *plan,
		       const struct dpor_outcomes *outcomes, struct pop_node *node)
{
	uint8_t cpu = frame->node.steps.items[plan->place].cpu;

	vec_push(&node->steps, ((struct pop_step){ plan->outcome, cpu, false }));
	node->tail = node->steps.count;
	node->answers = outcomes->items.items[plan->outcome].length;
	vec_push(&node->deviations,
		 ((struct pop_deviation){ plan->place, plan->place, POP_ANSWER, cpu }));
}

static void add_root(const struct pop_frame *frame, const struct pop_plan *plan,
		     struct pop_node *node)
{
	copy_root(node, &frame->node, plan->place + 1);
	node->root.items[plan->place].answer = (uint8_t)plan->outcome;
	node->root_answers = plan->place + 1;
}

void pop_frame_node(const struct pop_frame *frame, const struct pop_plan *plan, size_t clock_size,
		    const struct dpor_outcomes *outcomes, struct pop_node *node)
{
	pop_node_clear(node);
	if (plan->kind == POP_ROOT) {
		add_root(frame, plan, node);
		return;
	}
	copy_root(node, &frame->node, frame->node.root.count);
	node->root_answers = SIZE_MAX;
	copy_steps(node, &frame->node, plan->place);
	copy_deviations(node, &frame->node, plan->place);
	if (plan->kind == POP_REVERSAL) {
		add_reversal(frame, plan, clock_size, node);
	} else if (plan->kind == POP_ANSWER) {
		add_answer(frame, plan, outcomes, node);
	} else {
		node->tail = plan->place;
		vec_push(&node->deviations, ((struct pop_deviation){ plan->place, plan->place,
								     POP_ASLEEP, plan->cpu }));
	}
}
