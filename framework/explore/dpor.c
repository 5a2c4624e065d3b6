/* SPDX-License-Identifier: MIT */
#include "explore/dpor_search.h"

#include <string.h>

/* ---- What the execution showed ---------------------------------------------------------- */

static void note_ending(struct dpor *dpor)
{
	struct dpor_ending *ending = &dpor->ending;

	ending->pending = 0;
	for (uint64_t set = sim_unfinished(); set; set &= set - 1) {
		uint32_t cpu = options_first(set);
		struct sim_access access = sim_pending((int)cpu);

		if (!access.point)
			continue;
		ending->pending |= UINT64_C(1) << cpu;
		ending->pendings[cpu] = dpor_path_pending(&dpor->path, cpu);
		if (access.retries)
			ending->pendings[cpu].ready = access.retried;
		if (access.wait)
			ending->pendings[cpu].ready = access.wait->ready(access.object);
	}
	ending->finding = sim_cut_short();
}

/* The races of what the CPUs in @set have announced and not done. */
static void find_pending_races(struct dpor *dpor, uint64_t set)
{
	for (; set; set &= set - 1)
		dpor_race_pending(&dpor->races, &dpor->path,
				  &dpor->ending.pendings[options_first(set)]);
}

/* What could have been made instead of the last step, and now cannot be made any more. */
static void find_prevented(struct dpor *dpor, uint64_t set)
{
	uint32_t last = (uint32_t)dpor->path.events.count - 1;

	for (; set; set &= set - 1)
		dpor_race_prevented(&dpor->races, &dpor->path, last,
				    &dpor->ending.pendings[options_first(set)]);
}

static void find_races(struct dpor *dpor)
{
	const struct dpor_ending *ending = &dpor->ending;
	struct dpor_event *last = &dpor->path.events.items[dpor->path.events.count - 1];
	uint64_t pending = ending->pending, enabled = last->options;

	if (ending->finding) {
		last->step.stops = true;
		pending &= ~(UINT64_C(1) << last->step.cpu);
	}
	dpor_race_events(&dpor->races, &dpor->path);
	if (ending->finding)
		find_prevented(dpor, pending & enabled);
	find_pending_races(dpor, ending->finding ? pending & ~enabled : pending);
}

/* ---- The next execution ----------------------------------------------------------------- */

/* Leave the last event: its step need not be explored again from its place. */
static void leave_event(struct dpor *dpor)
{
	size_t last = dpor->path.events.count - 1;
	struct dpor_event *event = &dpor->path.events.items[last];

	if (event->races && last < dpor->path.clocked)
		dpor_clock_meet(&dpor->path, dpor->changed, dpor_path_clock(&dpor->path, last));
	dpor_wakeup_drop(&dpor->wakeups, &dpor->places.items[last + 1].wakeups);
	dpor->sleepers.count = dpor->places.items[last + 1].sleepers;
	dpor->places.count = last + 1;
	vec_push(&dpor->sleepers, event->step);
	if (event->races < dpor->races.items.count)
		dpor->races.items.count = event->races;
	dpor_path_cut(&dpor->path, last);
	dpor->depth = dpor->replayed = last;
}

/* Is there more to explore from the last place? @options: CPUs that can go on there. */
static bool has_more(const struct dpor *dpor, uint64_t options)
{
	const struct dpor_place *place = &dpor->places.items[dpor->depth];

	return place->wakeups || (place->free && options & ~dpor_asleep(dpor));
}

static bool root_fits(const struct dpor *dpor)
{
	struct dpor_failures failures = { { 0 } };

	dpor_failures_add(&failures, dpor->root.items, dpor->root.count);
	return dpor_failures_allowed(&failures, &dpor->outcomes);
}

static bool next_root(struct dpor *dpor)
{
	while (dpor->root.count) {
		struct dpor_choice *last = &dpor->root.items[dpor->root.count - 1];

		while (++last->answer < last->count)
			if (root_fits(dpor))
				return true;
		dpor->root.count--;
	}
	return false;
}

