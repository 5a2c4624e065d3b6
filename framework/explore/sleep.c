/* SPDX-License-Identifier: MIT */
#include "explore/sleep.h"

#include "explore/dependence.h"

static void sleep_begin(struct strategy *strategy)
{
	struct sleep *sleep = (struct sleep *)strategy;

	sleep->position = 0;
	sleep->blocked = false;
	strategy->inner->begin(strategy->inner);
}

/* Of the CPUs @sleepers, those that sleep on when CPU @cpu makes its step. */
static uint64_t sleep_on(const struct sleep *sleep, uint64_t sleepers, uint32_t cpu)
{
	const struct sim_access access = sim_pending((int)cpu);
	uint32_t core = dependence_core(sleep->program, cpu);
	uint64_t rest = sleepers;

	for (uint64_t set = sleepers; set; set &= set - 1) {
		uint32_t sleeper = options_first(set);
		const struct sim_access other = sim_pending((int)sleeper);

		if (dependence_core(sleep->program, sleeper) == core ||
		    dependence_is(&access, &other))
			rest &= ~(set & -set);
	}
	return rest;
}

/* As in the last execution, if that has been here and gone on in the same way. */
static void pass(struct sleep *sleep, const struct choice *choice, uint32_t picked)
{
	size_t next = ++sleep->position;
	struct sleep_place *place = &sleep->places.items[next - 1];
	uint64_t asleep;

	if (next < sleep->places.count && sim_repeats() && place->picked == picked)
		return;
	place->picked = picked;
	asleep = place->asleep | dfs_before(choice, picked);
	sleep->places.count = next;
	vec_push(&sleep->places, ((struct sleep_place){ sleep_on(sleep, asleep, picked), 0 }));
}

static uint32_t pick_awake(struct sleep *sleep, const struct choice *choice)
{
	struct strategy *inner = sleep->strategy.inner;
	uint32_t picked = inner->pick(inner, choice);

	if (picked != STRATEGY_STOP)
		pass(sleep, choice, picked);
	return picked;
}

static uint32_t pick_cpu(struct sleep *sleep, const struct choice *choice)
{
	uint64_t asleep = sleep->places.items[sleep->position].asleep;
	struct choice narrowed;

	if (!(choice->options & ~asleep)) {
		sleep->blocked = true;
		return STRATEGY_STOP;
	}
	if (!(choice->options & asleep))
		return pick_awake(sleep, choice);
	narrowed = *choice;
	narrowed.options &= ~asleep;
	return pick_awake(sleep, &narrowed);
}

static uint32_t sleep_pick(struct strategy *strategy, const struct choice *choice)
{
	if (choice->kind == BATON_CHOICE_CPU)
		return pick_cpu((struct sleep *)strategy, choice);
	return strategy->inner->pick(strategy->inner, choice);
}

static bool sleep_end(struct strategy *strategy)
{
	return strategy->inner->end(strategy->inner);
}

/* Nothing could have followed a deadlock. */
bool sleep_is_void(enum sim_end end)
{
	return sim_seen() || (end == SIM_FINDING && sim_finding()->kind != FINDING_DEADLOCK);
}

void sleep_init(struct sleep *sleep, struct dfs *dfs, const struct baton_program *program)
{
	*sleep = (struct sleep){
		.strategy = { .begin = sleep_begin,
			      .pick = sleep_pick,
			      .end = sleep_end,
			      .inner = &dfs->strategy },
		.program = program,
	};
	vec_push(&sleep->places, ((struct sleep_place){ 0, 0 }));
}

void sleep_release(struct sleep *sleep)
{
	vec_release(&sleep->places);
}
