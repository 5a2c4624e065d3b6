/* SPDX-License-Identifier: MIT */
#include "explain/conflict.h"

#include <string.h>

#include "explore/dependence.h"
#include "explore/replay.h"

/* Looks on while the schedule is run again. */
struct onlooker {
	struct strategy strategy;
	struct conflicts *conflicts;
	const struct baton_program *program;
	bool ended;
};

static void look_begin(struct strategy *strategy)
{
	strategy->inner->begin(strategy->inner);
}

static unsigned int count_passes(const struct conflicts *conflicts, uint32_t cpu,
				 const struct baton_point *point)
{
	unsigned int count = 0;

	for (size_t i = 0; i < conflicts->steps.count; i++)
		count += conflicts->steps.items[i].place.cpu == cpu &&
			 baton_point_same(conflicts->steps.items[i].place.point, point);
	return count;
}

static void note_step(struct onlooker *onlooker, uint32_t cpu)
{
	struct conflicts *conflicts = onlooker->conflicts;
	struct sim_access access = sim_pending((int)cpu);
	struct conflict_step step = {
		.place = { cpu, access.point, 0 },
		.core = dependence_core(onlooker->program, cpu),
		.kind = access.kind,
		.object = access.object,
	};

	if (conflicts->steps.count > CONFLICT_STEPS_MAX)
		return;
	step.pending = onlooker->ended;
	step.idle = onlooker->ended && sim_finding()->kind == FINDING_NONE;
	step.place.nth = count_passes(conflicts, cpu, access.point) + 1;
	vec_push(&conflicts->steps, step);
}

static void note_answer(struct onlooker *onlooker, const struct choice *choice, uint32_t value)
{
	struct conflicts *conflicts = onlooker->conflicts;
	struct answer answer = { choice->kind, baton_cpu(), choice->name, 1, value };

	for (size_t i = 0; i < conflicts->answers.count; i++) {
		const struct answer *other = &conflicts->answers.items[i];

		answer.nth += other->kind == answer.kind && other->cpu == answer.cpu &&
			      !strcmp(other->name, answer.name);
	}
	vec_push(&conflicts->answers, answer);
}

static uint32_t look_pick(struct strategy *strategy, const struct choice *choice)
{
	struct onlooker *onlooker = (struct onlooker *)strategy;
	uint32_t picked = strategy->inner->pick(strategy->inner, choice);

	if (picked == STRATEGY_STOP)
		return picked;
	if (choice->kind == BATON_CHOICE_CPU)
		note_step(onlooker, picked);
	else
		note_answer(onlooker, choice, picked);
	return picked;
}

/*
 * What the others would have done next comes behind all that was done, also if it never came:
 * who waits in a deadlock comes too late, and so does an interrupt that is masked to the end. The
 * CPU of a finding has done what it announced.
 */
static void note_pending(struct onlooker *onlooker)
{
	uint64_t cpus = sim_unfinished();

	onlooker->ended = true;
	for (; cpus; cpus &= cpus - 1) {
		uint32_t cpu = options_first(cpus);

		if ((int)cpu != sim_finding()->cpu && sim_pending((int)cpu).point)
			note_step(onlooker, cpu);
	}
}

static bool look_end(struct strategy *strategy)
{
	return strategy->inner->end(strategy->inner);
}

static int look(struct conflicts *conflicts, const struct subject *subject,
		const struct schedule *schedule, struct err *err)
{
	struct replay replay;
	struct onlooker onlooker = {
		.strategy = { look_begin, look_pick, look_end, &replay.strategy },
		.conflicts = conflicts,
		.program = subject->program,
	};
	int status = 0;

	replay_init(&replay, schedule, subject->program, NULL);
	look_begin(&onlooker.strategy);
	sim_bound_steps(subject->search.steps_bound);
	sim_execute(&onlooker.strategy, subject->search.steps_max, NULL);
	sim_bound_steps(0);
	if (!replay_finish(&replay))
		status = err_add(err, "the schedule diverged at step %u: %s", replay.step,
				 replay.why.bytes);
	else if (conflicts->steps.count > CONFLICT_STEPS_MAX)
		status = err_add(err, "the execution has more than %u steps: too many to compare",
				 CONFLICT_STEPS_MAX);
	else
		note_pending(&onlooker);
	replay_release(&replay);
	return status;
}

/* When an interrupt is taken matters to its host, whatever either does. */
static bool depend(const struct conflict_step *a, const struct conflict_step *b)
{
	const struct sim_access x = { .object = a->object, .kind = a->kind };
	const struct sim_access y = { .object = b->object, .kind = b->kind };

	return a->core == b->core || dependence_is(&x, &y);
}

/* ---- What happens before what: a set of earlier steps for each step ------------------------ */

static size_t words_of(size_t steps)
{
	return (steps + 63) / 64;
}

static bool has(const uint64_t *set, size_t step)
{
	return set[step / 64] >> (step % 64) & 1;
}

static void add(uint64_t *set, size_t step)
{
	set[step / 64] |= UINT64_C(1) << (step % 64);
}

static void push_pair(struct conflicts *conflicts, struct conflict_pair pair)
{
	if (conflicts->steps.items[pair.second].idle)
		vec_push(&conflicts->idle_pairs, pair);
	else
		vec_push(&conflicts->pairs, pair);
}

/*
 * Steps before @step, the latest first: what is in its set already is needed by something
 * later, so the pair is no race of its own.
 */
static void pair_up(struct conflicts *conflicts, uint64_t *sets, uint32_t step)
{
	size_t words = words_of(conflicts->steps.count);
	const struct conflict_step *later = &conflicts->steps.items[step];
	uint64_t *set = sets + step * words;

	for (uint32_t i = step; i-- > 0;) {
		const struct conflict_step *earlier = &conflicts->steps.items[i];
		bool same = earlier->place.cpu == later->place.cpu, known = has(set, i);

		if (!same && (earlier->pending || !depend(earlier, later)))
			continue;
		if (!same)
			push_pair(conflicts, (struct conflict_pair){ i, step, !known });
		if (known)
			continue;
		for (size_t word = 0; word < words; word++)
			set[word] |= sets[i * words + word];
		add(set, i);
	}
}

int conflicts_find(struct conflicts *conflicts, const struct subject *subject,
		   const struct schedule *schedule, struct err *err)
{
	uint64_t *sets;

	if (look(conflicts, subject, schedule, err))
		return -1;
	sets = xcalloc(conflicts->steps.count * words_of(conflicts->steps.count) + 1,
		       sizeof(*sets));
	for (uint32_t i = 0; i < conflicts->steps.count; i++)
		pair_up(conflicts, sets, i);
	free(sets);
	return 0;
}

void conflicts_release(struct conflicts *conflicts)
{
	vec_release(&conflicts->steps);
	vec_release(&conflicts->answers);
	vec_release(&conflicts->pairs);
	vec_release(&conflicts->idle_pairs);
}
