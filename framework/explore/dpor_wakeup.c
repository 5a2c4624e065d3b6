/* SPDX-License-Identifier: MIT */
#include "explore/dpor_wakeup.h"

#include <string.h>

void dpor_sequence_reserve(struct dpor_sequence *sequence, size_t count)
{
	if (sequence->steps.capacity >= count + 2)
		return;
	sequence->steps.capacity = 2 * count + 2;
	sequence->steps.items = xrealloc(sequence->steps.items,
					 sequence->steps.capacity * sizeof(struct dpor_step));
}

void dpor_sequence_copy(struct dpor_sequence *to, const struct dpor_sequence *from)
{
	dpor_sequence_reserve(to, from->steps.count);
	to->steps.count = from->steps.count;
	to->before = from->before;
	if (from->steps.count)
		memcpy(to->steps.items, from->steps.items,
		       from->steps.count * sizeof(*from->steps.items));
}

struct dpor_slice dpor_sequence_slice(const struct dpor_sequence *sequence)
{
	struct dpor_slice slice = {
		.steps = sequence->steps.items,
		.count = sequence->steps.count,
		.before = &sequence->before,
	};

	for (size_t i = 0; i < slice.count; i++)
		slice.cpus |= UINT64_C(1) << slice.steps[i].cpu;
	return slice;
}

