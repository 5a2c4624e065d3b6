/* SPDX-License-Identifier: MIT */
#include "explore/dpor_wakeup.h"

#include <string.h>

enum dpor_relation dpor_relate(const struct dpor_step *step, const struct dpor_step *steps,
			       size_t count, size_t *at, const struct dpor_outcomes *outcomes)
{
	for (size_t i = 0; i < count; i++) {
		if (steps[i].cpu == step->cpu &&
		    dpor_outcome_agree(outcomes, steps[i].outcome, step->outcome)) {
			*at = i;
			return DPOR_BEGINS;
		}
		if (dpor_dependent(step, &steps[i]))
			return DPOR_OPPOSED;
	}
	return DPOR_APART;
}

bool dpor_sequence_fits(const struct dpor_sequence *sequence, size_t at, uint32_t outcome,
			const struct dpor_outcomes *outcomes)
{
	struct dpor_failures failures = sequence->before;

	if (!outcome)
		return true;
	for (size_t i = 0; i < sequence->steps.count; i++)
		if (i != at)
			dpor_failures_add_outcome(&failures, outcomes,
						  sequence->steps.items[i].outcome);
	dpor_failures_add_outcome(&failures, outcomes, outcome);
	return dpor_failures_allowed(&failures, outcomes);
}

void dpor_wakeups_init(struct dpor_wakeups *wakeups)
{
	*wakeups = (struct dpor_wakeups){ { NULL, 0, 0 }, 0 };
	vec_push(&wakeups->items, (struct dpor_wakeup){ .sibling = 0 });
}

void dpor_wakeups_release(struct dpor_wakeups *wakeups)
{
	vec_release(&wakeups->items);
}

static uint32_t new_wakeup(struct dpor_wakeups *wakeups, const struct dpor_step *step)
{
	struct dpor_wakeup wakeup = { .step = *step };
	uint32_t number = wakeups->unused;

	if (!number) {
		vec_push(&wakeups->items, wakeup);
		return (uint32_t)wakeups->items.count - 1;
	}
	wakeups->unused = wakeups->items.items[number].sibling;
	wakeups->items.items[number] = wakeup;
	return number;
}

static void free_wakeup(struct dpor_wakeups *wakeups, uint32_t number)
{
	wakeups->items.items[number].sibling = wakeups->unused;
	wakeups->unused = number;
}

static void remove_step(struct dpor_sequence *sequence, size_t at,
			const struct dpor_outcomes *outcomes)
{
	struct dpor_step *steps = sequence->steps.items;

	dpor_failures_add_outcome(&sequence->before, outcomes, steps[at].outcome);
	sequence->steps.count--;
	memmove(steps + at, steps + at + 1, (sequence->steps.count - at) * sizeof(*steps));
}

/*
 * The step that @root is begins the sequence too. Where @root leaves answers open that
 * the sequence has, take them over: more is planned behind it that may need them.
 */
static void agree(struct dpor_wakeup *root, const struct dpor_step *step,
		  const struct dpor_outcomes *outcomes)
{
	const struct dpor_outcome *items = outcomes->items.items;

	if (root->children && items[root->step.outcome].length < items[step->outcome].length)
		root->step.outcome = step->outcome;
}

/*
 * Does the exploration of @root take in @sequence? If it has made a step of it by then,
 * that is removed.
 */
static bool takes_in(struct dpor_wakeup *root, struct dpor_sequence *sequence,
		     const struct dpor_outcomes *outcomes)
{
	struct dpor_step *steps = sequence->steps.items;
	size_t at = sequence->steps.count;
	enum dpor_relation relation = dpor_relate(&root->step, steps, at, &at, outcomes);

	if (relation == DPOR_OPPOSED ||
	    !dpor_sequence_fits(sequence, at, root->step.outcome, outcomes))
		return false;
	if (relation == DPOR_APART) {
		dpor_failures_add_outcome(&sequence->before, outcomes, root->step.outcome);
		return true;
	}
	agree(root, &steps[at], outcomes);
	remove_step(sequence, at, outcomes);
	return true;
}

/* The first root of @list whose exploration takes in @sequence. */
static uint32_t root_for(struct dpor_wakeups *wakeups, uint32_t list,
			 struct dpor_sequence *sequence, const struct dpor_outcomes *outcomes)
{
	while (list && !takes_in(&wakeups->items.items[list], sequence, outcomes))
		list = wakeups->items.items[list].sibling;
	return list;
}

/* The sequence as a tree without branches. */
static uint32_t new_branch(struct dpor_wakeups *wakeups, const struct dpor_sequence *sequence)
{
	uint32_t branch = 0;

	for (size_t i = sequence->steps.count; i > 0; i--) {
		uint32_t number = new_wakeup(wakeups, &sequence->steps.items[i - 1]);

		wakeups->items.items[number].children = branch;
		branch = number;
	}
	return branch;
}

static void append(struct dpor_wakeups *wakeups, uint32_t *list, uint32_t branch)
{
	while (*list)
		list = &wakeups->items.items[*list].sibling;
	*list = branch;
}

void dpor_wakeup_insert(struct dpor_wakeups *wakeups, uint32_t *list,
			struct dpor_sequence *sequence, const struct dpor_outcomes *outcomes)
{
	uint32_t children = *list, parent = 0;

	while (sequence->steps.count) {
		uint32_t root = root_for(wakeups, children, sequence, outcomes);

		if (!root) {
			/* First the branch: the pool may move. */
			uint32_t branch = new_branch(wakeups, sequence);

			if (parent)
				list = &wakeups->items.items[parent].children;
			append(wakeups, list, branch);
			return;
		}
		children = wakeups->items.items[root].children;
		/* Behind a step that stops everything a plan is kept all the same. */
		if (!children && !wakeups->items.items[root].step.stops)
			return;
		parent = root;
	}
}

struct dpor_step dpor_wakeup_take(struct dpor_wakeups *wakeups, uint32_t *list, uint32_t *children)
{
	uint32_t number = *list;
	struct dpor_wakeup *wakeup = &wakeups->items.items[number];
	struct dpor_step step = wakeup->step;

	*children = wakeup->children;
	*list = wakeup->sibling;
	free_wakeup(wakeups, number);
	return step;
}

void dpor_wakeup_drop(struct dpor_wakeups *wakeups, uint32_t *list)
{
	while (*list) {
		uint32_t children;

		dpor_wakeup_take(wakeups, list, &children);
		dpor_wakeup_drop(wakeups, &children);
	}
}
