/* SPDX-License-Identifier: MIT */
#include "explore/replay.h"

#include <string.h>

#include "engine/sim.h"

static void replay_begin(struct strategy *strategy)
{
	struct replay *replay = (struct replay *)strategy;

	replay->next = 0;
	replay->diverged = false;
	text_clear(&replay->why);
}

static const char *cpu_name(const struct replay *replay, uint32_t cpu)
{
	return replay->program->cpus[cpu].name;
}

static void list_cpus(const struct replay *replay, uint64_t options, struct text *text)
{
	const char *between = "";

	for (; options; options &= options - 1) {
		text_addf(text, "%s%s", between, cpu_name(replay, options_first(options)));
		between = ", ";
	}
}

static uint32_t diverge(struct replay *replay, const struct choice *choice)
{
	replay->diverged = true;
	replay->step = choice->step + 1;
	return STRATEGY_STOP;
}

static uint32_t diverge_end(struct replay *replay, const struct choice *choice)
{
	text_add(&replay->why, "the schedule ends here, the execution goes on with ");
	if (choice->kind == BATON_CHOICE_CPU)
		list_cpus(replay, choice->options, &replay->why);
	else
		text_addf(&replay->why, "a choice of %s", choice->name);
	return diverge(replay, choice);
}

static uint32_t diverge_kind(struct replay *replay, const struct choice *choice,
			     struct schedule_entry entry)
{
	if (choice->kind == BATON_CHOICE_CPU)
		text_addf(&replay->why, "the schedule has the choice [%u], the execution a step",
			  entry.value);
	else
		text_addf(&replay->why,
			  "the schedule has a step of %s, the execution a choice of %s",
			  cpu_name(replay, entry.value), choice->name);
	return diverge(replay, choice);
}

static uint32_t diverge_option(struct replay *replay, const struct choice *choice,
			       struct schedule_entry entry)
{
	struct text *why = &replay->why;

	if (choice->kind != BATON_CHOICE_CPU) {
		text_addf(why, "the schedule has option %u of %s, there is no such option",
			  entry.value, choice->name);
		return diverge(replay, choice);
	}
	text_addf(why, "the schedule has %s, which ", cpu_name(replay, entry.value));
	if (!sim_pending(entry.value).point)
		text_add(why, "has finished");
	else if (replay->program->cpus[entry.value].host >= 0)
		text_add(why, "has no interrupt to handle");
	else
		sim_wait_text(entry.value, why);
	text_add(why, "; the execution can go on with ");
	list_cpus(replay, choice->options, why);
	return diverge(replay, choice);
}

static bool at_point(const struct replay *replay, struct schedule_entry entry)
{
	const char *expected = replay->points ? replay->points[replay->next] : NULL;

	return !expected || !strcmp(expected, sim_pending(entry.value).point->name);
}

static uint32_t diverge_point(struct replay *replay, const struct choice *choice,
			      struct schedule_entry entry)
{
	text_addf(&replay->why, "the schedule has %s at %s, the execution has it at %s",
		  cpu_name(replay, entry.value), replay->points[replay->next],
		  sim_pending(entry.value).point->name);
	return diverge(replay, choice);
}

static uint32_t replay_pick(struct strategy *strategy, const struct choice *choice)
{
	struct replay *replay = (struct replay *)strategy;
	struct schedule_entry entry;

	if (replay->next == replay->schedule->entries.count)
		return diverge_end(replay, choice);
	entry = replay->schedule->entries.items[replay->next];
	if (entry.kind != choice->kind)
		return diverge_kind(replay, choice, entry);
	if (!options_has(choice->options, entry.value))
		return diverge_option(replay, choice, entry);
	if (choice->kind == BATON_CHOICE_CPU && !at_point(replay, entry))
		return diverge_point(replay, choice, entry);
	replay->next++;
	return entry.value;
}

static bool replay_end(struct strategy *strategy)
{
	(void)strategy;
	return false;
}

bool replay_finish(struct replay *replay)
{
	if (replay->diverged)
		return false;
	if (replay->next == replay->schedule->entries.count)
		return true;
	replay->diverged = true;
	replay->step = sim_steps() + 1;
	text_addf(&replay->why, "the execution ends after %u steps, the schedule goes on",
		  sim_steps());
	return false;
}

void replay_init(struct replay *replay, const struct schedule *schedule,
		 const struct baton_program *program, char *const *points)
{
	*replay = (struct replay){
		.strategy = { .begin = replay_begin, .pick = replay_pick, .end = replay_end },
		.schedule = schedule,
		.program = program,
		.points = points,
		.why = TEXT_INIT,
	};
}

void replay_release(struct replay *replay)
{
	text_release(&replay->why);
}
