/* SPDX-License-Identifier: MIT */
/*
 * explore.c - a search from its first slice to its result.
 *
 * The first slice is run here: many searches are not longer. The rest is for the workers,
 * if there are any. Who runs what, and when, does not matter: see frontier.h.
 */
#include "explore/explore.h"

#include "base/bug.h"
#include "base/clock.h"
#include "explore/frontier_run.h"
#include "explore/rate.h"

/*
 * Steps of a slice: 10 to 100 ms of work. Less, and it costs more to hand it out than to do
 * it; more, and at the end of a search others wait for the last one.
 */
#define SLICE_STEPS 300000u

/* Of the first one, which nobody shares: what it takes to start workers. */
#define FIRST_SLICE_STEPS 30000u

/* Pieces that are done and wait to be put together. */
#define PIECES_DONE_MAX 32u

/* While workers work, somebody looks at the clock so often. */
#define LOOK_MILLISECONDS 200

struct conduct {
	const struct explore_search *search;
	struct slicer slicer;
	struct gatherer *gatherers;
	struct frontier *frontier;
	struct workers workers;
	bool interrupted; /* the one who looks on has ended it */
};

/* Of the next slice. */
static uint64_t slice_steps(const struct conduct *conduct)
{
	bool first = conduct->frontier->pieces.count == 1;

	if (conduct->search->slice_steps)
		return conduct->search->slice_steps;
	return first ? FIRST_SLICE_STEPS : SLICE_STEPS;
}

/* After each piece: keep the frontier short, and let others see it. */
static int look(struct conduct *conduct, struct err *err)
{
	struct explore_watch *watch = conduct->search->watch;

	conduct->frontier->running = workers_executions(&conduct->workers);
	if (frontier_fold(conduct->frontier, conduct->gatherers, PIECES_DONE_MAX, err))
		return -1;
	if (watch && !watch->look(watch, conduct->frontier))
		conduct->interrupted = true;
	if (frontier_is_over(conduct->frontier))
		return 0;
	if (conduct->slicer.end_ms && clock_ms() >= conduct->slicer.end_ms)
		conduct->slicer.spent = SPENT_TIME;
	else if (slice_overflows(conduct->search))
		conduct->slicer.spent = SPENT_MEMORY;
	return 0;
}

/* ---- In this process ---------------------------------------------------------------------- */

static int run_piece(struct conduct *conduct, struct err *err)
{
	struct slice_result result = SLICE_RESULT_INIT;
	struct slice slice = { .steps_max = slice_steps(conduct) };
	struct piece *piece = frontier_next(conduct->frontier, &slice);
	int status;

	BUG_ON(!piece);
	status = slice_run(&conduct->slicer, &slice, &result, err);
	if (status)
		frontier_drop(conduct->frontier, piece);
	else
		frontier_finish(conduct->frontier, piece, &result);
	slice_result_release(&result);
	return status ? status : look(conduct, err);
}

static bool goes_on(const struct conduct *conduct)
{
	return !conduct->interrupted && !conduct->slicer.spent &&
	       !frontier_is_over(conduct->frontier);
}

static int run_here(struct conduct *conduct, struct err *err)
{
	while (goes_on(conduct))
		if (run_piece(conduct, err))
			return -1;
	return 0;
}

/* ---- In workers --------------------------------------------------------------------------- */

static void hand_out(struct conduct *conduct)
{
	struct worker *worker;

	while ((worker = workers_idle(&conduct->workers))) {
		struct slice slice = { .steps_max = slice_steps(conduct) };
		struct piece *piece = frontier_next(conduct->frontier, &slice);
		struct text request = TEXT_INIT;

		if (!piece)
			return;
		slice_ask(&slice, &request);
		workers_ask(worker, request.bytes, piece);
		text_release(&request);
	}
}

static int wait_and_take(struct conduct *conduct, struct workers_answer *answer, struct err *err)
{
	int status = workers_wait(&conduct->workers, LOOK_MILLISECONDS, answer, err);

	if (status > 0)
		status = frontier_take(conduct->frontier, answer->task, answer, err);
	if (conduct->frontier->spent)
		conduct->slicer.spent = conduct->frontier->spent;
	if (status)
		return -1;
	hand_out(conduct);
	return look(conduct, err);
}

