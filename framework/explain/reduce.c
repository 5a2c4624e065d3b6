/* SPDX-License-Identifier: MIT */
#include "explain/reduce.h"

#include "explain/guide.h"

/* Executions that are tried at most. */
#define TRIES_MAX 5000u

struct reducing {
	struct trial *trial;
	struct shrunk *shrunk;
	unsigned int tries;
};

/* Run what is like @schedule; keep it if it is smaller and fails in the same way. */
static bool try(struct reducing *reducing, const struct schedule *schedule)
{
	struct shrunk *shrunk = reducing->shrunk;
	struct signature signature;
	struct sched_cost cost;
	enum subject_verdict verdict;
	struct guide guide;

	reducing->tries++;
	guide_init(&guide, schedule);
	hold_nothing(&reducing->trial->hold);
	verdict = trial_follow(reducing->trial, &guide.strategy);
	cost = sched_cost_of_execution();
	signature = signature_of_execution();
	if (verdict != SUBJECT_FAILS || sched_cost_compare(&cost, &shrunk->cost) >= 0 ||
	    !signature_is(&signature, &shrunk->signature))
		return false;
	shrunk->cost = cost;
	schedule_copy(&shrunk->schedule, sim_schedule());
	return true;
}

/* Behind the run that begins at @at: steps of one CPU, with their answers. */
static size_t run_end(const struct schedule *schedule, size_t at)
{
	uint8_t cpu = schedule->entries.items[at].value;

	for (at++; at < schedule->entries.count; at++) {
		struct schedule_entry entry = schedule->entries.items[at];

		if (entry.kind == BATON_CHOICE_CPU && entry.value != cpu)
			break;
	}
	return at;
}

static void append(struct schedule *to, const struct schedule *from, size_t begin, size_t end)
{
	for (size_t i = begin; i < end; i++)
		vec_push(&to->entries, from->entries.items[i]);
}

/* The run from @from, made right before the run that begins at @to; or the other way round: what
 * lies between goes behind both. */
static bool try_move(struct reducing *reducing, size_t from, size_t to)
{
	const struct schedule *old = &reducing->shrunk->schedule;
	size_t from_end = run_end(old, from), to_end = run_end(old, to);
	struct schedule later = { 0 }, earlier = { 0 };
	bool smaller;

	append(&later, old, 0, from);
	append(&later, old, from_end, to);
	append(&later, old, from, from_end);
	append(&later, old, to, old->entries.count);
	append(&earlier, old, 0, from_end);
	append(&earlier, old, to, to_end);
	append(&earlier, old, from_end, to);
	append(&earlier, old, to_end, old->entries.count);
	smaller = try(reducing, &later) || try(reducing, &earlier);
	schedule_release(&later);
	schedule_release(&earlier);
	return smaller;
}

static bool join_runs(struct reducing *reducing)
{
	const struct schedule *schedule = &reducing->shrunk->schedule;

	for (size_t from = 0; from < schedule->entries.count; from = run_end(schedule, from)) {
		size_t to = run_end(schedule, from);

		if (schedule->entries.items[from].kind != BATON_CHOICE_CPU)
			continue;
		for (; to < schedule->entries.count; to = run_end(schedule, to)) {
			if (schedule->entries.items[to].value !=
			    schedule->entries.items[from].value)
				continue;
			if (reducing->tries >= TRIES_MAX)
				return false;
			if (try_move(reducing, from, to))
				return true;
			break;
		}
	}
	return false;
}

static bool drop_fault(struct reducing *reducing)
{
	struct schedule less = { 0 };
	bool smaller = false;

	for (size_t i = 0; i < reducing->shrunk->schedule.entries.count && !smaller; i++) {
		struct schedule_entry entry = reducing->shrunk->schedule.entries.items[i];

		if (entry.kind != BATON_CHOICE_FAULT || !entry.value)
			continue;
		schedule_copy(&less, &reducing->shrunk->schedule);
		less.entries.items[i].value = 0;
		smaller = try(reducing, &less);
	}
	schedule_release(&less);
	return smaller;
}

void reduce(struct trial *trial, struct shrunk *shrunk)
{
	struct reducing reducing = { trial, shrunk, 0 };

	while (drop_fault(&reducing) || join_runs(&reducing))
		continue;
}