enum dpor_relation dpor_relate_all(const struct dpor_step *step, const struct dpor_slice *slice,
				   size_t *at, const struct dpor_outcomes *outcomes)
{
	const struct dpor_step *steps = slice->steps;

	for (size_t i = 0; i < slice->count; i++) {
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

bool dpor_slice_allowed(const struct dpor_slice *slice, size_t at, uint32_t outcome,
			const struct dpor_outcomes *outcomes)
{
	struct dpor_failures failures = *slice->before;

	for (size_t i = 0; i < slice->count; i++)
		if (i != at)
			dpor_failures_add_outcome(&failures, outcomes, slice->steps[i].outcome);
	dpor_failures_add_outcome(&failures, outcomes, outcome);
	return dpor_failures_allowed(&failures, outcomes);
}

void dpor_wakeups_init(struct dpor_wakeups *wakeups)
{
	*wakeups = (struct dpor_wakeups){ .used_max = DPOR_WAKEUPS_MAX };
	vec_push(&wakeups->items, (struct dpor_wakeup){ .sibling = 0 });
}

void dpor_wakeups_release(struct dpor_wakeups *wakeups)
{
	vec_release(&wakeups->items);
	vec_release(&wakeups->way);
	vec_release(&wakeups->asleep);
}

static uint32_t new_wakeup(struct dpor_wakeups *wakeups, const struct dpor_step *step)
{
	struct dpor_wakeup wakeup = { .step = *step };
	uint32_t number = wakeups->unused;

	wakeups->used++;
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
	wakeups->used--;
}

/* Most often it is the first. */
static void remove_step(struct dpor_slice *slice, size_t at)
{
	memmove(slice->steps + 1, slice->steps, at * sizeof(*slice->steps));
	slice->steps++;
	slice->count--;
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
 * Does the exploration of @root take in @slice? If it has made a step of it by then, that
 * is removed. @before: what failed until there, of @slice
 */
static bool takes_in(struct dpor_wakeup *root, struct dpor_slice *slice,
		     struct dpor_failures *before, const struct dpor_outcomes *outcomes)
{
	size_t at = slice->count;
	enum dpor_relation relation = dpor_relate(&root->step, slice, &at, outcomes);

	if (relation == DPOR_OPPOSED || !dpor_slice_fits(slice, at, root->step.outcome, outcomes))
		return false;
	if (relation == DPOR_APART) {
		dpor_failures_add_outcome(before, outcomes, root->step.outcome);
		return true;
	}
	agree(root, &slice->steps[at], outcomes);
	dpor_failures_add_outcome(before, outcomes, slice->steps[at].outcome);
	remove_step(slice, at);
	return true;
}

/* The slice as a tree without branches. */
static uint32_t new_branch(struct dpor_wakeups *wakeups, const struct dpor_slice *slice)
{
	uint32_t branch = 0;

	for (size_t i = slice->count; i > 0; i--) {
		uint32_t number = new_wakeup(wakeups, &slice->steps[i - 1]);

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

/* ---- Leaving out ------------------------------------------------------------------------ */

/* A finding of the plan may turn out to be none: that it would stop all says nothing here. */
static bool wakes(const struct dpor_step *sleeper, const struct dpor_step *step)
{
	struct dpor_step plain = *step;

	plain.stops = false;
	return dpor_dependent(sleeper, &plain);
}

static void wake(struct dpor_wakeups *wakeups, const struct dpor_step *made)
{
	size_t kept = 0;

	for (size_t i = 0; i < wakeups->asleep.count; i++) {
		struct dpor_step sleeper = wakeups->asleep.items[i];

		if (!wakes(&sleeper, made))
			wakeups->asleep.items[kept++] = sleeper;
	}
	wakeups->asleep.count = kept;
}

/* Who sleeps behind the nodes of wakeups->way, when these are made; the first is in @list. */
static void find_asleep(struct dpor_wakeups *wakeups, uint32_t list,
			const struct dpor_sleepers *sleepers)
{
	wakeups->asleep.count = 0;
	for (size_t i = 0; i < sleepers->count; i++)
		vec_push(&wakeups->asleep, sleepers->steps[i]);
	vec_push(&wakeups->asleep, *sleepers->current);
	for (size_t i = 0; i < wakeups->way.count; i++) {
		uint32_t node = wakeups->way.items[i];

		for (; list != node; list = wakeups->items.items[list].sibling)
			vec_push(&wakeups->asleep, wakeups->items.items[list].step);
		wake(wakeups, &wakeups->items.items[node].step);
		list = wakeups->items.items[node].children;
	}
}

/* Is there a CPU, not in @asleep, whose next step is in the slice and wakes @sleeper? */
static bool will_wake(const struct dpor_slice *slice, uint64_t asleep,
		      const struct dpor_step *sleeper)
{
	for (size_t i = 0; i < slice->count; i++) {
		const struct dpor_step *step = &slice->steps[i];

		if (asleep >> step->cpu & 1)
			continue;
		if (!step->waits && wakes(sleeper, step))
			return true;
		asleep |= UINT64_C(1) << step->cpu;
	}
	return false;
}

/* Will all who sleep behind the nodes of wakeups->way be woken, whatever is made behind them? */
static bool will_wake_all(struct dpor_wakeups *wakeups, uint32_t list,
			  const struct dpor_slice *slice, const struct dpor_sleepers *sleepers)
{
	uint64_t asleep = 0;

	find_asleep(wakeups, list, sleepers);
	for (size_t i = 0; i < wakeups->asleep.count; i++)
		asleep |= UINT64_C(1) << wakeups->asleep.items[i].cpu;
	for (size_t i = 0; i < wakeups->asleep.count; i++)
		if (!will_wake(slice, asleep, &wakeups->asleep.items[i]))
			return false;
	return true;
}

/* ---- Planning --------------------------------------------------------------------------- */

/* No root behind the last node of wakeups->way takes in what is left of the sequence. */
static void add_branch(struct dpor_wakeups *wakeups, uint32_t *list, const struct dpor_slice *slice,
		       const struct dpor_sleepers *sleepers)
{
	uint32_t branch, parent = 0;

	if (wakeups->way.count)
		parent = wakeups->way.items[wakeups->way.count - 1];
	if (parent && !wakeups->keeps_all &&
	    (wakeups->used + slice->count > wakeups->used_max ||
	     will_wake_all(wakeups, *list, slice, sleepers))) {
		wakeups->items.items[parent].step.partial = true;
		wakeups->left_out++;
		return;
	}
	/* First the branch: the pool may move. */
	branch = new_branch(wakeups, slice);
	append(wakeups, parent ? &wakeups->items.items[parent].children : list, branch);
}

void dpor_wakeup_insert(struct dpor_wakeups *wakeups, uint32_t *list,
			struct dpor_sequence *sequence, const struct dpor_sleepers *sleepers,
			const struct dpor_outcomes *outcomes)
{
	struct dpor_slice slice = dpor_sequence_slice(sequence);
	uint32_t children = *list;

	wakeups->way.count = 0;
	while (slice.count) {
		uint32_t root = children;

		while (root &&
		       !takes_in(&wakeups->items.items[root], &slice, &sequence->before, outcomes))
			root = wakeups->items.items[root].sibling;

		if (!root) {
			add_branch(wakeups, list, &slice, sleepers);
			return;
		}
		children = wakeups->items.items[root].children;
		/* Behind a step that stops everything a plan is kept all the same. */
		if (wakeups->items.items[root].step.partial ||
		    (!children && !wakeups->items.items[root].step.stops))
			return;
		vec_push(&wakeups->way, root);
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