/* Nobody waits for what they do now. */
static void dismiss(struct conduct *conduct)
{
	for (size_t i = 0; i < conduct->workers.list.count; i++)
		if (conduct->workers.list.items[i].task)
			frontier_drop(conduct->frontier, conduct->workers.list.items[i].task);
	workers_stop(&conduct->workers);
}

static int run_apart(struct conduct *conduct, struct err *err)
{
	struct workers_answer answer = { .reply = TEXT_INIT, .death = TEXT_INIT };
	int status = 0;

	conduct->workers = (struct workers){ .answer = slice_answer, .arg = &conduct->slicer };
	if (workers_start(&conduct->workers, conduct->search->jobs ? conduct->search->jobs : 1,
			  err))
		return -1;
	hand_out(conduct);
	while (!status && goes_on(conduct))
		status = wait_and_take(conduct, &answer, err);
	dismiss(conduct);
	text_release(&answer.reply);
	text_release(&answer.death);
	return status;
}

/* ---- The whole ---------------------------------------------------------------------------- */

static bool can_share(const struct explorer *explorer)
{
	return explorer_splits(explorer) || explorer_recuts(explorer);
}

static bool has_workers(const struct conduct *conduct)
{
	const struct explore_judge *judge = conduct->slicer.judge;

	/* Who keeps something and cannot save it must see all executions in this process. */
	return conduct->search->jobs > 1 && can_share(&conduct->slicer.explorer) &&
	       (!judge || judge->gatherers);
}

static bool is_contained(const struct conduct *conduct)
{
	return conduct->search->contained && conduct->gatherers->next;
}

static int run(struct conduct *conduct, struct err *err)
{
	if (goes_on(conduct) && is_contained(conduct))
		return run_apart(conduct, err);
	if (goes_on(conduct) && run_piece(conduct, err))
		return -1;
	if (!goes_on(conduct))
		return 0;
	return has_workers(conduct) ? run_apart(conduct, err) : run_here(conduct, err);
}

static enum rate_end end_of(const struct conduct *conduct)
{
	if (conduct->slicer.spent || conduct->frontier->cut)
		return RATE_CUT;
	return frontier_is_over(conduct->frontier) ? RATE_THROUGH : RATE_CUT;
}

/* What the gatherers have is the sum of what they had before, @base, and of the frontier. */
static int sum_up(struct conduct *conduct, const struct text *base, struct explore_result *result,
		  struct err *err)
{
	struct fields fields;

	fields_init(&fields, "gathered", base->bytes);
	if (frontier_fold(conduct->frontier, conduct->gatherers, 1, err))
		return -1;
	gather_restart(conduct->gatherers);
	if (gather_merge(conduct->gatherers->next, &fields, err) ||
	    frontier_gather(conduct->frontier, conduct->gatherers, err))
		return -1;
	rate(result, &conduct->slicer, end_of(conduct));
	result->interrupted = conduct->interrupted;
	result->spent = conduct->slicer.spent != SPENT_NOTHING;
	return 0;
}

int explore_run(const struct explore_search *search, struct explore_filter *filter,
		const struct explore_judge *judge, struct explore_result *result, struct err *err)
{
	struct conduct conduct = { .search = search };
	struct text base = TEXT_INIT;
	struct frontier own;
	int status = -1;

	slicer_init(&conduct.slicer, search, filter, judge);
	conduct.slicer.stop = search->watch ? search->watch->stop : NULL;
	conduct.gatherers = &conduct.slicer.counts.gatherer;
	frontier_init(&own);
	conduct.frontier = search->frontier ? search->frontier : &own;
	gather_save(conduct.gatherers->next, &base);
	sim_bound_steps(search->steps_bound);
	if (!frontier_begin(conduct.frontier, &conduct.slicer, err) && !run(&conduct, err))
		status = sum_up(&conduct, &base, result, err);
	sim_bound_steps(0);
	frontier_release(&own);
	text_release(&base);
	slicer_release(&conduct.slicer);
	return status;
}
