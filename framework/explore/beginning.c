/* SPDX-License-Identifier: MIT */
#include "explore/beginning.h"

#include "explore/bound.h"
#include "explore/dependence.h"
#include "explore/sleep.h"

/* Makes beginnings. No bound on preemptions: a trace that is made with few may begin with many. */
struct maker {
	struct strategy strategy; /* notes what is made */
	struct dfs dfs;
	struct sleep sleep; /* around dfs */
	struct bound bound; /* around that */
	const struct explore_search *search;
	struct beginning *made; /* by this execution; NULL: it is not noted */
};

void beginning_init(struct beginning *beginning)
{
	*beginning = (struct beginning){ .asleep = 0 };
}

void beginning_release(struct beginning *beginning)
{
	vec_release(&beginning->events);
	vec_release(&beginning->answers);
}

size_t beginning_answers(const struct beginning *beginning, uint32_t index, size_t *end)
{
	size_t next = index == BEGINNING_BEFORE ? 0 : index + 1;

	*end = next < beginning->events.count ? beginning->events.items[next].answers :
						beginning->answers.count;
	return next ? beginning->events.items[index].answers : 0;
}

/* ---- Making ------------------------------------------------------------------------------- */

static void maker_begin(struct strategy *strategy)
{
	strategy->inner->begin(strategy->inner);
}

static void note_step(struct beginning *made, uint32_t cpu)
{
	struct beginning_event event = {
		.cpu = cpu,
		.core = dependence_core(sim_program(), cpu),
		.access = sim_pending((int)cpu),
		.answers = made->answers.count,
	};

	vec_push(&made->events, event);
}

static uint32_t maker_pick(struct strategy *strategy, const struct choice *choice)
{
	struct maker *maker = (struct maker *)strategy;
	uint32_t picked = strategy->inner->pick(strategy->inner, choice);

	if (!maker->made || picked == STRATEGY_STOP)
		return picked;
	if (choice->kind == BATON_CHOICE_CPU)
		note_step(maker->made, picked);
	else
		vec_push(&maker->made->answers, picked);
	return picked;
}

static bool maker_end(struct strategy *strategy)
{
	return strategy->inner->end(strategy->inner);
}

static void maker_init(struct maker *maker, const struct explore_search *search)
{
	*maker = (struct maker){
		.strategy = { .begin = maker_begin, .pick = maker_pick, .end = maker_end },
		.search = search,
	};
	dfs_init(&maker->dfs);
	maker->dfs.word = BEGINNING_WORD;
	sleep_init(&maker->sleep, &maker->dfs, sim_program());
	bound_init(&maker->bound, &maker->sleep.strategy);
	maker->bound.faults_max = search->faults_max;
	maker->strategy.inner = &maker->bound.strategy;
}

static void maker_release(struct maker *maker)
{
	sleep_release(&maker->sleep);
	dfs_release(&maker->dfs);
}

static enum sim_end make(struct maker *maker)
{
	maker->strategy.begin(&maker->strategy);
	return sim_execute(&maker->strategy, maker->search->steps_max, NULL);
}

static int check(const struct maker *maker, struct err *err)
{
	return maker->dfs.mismatch.found ? mismatch_tell(&maker->dfs.mismatch, err) : 0;
}

/* ---- Reading ------------------------------------------------------------------------------ */

static void note_sleepers(struct beginning *made, const struct sleep *sleep)
{
	made->asleep = sleep->places.items[sleep->position].asleep;
	for (uint64_t set = made->asleep; set; set &= set - 1)
		made->sleepers[options_first(set)] = sim_pending((int)options_first(set));
}

static int load(struct maker *maker, struct fields *part, struct err *err)
{
	if (dfs_load(&maker->dfs, part, err))
		return -1;
	maker->dfs.depth_max = maker->dfs.nodes.count;
	return 0;
}

int beginning_load(struct beginning *beginning, struct fields *part,
		   const struct explore_search *search, struct err *err)
{
	struct maker maker;
	int status;

	if (!fields_more(part))
		return fields_end(part, err);
	maker_init(&maker, search);
	maker.made = beginning;
	beginning->given = true;
	status = load(&maker, part, err);
	if (!status) {
		beginning->ended = make(&maker) != SIM_STOPPED;
		note_sleepers(beginning, &maker.sleep);
		maker.strategy.end(&maker.strategy);
		status = check(&maker, err);
	}
	maker_release(&maker);
	return status;
}

/* ---- Cutting ------------------------------------------------------------------------------ */

/* Of the beginning @text: all with @further more choices, and what is over before. */
static int find(struct maker *maker, const char *text, size_t further, struct parts *parts,
		struct err *err)
{
	struct fields part;
	bool more = true;

	fields_init(&part, "part", text);
	if (fields_expect(&part, BEGINNING_WORD, err) ||
	    (fields_more(&part) && load(maker, &part, err)))
		return -1;
	maker->dfs.depth_max = maker->dfs.nodes.count + further;
	maker->dfs.deeper = false;
	while (more) {
		make(maker);
		if (!maker->sleep.blocked)
			vec_push(&parts->list, dfs_beginning(&maker->dfs));
		more = maker->strategy.end(&maker->strategy);
	}
	return check(maker, err);
}

int beginning_cut(const char *text, const struct explore_search *search, size_t least,
		  struct parts *parts, struct err *err)
{
	bool deeper = true;
	int status = 0;

	for (size_t further = 1; !status && deeper && parts->list.count < least; further++) {
		struct maker maker;

		parts_release(parts);
		maker_init(&maker, search);
		status = find(&maker, text, further, parts, err);
		deeper = maker.dfs.deeper;
		maker_release(&maker);
	}
	return status;
}
