/* SPDX-License-Identifier: MIT */
#include "scenario/ahead.h"

#include <inttypes.h>
#include <string.h>

#include "explore/frontier_run.h"
#include "scenario/run_state.h"

/* Steps that a worker makes before it hands back what it has: 10 to 100 ms of work. */
#define SLICE_STEPS 300000u

/* Pieces of a search that are done and wait to be put together. */
#define PIECES_DONE_MAX 32u

#define LOOK_MILLISECONDS 200

enum ahead_state {
	AHEAD_WAITS, /* nobody has looked at it yet */
	AHEAD_BEGUN, /* it has a frontier; and all that is below */
	AHEAD_LEFT,  /* and nobody explores it any more before its turn */
	AHEAD_GONE,  /* its turn has come, or it cannot even be begun */
};

struct ahead_search {
	struct run_case which;
	enum ahead_state state;
	unsigned int running; /* parts that are with workers */
	struct err err;       /* of workers that died at it */
	struct variant_result result;
	struct run run;
	struct explore_judge judge;
	struct slicer slicer;
};

/* What a worker is at. */
struct task {
	struct ahead_search *search;
	struct piece *piece;
};

/* ---- In any process ----------------------------------------------------------------------- */

static void leave(struct ahead *ahead)
{
	if (ahead->open)
		run_close();
	ahead->open = NULL;
}

static int enter(struct ahead *ahead, struct ahead_search *search, struct err *err)
{
	if (ahead->open == search)
		return 0;
	leave(ahead);
	if (run_open(&search->run, err))
		return -1;
	ahead->open = search;
	return 0;
}

/* Make it ready to run slices; its simulation is open then. */
static int set_up(struct ahead *ahead, struct ahead_search *search, struct err *err)
{
	variant_result_init(&search->result);
	if (run_init(&search->run, &search->which, ahead->options, &search->result, err)) {
		variant_result_release(&search->result);
		return -1;
	}
	if (enter(ahead, search, err)) {
		run_release(&search->run);
		variant_result_release(&search->result);
		return -1;
	}
	search->judge = run_judge(&search->run);
	slicer_init(&search->slicer, &search->run.search, run_filter(&search->run), &search->judge);
	return 0;
}

static void tear_down(struct ahead *ahead, struct ahead_search *search)
{
	if (ahead->open == search)
		leave(ahead);
	slicer_release(&search->slicer);
	run_release(&search->run);
	variant_result_release(&search->result);
}

/* ---- In a worker -------------------------------------------------------------------------- */

/* The search that the request is for, ready; the one that was ready before is not any more. */
static struct ahead_search *turn_to(struct ahead *ahead, size_t index, struct err *err)
{
	struct ahead_search *search = ahead->searches.items[index];

	if (search == ahead->open)
		return search;
	if (ahead->open)
		tear_down(ahead, ahead->open);
	return set_up(ahead, search, err) ? NULL : search;
}

static void answer(void *arg, const char *request, struct text *reply)
{
	struct ahead *ahead = arg;
	struct err err = ERR_INIT;
	char *end;
	size_t index = (size_t)strtoumax(request, &end, 10);
	struct ahead_search *search = turn_to(ahead, index, &err);

	if (search)
		slice_answer(&search->slicer, end + 1, reply);
	else
		text_addf(reply, "error\n%s", err.text.bytes);
	err_release(&err);
}

/* ---- Handing out -------------------------------------------------------------------------- */

static struct frontier *frontier_of(const struct ahead_search *search)
{
	return search->run.search.frontier;
}

static int begin(struct ahead *ahead, struct ahead_search *search, struct err *err)
{
	if (set_up(ahead, search, err))
		return -1;
	search->state = AHEAD_LEFT;
	if (checkpoint_enter(ahead->options->checkpoint, &search->which, &search->run.search,
			     err) ||
	    frontier_begin(frontier_of(search), &search->slicer, err))
		return -1;
	search->state = AHEAD_BEGUN;
	return 0;
}

/* Whoever runs it meets the error again. */
static void begin_once(struct ahead *ahead, struct ahead_search *search)
{
	struct err err = ERR_INIT;

	if (search->state == AHEAD_WAITS) {
		search->state = AHEAD_GONE;
		(void)begin(ahead, search, &err);
	}
	err_release(&err);
}

static struct piece *next_piece(struct ahead *ahead, size_t index, struct slice *slice)
{
	struct ahead_search *search = ahead->searches.items[index];

	begin_once(ahead, search);
	return search->state == AHEAD_BEGUN ? frontier_next(frontier_of(search), slice) : NULL;
}

static void ask(struct ahead *ahead, size_t index, struct piece *piece, const struct slice *slice)
{
	struct text request = TEXT_INIT;
	struct task *task = xcalloc(1, sizeof(*task));

	*task = (struct task){ ahead->searches.items[index], piece };
	task->search->running++;
	text_addf(&request, "%zu ", index);
	slice_ask(slice, &request);
	workers_ask(workers_idle(&ahead->workers), request.bytes, task);
	text_release(&request);
}

static void hand_out(struct ahead *ahead)
{
	for (size_t i = 0; i < ahead->searches.count && workers_idle(&ahead->workers);) {
		struct slice slice = { .steps_max = SLICE_STEPS };
		struct piece *piece = next_piece(ahead, i, &slice);

		if (piece)
			ask(ahead, i, piece, &slice);
		else
			i++;
	}
}

