/* SPDX-License-Identifier: MIT */
#include "explore/pop_search.h"

#include <string.h>

#include "base/bug.h"

/* ---- What the execution showed ---------------------------------------------------------- */

static void note_ending(struct pop *pop)
{
	pop->waiting = 0;
	for (uint64_t set = sim_unfinished(); set; set &= set - 1) {
		uint32_t cpu = options_first(set);
		struct sim_access access = sim_pending((int)cpu);

		if (!access.point || !access.wait)
			continue;
		pop->waiting |= UINT64_C(1) << cpu;
		pop->pendings[cpu] = dpor_path_pending(&pop->path, cpu);
		pop->pendings[cpu].ready = access.wait->ready(access.object);
	}
	pop->finding = sim_cut_short();
}

static void note_outcomes(struct pop *pop)
{
	dpor_path_note_outcomes(&pop->path, pop->replayed, &pop->outcomes);
	for (size_t i = pop->replayed; i < pop->path.events.count; i++)
		pop->node.steps.items[i].outcome = pop->path.events.items[i].step.outcome;
}

/* ---- The next execution ----------------------------------------------------------------- */

/* Memory of earlier frames is used again. */
static struct pop_frame *new_frame(struct pop *pop)
{
	if (pop->frame_count == pop->frames.count)
		vec_push(&pop->frames, (struct pop_frame){ .plans = { 0 } });
	pop_frame_clear(&pop->frames.items[pop->frame_count]);
	return &pop->frames.items[pop->frame_count];
}

/* Keep what the next execution has in common with the last. */
static void rewind_path(struct pop *pop)
{
	const struct dpor_event *events = pop->path.events.items;
	size_t common = 0, end = pop->path.events.count;

	pop->forced = pop->node.steps.count;
	if (end > pop->forced)
		end = pop->forced;
	while (common < end && events[common].step.cpu == pop->node.steps.items[common].cpu &&
	       events[common].step.outcome == pop->node.steps.items[common].outcome)
		common++;
	dpor_path_cut(&pop->path, common);
	pop->replayed = common;
}

void pop_next_queued(struct pop *pop)
{
	pop_node_release(&pop->node);
	pop->node = vec_pop(&pop->queue);
	dpor_path_cut(&pop->path, 0);
	rewind_path(pop);
}

static bool next_execution(struct pop *pop)
{
	struct pop_frame *frame;
	struct pop_plan plan;

	if (!pop->frame_count) {
		if (!pop->queue.count)
			return false;
		pop_next_queued(pop);
		return true;
	}
	frame = &pop->frames.items[pop->frame_count - 1];
	plan = vec_pop(&frame->plans);
	pop_frame_node(frame, &plan, pop->path.clock_size, &pop->outcomes, &pop->node);
	if (plan.kind == POP_ROOT)
		dpor_path_cut(&pop->path, 0);
	if (!frame->plans.count)
		pop->frame_count--;
	rewind_path(pop);
	return true;
}

/* Some condition was not known of when the execution passed: run it again, and ask. */
static void ask_again(struct pop *pop)
{
	pop->asking = true;
	pop->asked++;
	pop->path.clocked = 0;
	pop->replayed = pop->path.events.count;
}

/* Return: false if it must be looked at again. */
static bool look_at(struct pop *pop)
{
	struct pop_frame *frame = new_frame(pop);
	bool asked = pop->asking;

	if (!asked)
		note_ending(pop);
	pop->asking = pop->unasked = false;
	pop_plan(pop, frame);
	if (pop->unasked && !asked) {
		ask_again(pop);
		return false;
	}
	if (frame->plans.count) {
		pop_frame_sort(frame);
		pop_node_copy(&frame->node, &pop->node);
		pop->frame_count++;
	}
	return true;
}

static bool pop_end(struct strategy *strategy)
{
	struct pop *pop = (struct pop *)strategy;

	if (pop->depth < pop->replayed && !pop->asking)
		mismatch_end(&pop->mismatch);
	if (pop->mismatch.found || pop->path.mixed)
		return false;
	if (!pop->asking)
		note_outcomes(pop);
	if ((pop->asking || pop->depth >= pop->forced) && !pop->node.alone && !look_at(pop))
		return true;
	return next_execution(pop);
}

/* ---- Life cycle ------------------------------------------------------------------------- */

void pop_init(struct pop *pop, const struct baton_program *program)
{
	*pop = (struct pop){
		.strategy = { .begin = pop_begin, .pick = pop_pick, .end = pop_end },
		.mismatch = MISMATCH_INIT,
	};
	dpor_path_init(&pop->path, program);
	BUG_ON(pop->path.contexts);
	dpor_outcomes_init(&pop->outcomes);
	pop_node_clear(&pop->node);
}

void pop_release(struct pop *pop)
{
	dpor_path_release(&pop->path);
	dpor_outcomes_release(&pop->outcomes);
	mismatch_release(&pop->mismatch);
	pop_node_release(&pop->node);
	for (size_t i = 0; i < pop->frames.count; i++)
		pop_frame_release(&pop->frames.items[i]);
	vec_release(&pop->frames);
	for (size_t i = 0; i < pop->queue.count; i++)
		pop_node_release(&pop->queue.items[i]);
	vec_release(&pop->queue);
	vec_release(&pop->seconds);
}
