/* SPDX-License-Identifier: MIT */
/*
 * pop_pick.c - who makes the next step of an execution: as the node says, and then by default.
 */
#include "explore/dpor_answer.h"
#include "explore/pop_search.h"

void pop_begin(struct strategy *strategy)
{
	struct pop *pop = (struct pop *)strategy;

	pop->depth = pop->root_depth = pop->deviation = 0;
	pop->asleep = 0;
}

/* @before: the options of this choice the last time; 0 if it was not made */
static uint32_t stop(struct pop *pop, const struct choice *choice, uint64_t before)
{
	mismatch_options(&pop->mismatch, choice, before);
	return STRATEGY_STOP;
}

/* ---- Choices inside of a step ----------------------------------------------------------- */

static uint32_t pick_answer(struct pop *pop, const struct choice *choice)
{
	struct dpor_choice now = dpor_choice_of(choice);
	size_t number = pop->answer++;

	if (!pop->depth)
		return dpor_answer_root(&pop->node.root, pop->root_depth++, choice, &pop->mismatch);
	if (pop->depth <= pop->replayed)
		return dpor_answer_again(&pop->path, pop->depth - 1, number, choice,
					 &pop->mismatch);
	now.answer = dpor_answer_planned(&pop->outcomes,
					 pop->node.steps.items[pop->depth - 1].outcome, number);
	vec_push(&pop->path.choices, now);
	return now.answer;
}

/* ---- CPUs ------------------------------------------------------------------------------- */

/* Put to sleep who sleeps from here on. */
static void meet_deviations(struct pop *pop)
{
	const struct pop_node *node = &pop->node;

	for (; pop->deviation < node->deviations.count; pop->deviation++) {
		struct pop_deviation deviation = node->deviations.items[pop->deviation];

		if (deviation.place > pop->depth)
			return;
		if (deviation.kind != POP_ASLEEP)
			continue;
		pop->asleep |= UINT64_C(1) << deviation.cpu;
		pop->sleepers[deviation.cpu] = dpor_path_pending(&pop->path, deviation.cpu).step;
	}
}

/* The step at pop->depth has been picked: wake up whom it concerns. */
static void wake(struct pop *pop)
{
	const struct dpor_step *made = &pop->path.events.items[pop->depth].step;

	for (uint64_t set = pop->asleep; set; set &= set - 1)
		if (dpor_dependent(&pop->sleepers[options_first(set)], made))
			pop->asleep &= ~(set & -set);
}

static uint32_t pick_again(struct pop *pop, const struct choice *choice)
{
	const struct dpor_event *event = &pop->path.events.items[pop->depth];

	if (event->options != choice->options)
		return stop(pop, choice, event->options);
	if (pop->asking) {
		dpor_path_ask(&pop->path, pop->depth);
		if (pop->depth + 1 == pop->path.events.count)
			return STRATEGY_STOP;
	}
	if (pop->asleep)
		wake(pop);
	pop->depth++;
	return event->step.cpu;
}

/* The CPU whose default step has just been displaced; -1: none was. */
static int displaced(const struct pop *pop)
{
	for (size_t i = pop->node.deviations.count; i > 0; i--) {
		const struct pop_deviation *deviation = &pop->node.deviations.items[i - 1];

		if (deviation->kind == POP_REVERSAL)
			return deviation->target + 1 == pop->depth ? deviation->cpu : -1;
	}
	return -1;
}

/*
 * The displaced step is made at once: so nobody comes before it that would belong to another
 * node. Else the CPU that runs goes on if it can: that costs no switch.
 */
static uint32_t default_cpu(const struct pop *pop, const struct choice *choice)
{
	uint64_t options = choice->options & ~pop->asleep;
	int cpu = pop->depth == pop->forced ? displaced(pop) : -1;

	if (!options)
		options = choice->options;
	if (cpu >= 0 && options_has(options, (uint32_t)cpu))
		return (uint32_t)cpu;
	return choice_default(choice, options);
}

static uint32_t pick_new(struct pop *pop, const struct choice *choice)
{
	uint32_t cpu;

	if (pop->depth < pop->forced) {
		cpu = pop->node.steps.items[pop->depth].cpu;
		if (!options_has(choice->options, cpu)) {
			pop->infeasible++;
			return STRATEGY_STOP;
		}
	} else {
		struct pop_step step;

		cpu = default_cpu(pop, choice);
		step = (struct pop_step){ 0, (uint8_t)cpu, !options_has(pop->asleep, cpu) };
		vec_push(&pop->node.steps, step);
	}
	dpor_path_push(&pop->path, cpu, choice->options);
	if (pop->asleep)
		wake(pop);
	pop->depth++;
	return cpu;
}

uint32_t pop_pick(struct strategy *strategy, const struct choice *choice)
{
	struct pop *pop = (struct pop *)strategy;

	if (choice->kind != BATON_CHOICE_CPU)
		return pick_answer(pop, choice);
	pop->answer = 0;
	if (pop->deviation < pop->node.deviations.count)
		meet_deviations(pop);
	pop->asleep_last = pop->asleep;
	if (pop->depth < pop->replayed)
		return pick_again(pop, choice);
	return pick_new(pop, choice);
}