/* ---- Taking back -------------------------------------------------------------------------- */

static void take(struct ahead_search *search, struct piece *piece,
		 const struct workers_answer *answered)
{
	struct err ignored = ERR_INIT;
	struct err *err = answered->death.length ? &search->err : &ignored;

	search->running--;
	/* A BUG is told where it is met, at the search's turn. */
	if (answered->exited) {
		search->state = AHEAD_LEFT;
		frontier_drop(frontier_of(search), piece);
		return;
	}
	if (frontier_take(frontier_of(search), piece, answered, err) ||
	    frontier_fold(frontier_of(search), &search->slicer.counts.gatherer, PIECES_DONE_MAX,
			  err) ||
	    frontier_of(search)->spent)
		search->state = AHEAD_LEFT;
	err_release(&ignored);
}

static int wait_and_take(struct ahead *ahead, struct workers_answer *answered, struct err *err)
{
	int status = workers_wait(&ahead->workers, LOOK_MILLISECONDS, answered, err);
	struct task *task = answered->task;

	if (status > 0 && task) {
		take(task->search, task->piece, answered);
		free(task);
		answered->task = NULL;
	}
	return status < 0 ? -1 : 0;
}

static void dismiss(struct ahead *ahead)
{
	for (size_t i = 0; i < ahead->workers.list.count; i++) {
		struct task *task = ahead->workers.list.items[i].task;

		if (task)
			frontier_drop(frontier_of(task->search), task->piece);
		free(task);
	}
	workers_stop(&ahead->workers);
}

/* ---- Waiting ------------------------------------------------------------------------------ */

static bool is_ready(const struct ahead_search *search)
{
	if (search->state == AHEAD_GONE)
		return true;
	return !search->running &&
	       (search->state == AHEAD_LEFT || frontier_is_over(frontier_of(search)));
}

/* Who is told how far it has come may want to estimate the rest: in its simulation. */
static void look(struct ahead *ahead, struct ahead_search *search, struct explore_watch *watch)
{
	struct err err = ERR_INIT;

	if (!enter(ahead, search, &err) && !watch->look(watch, frontier_of(search)))
		ahead->interrupted = true;
	err_release(&err);
}

static int wait_for(struct ahead *ahead, struct ahead_search *search, struct err *err)
{
	struct workers_answer answered = { .reply = TEXT_INIT, .death = TEXT_INIT };
	struct explore_watch *watch = search->run.search.watch;
	struct lookout lookout;
	int status = 0;

	if (ahead->options->listener && search->state == AHEAD_BEGUN) {
		lookout_init(&lookout, &search->run.search, run_filter(&search->run),
			     ahead->options->listener);
		watch = &lookout.watch;
	}
	while (!status && !is_ready(search) && !ahead->interrupted) {
		hand_out(ahead);
		status = wait_and_take(ahead, &answered, err);
		look(ahead, search, watch);
	}
	text_release(&answered.reply);
	text_release(&answered.death);
	return status;
}

static struct ahead_search *find(const struct ahead *ahead, const struct run_case *which)
{
	for (size_t i = 0; i < ahead->searches.count; i++) {
		struct ahead_search *search = ahead->searches.items[i];

		if (!strcmp(search->which.scenario->source.path, which->scenario->source.path) &&
		    search->which.variant == which->variant && search->which.cell == which->cell)
			return search;
	}
	return NULL;
}

/* Its frontier stays, in the checkpoint. */
static void let_go(struct ahead *ahead, struct ahead_search *search)
{
	if (search->state == AHEAD_BEGUN || search->state == AHEAD_LEFT)
		tear_down(ahead, search);
	search->state = AHEAD_GONE;
}

int ahead_wait(struct ahead *ahead, const struct run_case *which, struct err *err)
{
	struct ahead_search *search = find(ahead, which);
	int status;

	if (!search || !ahead->workers.list.count)
		return 0;
	begin_once(ahead, search);
	status = wait_for(ahead, search, err);
	if (status || ahead->interrupted)
		dismiss(ahead);
	else
		hand_out(ahead);
	leave(ahead);
	let_go(ahead, search);
	if (!search->err.count || status)
		return status;
	text_add(&err->text, search->err.text.bytes);
	err->count += search->err.count;
	return -1;
}

/* ---- From beginning to end ---------------------------------------------------------------- */

void ahead_init(struct ahead *ahead, const struct run_options *options)
{
	*ahead = (struct ahead){ .options = options };
	ahead->workers.answer = answer;
	ahead->workers.arg = ahead;
	ahead->workers.quiet = true;
}

void ahead_add(struct ahead *ahead, const struct run_case *which)
{
	const struct explore_search wanted = run_search(which->scenario, ahead->options);
	struct ahead_search *search;

	if (wanted.seconds_max || wanted.memory_max || find(ahead, which))
		return;
	search = xcalloc(1, sizeof(*search));
	search->which = *which;
	search->err = (struct err)ERR_INIT;
	vec_push(&ahead->searches, search);
}

int ahead_start(struct ahead *ahead, struct err *err)
{
	return workers_start(&ahead->workers, ahead->options->jobs, err);
}

void ahead_release(struct ahead *ahead)
{
	dismiss(ahead);
	for (size_t i = 0; i < ahead->searches.count; i++) {
		struct ahead_search *search = ahead->searches.items[i];

		let_go(ahead, search);
		err_release(&search->err);
		free(search);
	}
	vec_release(&ahead->searches);
}