static void clear_places(struct dpor *dpor)
{
	dpor->places.count = dpor->sleepers.count = dpor->races.items.count = 0;
	vec_push(&dpor->places, ((struct dpor_place){ .free = dpor->depth_max != SIZE_MAX }));
}

static bool next_execution(struct dpor *dpor)
{
	memset(dpor->changed, INT8_MAX, sizeof(dpor->changed));
	while (dpor->path.events.count > dpor->base.steps.count) {
		size_t last = dpor->path.events.count - 1;
		uint64_t options = dpor->path.events.items[last].options;

		leave_event(dpor);
		if (has_more(dpor, options))
			return true;
	}
	if (dpor->base.given)
		return false;
	clear_places(dpor);
	return next_root(dpor);
}

/* Some condition was not known of when the execution passed: run it again, and ask. */
static void ask_again(struct dpor *dpor)
{
	dpor->asking = true;
	dpor->asked++;
	dpor->path.clocked = 0;
	dpor->races.items.count = 0;
	dpor->replayed = dpor->path.events.count;
	memset(dpor->changed, 0, sizeof(dpor->changed));
}

/* Return: false if it must be looked at again. */
static bool look_at(struct dpor *dpor)
{
	bool asked = dpor->asking;

	if (!asked) {
		note_ending(dpor);
		dpor_path_note_outcomes(&dpor->path, dpor->replayed, &dpor->outcomes);
	}
	dpor->asking = dpor->races.unasked = false;
	find_races(dpor);
	if (dpor->races.unasked && !asked) {
		ask_again(dpor);
		return false;
	}
	dpor_plan(dpor);
	return true;
}

/* All CPUs are explored from every place, and of every step that is new, all choices. */
static void look_at_beginning(struct dpor *dpor)
{
	size_t first = dpor->replayed;

	note_ending(dpor);
	dpor_path_note_outcomes(&dpor->path, dpor->replayed, &dpor->outcomes);
	if (dpor->ending.finding)
		dpor->path.events.items[dpor->path.events.count - 1].step.stops = true;
	if (first < dpor->base.steps.count)
		first = dpor->base.steps.count;
	for (size_t i = first; i < dpor->path.events.count; i++)
		dpor_plan_answers(dpor, i);
}

static bool dpor_end(struct strategy *strategy)
{
	struct dpor *dpor = (struct dpor *)strategy;

	if (dpor->depth < dpor->replayed && !dpor->asking)
		mismatch_end(&dpor->mismatch);
	if (dpor->mismatch.found || dpor->path.mixed)
		return false;
	if (dpor->depth_max != SIZE_MAX)
		look_at_beginning(dpor);
	else if (dpor->path.events.count && !look_at(dpor))
		return true;
	return next_execution(dpor);
}

/* ---- Life cycle ------------------------------------------------------------------------- */

void dpor_init(struct dpor *dpor, const struct baton_program *program)
{
	*dpor = (struct dpor){
		.strategy = { .begin = dpor_begin, .pick = dpor_pick, .end = dpor_end },
		.mismatch = MISMATCH_INIT,
		.depth_max = SIZE_MAX,
	};
	dpor_path_init(&dpor->path, program);
	dpor_wakeups_init(&dpor->wakeups);
	dpor_outcomes_init(&dpor->outcomes);
	clear_places(dpor);
}

void dpor_release(struct dpor *dpor)
{
	dpor_path_release(&dpor->path);
	mismatch_release(&dpor->mismatch);
	dpor_wakeups_release(&dpor->wakeups);
	dpor_outcomes_release(&dpor->outcomes);
	vec_release(&dpor->races.items);
	vec_release(&dpor->places);
	vec_release(&dpor->sleepers);
	vec_release(&dpor->sequence.steps);
	vec_release(&dpor->scratch.steps);
	vec_release(&dpor->rest.steps);
	vec_release(&dpor->root);
	vec_release(&dpor->base.steps);
	vec_release(&dpor->base.sleepers);
}
