/* SPDX-License-Identifier: MIT */
#include "explore/dpor.h"

#include <string.h>

static void dpor_begin(struct strategy *strategy)
{
	struct dpor *dpor = (struct dpor *)strategy;

	dpor->depth = 0;
	dpor->root_depth = 0;
	dpor->blocked = false;
}

/* @before: the options of this choice the last time; 0 if it was not made */
static uint32_t stop(struct dpor *dpor, const struct choice *choice, uint64_t before)
{
	mismatch_options(&dpor->mismatch, choice, before);
	return STRATEGY_STOP;
}

/* ---- Choices inside of a step ----------------------------------------------------------- */

/* Limits on failures are counted here, where it is known what an execution will contain. */
static struct dpor_choice choice_of(const struct choice *choice)
{
	struct dpor_choice made = { .count = (uint8_t)__builtin_popcountll(choice->unlimited) };

	if (choice->kind == BATON_CHOICE_FAULT)
		made.rule = choice->rule ? (uint8_t)choice->rule : DPOR_NO_RULE;
	return made;
}

static uint32_t pick_root(struct dpor *dpor, const struct choice *choice)
{
	struct dpor_choice now = choice_of(choice);

	if (dpor->root_depth == dpor->root.count)
		vec_push(&dpor->root, now);
	if (dpor->root.items[dpor->root_depth].count != now.count)
		return stop(dpor, choice, 0);
	return dpor->root.items[dpor->root_depth++].answer;
}

static uint32_t answer_again(struct dpor *dpor, const struct choice *choice)
{
	size_t at = dpor->path.events.items[dpor->depth - 1].choices + dpor->answer++;

	if (at >= dpor_path_choices_end(&dpor->path, dpor->depth - 1) ||
	    dpor->path.choices.items[at].count != choice_of(choice).count)
		return stop(dpor, choice, 0);
	return dpor->path.choices.items[at].answer;
}

static uint8_t planned_answer(const struct dpor *dpor)
{
	const struct dpor_outcome *outcomes = dpor->outcomes.items.items;
	uint32_t length = (uint32_t)dpor->answer + 1;

	if (outcomes[dpor->outcome].length < length)
		return 0;
	return outcomes[dpor_outcome_prefix(&dpor->outcomes, dpor->outcome, length)].choice.answer;
}

static uint32_t pick_answer(struct dpor *dpor, const struct choice *choice)
{
	struct dpor_choice now = choice_of(choice);

	if (!dpor->depth)
		return pick_root(dpor, choice);
	if (dpor->depth <= dpor->replayed)
		return answer_again(dpor, choice);
	now.answer = planned_answer(dpor);
	dpor->answer++;
	vec_push(&dpor->path.choices, now);
	return now.answer;
}

/* ---- CPUs ------------------------------------------------------------------------------- */

static uint32_t sleepers_end(const struct dpor *dpor, size_t place)
{
	return place + 1 < dpor->places.count ? dpor->places.items[place + 1].sleepers :
						(uint32_t)dpor->sleepers.count;
}

static uint32_t pick_again(struct dpor *dpor, const struct choice *choice)
{
	const struct dpor_event *event = &dpor->path.events.items[dpor->depth];

	if (event->options != choice->options)
		return stop(dpor, choice, event->options);
	if (dpor->asking) {
		dpor_path_ask(&dpor->path, dpor->depth);
		if (dpor->depth + 1 == dpor->path.events.count)
			return STRATEGY_STOP;
	}
	dpor->depth++;
	return event->step.cpu;
}

/* The planned step, if it can be made. It always can, unless the plan was a try. */
static bool take_planned(struct dpor *dpor, uint64_t options, struct dpor_step *step,
			 uint32_t *children)
{
	struct dpor_place *place = &dpor->places.items[dpor->depth];

	while (place->wakeups) {
		*step = dpor_wakeup_take(&dpor->wakeups, &place->wakeups, children);
		if (options_has(options, step->cpu) &&
		    dpor_path_pending(&dpor->path, step->cpu).step.object == step->object)
			return true;
		dpor->infeasible++;
		place->free = true;
		dpor_wakeup_drop(&dpor->wakeups, children);
	}
	step->outcome = 0;
	return false;
}

/* May the next step have @outcome, after all that has failed in this execution? */
static bool is_allowed(const struct dpor *dpor, uint32_t outcome)
{
	struct dpor_failures failures = { { 0 } };

	if (!dpor->outcomes.items.items[outcome].choice.rule)
		return true;
	for (size_t i = 0; i < dpor->root.count; i++)
		dpor_failures_add(&failures, dpor->root.items[i]);
	for (size_t i = 0; i < dpor->path.choices.count; i++)
		dpor_failures_add(&failures, dpor->path.choices.items[i]);
	dpor_failures_add_outcome(&failures, &dpor->outcomes, outcome);
	return dpor_failures_allowed(&failures, &dpor->outcomes);
}

static bool is_same_choice(const struct dpor_outcome *a, const struct dpor_outcome *b)
{
	return a->choice.count == b->choice.count && a->choice.rule == b->choice.rule;
}

/*
 * Of the next step of CPU @cpu, is there an outcome behind @prefix that does not sleep? No
 * other answers are known of than those that were made or planned.
 * @awake: set to how the first one begins
 */
static bool wakes(const struct dpor *dpor, uint32_t cpu, uint32_t prefix, uint32_t *awake)
{
	const struct dpor_outcomes *outcomes = &dpor->outcomes;
	const struct dpor_outcome *items = outcomes->items.items;
	uint32_t length = items[prefix].length, next = 0;

	for (size_t i = dpor->places.items[dpor->depth].sleepers; i < dpor->sleepers.count; i++) {
		const struct dpor_step *sleeper = &dpor->sleepers.items[i];

		if (sleeper->cpu == cpu && sleeper->outcome == prefix)
			return false;
		if (sleeper->cpu == cpu &&
		    dpor_outcome_prefix(outcomes, sleeper->outcome, length) == prefix)
			next = dpor_outcome_prefix(outcomes, sleeper->outcome, length + 1);
	}
	*awake = prefix;
	if (!next)
		return is_allowed(dpor, prefix);
	for (uint32_t child = items[prefix].child; child; child = items[child].sibling)
		if (is_same_choice(&items[child], &items[next]) && wakes(dpor, cpu, child, awake))
			return true;
	return false;
}

/* CPUs whose next step needs no exploration, whatever its choices are. */
static uint64_t asleep(const struct dpor *dpor)
{
	uint64_t asleep = 0, chose = 0;
	uint32_t awake;

	for (size_t i = dpor->places.items[dpor->depth].sleepers; i < dpor->sleepers.count; i++) {
		const struct dpor_step *sleeper = &dpor->sleepers.items[i];

		*(sleeper->outcome ? &chose : &asleep) |= UINT64_C(1) << sleeper->cpu;
	}
	for (; chose; chose &= chose - 1)
		if (!wakes(dpor, options_first(chose), 0, &awake))
			asleep |= chose & -chose;
	return asleep;
}

/* The CPU that runs goes on if it can: that costs no switch. */
static uint32_t pick_free(struct dpor *dpor, const struct choice *choice, uint32_t *outcome)
{
	uint64_t options = choice->options & ~asleep(dpor);
	uint32_t cpu;

	if (!options) {
		dpor->blocked = true;
		return STRATEGY_STOP;
	}
	cpu = options_first(options);
	if (choice->current >= 0 && options_has(options, (uint32_t)choice->current))
		cpu = (uint32_t)choice->current;
	wakes(dpor, cpu, 0, outcome);
	return cpu;
}

/* Sleepers stay asleep until a step that depends on theirs. */
static void add_place(struct dpor *dpor, uint32_t wakeups)
{
	struct dpor_place place = { wakeups, (uint32_t)dpor->sleepers.count,
				    dpor->depth_max != SIZE_MAX };
	const struct dpor_step *made = &dpor->path.events.items[dpor->depth].step;

	for (size_t i = dpor->places.items[dpor->depth].sleepers; i < place.sleepers; i++)
		if (!dpor_dependent(&dpor->sleepers.items[i], made))
			vec_push(&dpor->sleepers, dpor->sleepers.items[i]);
	vec_push(&dpor->places, place);
}

static uint32_t make_step(struct dpor *dpor, const struct choice *choice, struct dpor_made made,
			  uint32_t wakeups)
{
	dpor->outcome = made.outcome;
	dpor_path_push(&dpor->path, made.cpu, choice->options);
	add_place(dpor, wakeups);
	dpor->depth++;
	return made.cpu;
}

/* They have not moved since they fell asleep, so what they have announced is the same. */
static void add_base_sleepers(struct dpor *dpor)
{
	for (size_t i = 0; i < dpor->base.sleepers.count; i++) {
		struct dpor_made made = dpor->base.sleepers.items[i];
		struct dpor_step step = dpor_path_pending(&dpor->path, made.cpu).step;

		step.outcome = made.outcome;
		step.foreign = true;
		vec_push(&dpor->sleepers, step);
	}
}

static uint32_t pick_base(struct dpor *dpor, const struct choice *choice)
{
	struct dpor_made made = dpor->base.steps.items[dpor->depth];

	if (!options_has(choice->options, made.cpu))
		return stop(dpor, choice, UINT64_C(1) << made.cpu);
	make_step(dpor, choice, made, 0);
	if (dpor->depth == dpor->base.steps.count)
		add_base_sleepers(dpor);
	return made.cpu;
}

static uint32_t pick_new(struct dpor *dpor, const struct choice *choice)
{
	struct dpor_step planned = { .outcome = 0 };
	uint32_t children = 0, cpu;

	if (dpor->depth == dpor->depth_max) {
		dpor->deeper = true;
		return STRATEGY_STOP;
	}
	if (take_planned(dpor, choice->options, &planned, &children))
		cpu = planned.cpu;
	else
		cpu = pick_free(dpor, choice, &planned.outcome);
	if (cpu == STRATEGY_STOP)
		return cpu;
	return make_step(dpor, choice, (struct dpor_made){ (uint8_t)cpu, planned.outcome },
			 children);
}

static uint32_t dpor_pick(struct strategy *strategy, const struct choice *choice)
{
	struct dpor *dpor = (struct dpor *)strategy;

	if (choice->kind != BATON_CHOICE_CPU)
		return pick_answer(dpor, choice);
	dpor->answer = 0;
	if (dpor->depth < dpor->replayed)
		return pick_again(dpor, choice);
	if (dpor->depth < dpor->base.steps.count)
		return pick_base(dpor, choice);
	return pick_new(dpor, choice);
}

/* ---- What the execution showed ---------------------------------------------------------- */

static bool ends_everything(enum finding_kind kind)
{
	return kind == FINDING_RULE || kind == FINDING_CRASH || kind == FINDING_OVERFLOW ||
	       kind == FINDING_LOOP;
}

static void note_ending(struct dpor *dpor)
{
	struct dpor_ending *ending = &dpor->ending;
	bool alive = false;

	ending->pending = 0;
	for (uint64_t set = sim_unfinished(); set; set &= set - 1) {
		uint32_t cpu = options_first(set);
		struct sim_access access = sim_pending((int)cpu);

		if (!access.point)
			continue;
		alive |= !access.idle;
		ending->pending |= UINT64_C(1) << cpu;
		ending->pendings[cpu] = dpor_path_pending(&dpor->path, cpu);
		if (access.wait)
			ending->pendings[cpu].ready = access.wait->ready(access.object);
	}
	/* In finally a finding stops nothing: the steps are all made. */
	ending->finding = alive && ends_everything(sim_finding()->kind);
}

static void note_outcomes(struct dpor *dpor)
{
	for (size_t i = dpor->replayed; i < dpor->path.events.count; i++) {
		struct dpor_step *step = &dpor->path.events.items[i].step;
		uint32_t at = dpor->path.events.items[i].choices;

		for (; at < dpor_path_choices_end(&dpor->path, i); at++)
			step->outcome = dpor_outcome_add(&dpor->outcomes, step->outcome,
							 dpor->path.choices.items[at]);
	}
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

/* ---- The other way round ---------------------------------------------------------------- */

/* What failed before @place. */
static void note_failures(struct dpor *dpor, size_t place)
{
	struct dpor_failures *before = &dpor->sequence.before;

	if (dpor->outcomes.items.count == 1 && !dpor->root.count)
		return;
	*before = (struct dpor_failures){ { 0 } };
	for (size_t i = 0; i < dpor->root.count; i++)
		dpor_failures_add(before, dpor->root.items[i]);
	for (size_t i = 0; i < place; i++)
		dpor_failures_add_outcome(before, &dpor->outcomes,
					  dpor->path.events.items[i].step.outcome);
}

/* The steps after event @first that need neither it nor the one at the link @also. */
static void steps_without(struct dpor *dpor, size_t first, uint32_t also)
{
	const struct dpor_event *events = dpor->path.events.items;
	size_t end = dpor->path.events.count;
	struct dpor_step *next;

	note_failures(dpor, first);
	dpor_sequence_reserve(&dpor->sequence, end - first);
	next = dpor->sequence.steps.items;
	for (size_t i = first + 1; i < end; i++)
		if (!dpor_path_after(&dpor->path, i, &events[first]) &&
		    !(also && dpor_path_after(&dpor->path, i, &events[also - 1])))
			*next++ = events[i].step;
	dpor->sequence.steps.count = (size_t)(next - dpor->sequence.steps.items);
}

/* Explore the steps of the sequence from @place on. */
static void explore_sequence(struct dpor *dpor, size_t place)
{
	dpor_sequence_copy(&dpor->scratch, &dpor->sequence);
	dpor_wakeup_insert(&dpor->wakeups, &dpor->places.items[place].wakeups, &dpor->scratch,
			   &dpor->outcomes);
}

/* Another part of the search finds no races for this one: all must begin with its sleeper. */
static bool knows(const struct dpor_step *sleeper, enum dpor_relation relation)
{
	return relation == DPOR_BEGINS || (relation == DPOR_APART && !sleeper->foreign);
}

/*
 * The first sleeper of @place, from the one at @from on, that could be the first step of
 * the sequence, in this order or another: what begins with it was explored.
 * @at: set to its index in the sequence, or to the sequence's end if it is not in it
 * Return: its index, or that of the end.
 */
static size_t next_known(const struct dpor *dpor, size_t place, size_t from, size_t *at)
{
	struct dpor_slice slice;
	size_t end = sleepers_end(dpor, place);

	if (from == end)
		return end;
	slice = dpor_sequence_slice(&dpor->sequence);
	for (; from < end; from++) {
		const struct dpor_step *sleeper = &dpor->sleepers.items[from];

		*at = slice.count;
		if (knows(sleeper, dpor_relate(sleeper, &slice, at, &dpor->outcomes)) &&
		    dpor_slice_fits(&slice, *at, sleeper->outcome, &dpor->outcomes))
			break;
	}
	return from;
}

static bool is_known(const struct dpor *dpor, size_t place)
{
	size_t at;

	return next_known(dpor, place, dpor->places.items[place].sleepers, &at) <
	       sleepers_end(dpor, place);
}

/* ---- Other answers ------------------------------------------------------------------------ */

/* The step at @at of the sequence with all other answers to each choice of @outcome. */
static void explore_other_answers(struct dpor *dpor, size_t place, size_t at, uint32_t outcome)
{
	while (outcome) {
		struct dpor_outcome made = dpor->outcomes.items.items[outcome];
		struct dpor_choice other = made.choice;

		for (other.answer = 0; other.answer < other.count; other.answer++) {
			struct dpor_slice slice;
			uint32_t changed;

			if (other.answer == made.choice.answer)
				continue;
			changed = dpor_outcome_add(&dpor->outcomes, made.parent, other);
			slice = dpor_sequence_slice(&dpor->sequence);
			if (!dpor_slice_fits(&slice, at, changed, &dpor->outcomes))
				continue;
			dpor->sequence.steps.items[at].outcome = changed;
			if (!is_known(dpor, place))
				explore_sequence(dpor, place);
		}
		outcome = made.parent;
	}
}

/*
 * What the choices in the step at @open will be is open. If that step was explored from
 * here it was with some answers; others may be left, also where nothing else is.
 */
static void explore_open(struct dpor *dpor, size_t place, size_t open)
{
	size_t end = sleepers_end(dpor, place), at;
	size_t first = next_known(dpor, place, dpor->places.items[place].sleepers, &at);

	if (first == end) {
		explore_sequence(dpor, place);
		return;
	}
	for (size_t i = first; i < end; i = next_known(dpor, place, i + 1, &at))
		if (at != open || !dpor->sleepers.items[i].outcome)
			return;
	for (size_t i = first; i < end; i++)
		if (dpor->sleepers.items[i].cpu == dpor->sequence.steps.items[open].cpu)
			explore_other_answers(dpor, place, open, dpor->sleepers.items[i].outcome);
}

static void reverse_race(struct dpor *dpor, const struct dpor_race *race)
{
	size_t count;

	if (race->also)
		steps_without(dpor, race->first, race->also);
	count = dpor->sequence.steps.count;
	vec_push(&dpor->sequence.steps, race->step);
	if (race->prevented)
		vec_push(&dpor->sequence.steps, dpor->path.events.items[race->first].step);
	if (!race->step.outcome)
		explore_open(dpor, race->first, count);
	else if (!is_known(dpor, race->first))
		explore_sequence(dpor, race->first);
	dpor->sequence.steps.count = count;
	if (race->also)
		steps_without(dpor, race->first, 0);
}

/* Is the last event a finding that does not need the one at @index? */
static bool stops_anyhow(const struct dpor *dpor, size_t index)
{
	size_t last = dpor->path.events.count - 1;

	return index != last && dpor->path.events.items[last].step.stops &&
	       !dpor_clock_has(dpor_path_end_clock(&dpor->path), &dpor->path.events.items[index]);
}

static void reverse_choices(struct dpor *dpor, size_t index)
{
	size_t count = dpor->sequence.steps.count;
	struct dpor_step step = dpor->path.events.items[index].step;

	step.stops = false;
	vec_push(&dpor->sequence.steps, step);
	if (stops_anyhow(dpor, index))
		vec_push(&dpor->sequence.steps,
			 dpor->path.events.items[dpor->path.events.count - 1].step);
	explore_other_answers(dpor, index, count, step.outcome);
	dpor->sequence.steps.count = count;
}

/*
 * All races, those of the beginning too: what does not need the first of the two goes before
 * the second, and that may be other steps than in earlier executions with this beginning.
 */
static void reverse_races(struct dpor *dpor)
{
	dpor_race_link(&dpor->races, &dpor->path);
	for (size_t i = dpor->base.steps.count; i < dpor->path.events.count; i++) {
		uint32_t race = dpor->path.events.items[i].race;
		bool chooses = dpor->path.events.items[i].step.outcome;

		if (!race && !chooses)
			continue;
		steps_without(dpor, i, 0);
		for (; race; race = dpor->races.items.items[race - 1].next)
			reverse_race(dpor, &dpor->races.items.items[race - 1]);
		if (chooses)
			reverse_choices(dpor, i);
	}
}

/*
 * The execution ended before all of the plan was made. @rest: of it, in the sequence.
 * Its steps still have to come before the last one, and after it where it has another
 * outcome.
 */
static void explore_rest(struct dpor *dpor)
{
	size_t last = dpor->path.events.count - 1, count = dpor->sequence.steps.count, kept = 0;
	struct dpor_step step = dpor->path.events.items[last].step, plain = step;

	plain.stops = false;
	if (step.outcome) {
		vec_push(&dpor->sequence.steps, plain);
		memmove(dpor->sequence.steps.items + 1, dpor->sequence.steps.items,
			count * sizeof(step));
		dpor->sequence.steps.items[0] = plain;
		explore_other_answers(dpor, last, 0, step.outcome);
		memmove(dpor->sequence.steps.items, dpor->sequence.steps.items + 1,
			count * sizeof(step));
	}
	while (kept < count && !dpor_dependent(&dpor->sequence.steps.items[kept], &plain))
		kept++;
	dpor->sequence.steps.count = kept;
	vec_push(&dpor->sequence.steps, step);
	if (kept && !is_known(dpor, last))
		explore_sequence(dpor, last);
}

/* All sequences of the plan @list, behind the steps in @dpor->rest. */
static void explore_plan(struct dpor *dpor, uint32_t list)
{
	for (; list; list = dpor->wakeups.items.items[list].sibling) {
		uint32_t children = dpor->wakeups.items.items[list].children;

		vec_push(&dpor->rest.steps, dpor->wakeups.items.items[list].step);
		if (children) {
			explore_plan(dpor, children);
		} else {
			dpor_sequence_copy(&dpor->sequence, &dpor->rest);
			note_failures(dpor, dpor->path.events.count - 1);
			explore_rest(dpor);
		}
		dpor->rest.steps.count--;
	}
}

/* ---- The next execution ----------------------------------------------------------------- */

/* Leave the last event: its step need not be explored again from its place. */
static void leave_event(struct dpor *dpor)
{
	size_t last = dpor->path.events.count - 1;
	struct dpor_event *event = &dpor->path.events.items[last];

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

	return place->wakeups || (place->free && options & ~asleep(dpor));
}

static bool root_fits(const struct dpor *dpor)
{
	struct dpor_failures failures = { { 0 } };

	for (size_t i = 0; i < dpor->root.count; i++)
		dpor_failures_add(&failures, dpor->root.items[i]);
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
	vec_push(&dpor->places, ((struct dpor_place){ 0, 0, dpor->depth_max != SIZE_MAX }));
}

static bool next_execution(struct dpor *dpor)
{
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
}

/* Return: false if it must be looked at again. */
static bool look_at(struct dpor *dpor)
{
	bool asked = dpor->asking;

	if (!asked) {
		note_ending(dpor);
		note_outcomes(dpor);
	}
	dpor->asking = dpor->races.unasked = false;
	find_races(dpor);
	if (dpor->races.unasked && !asked) {
		ask_again(dpor);
		return false;
	}
	reverse_races(dpor);
	explore_plan(dpor, dpor->places.items[dpor->path.events.count].wakeups);
	return true;
}

/* All CPUs are explored from every place, and of every step that is new, all choices. */
static void look_at_beginning(struct dpor *dpor)
{
	size_t first = dpor->replayed;

	note_ending(dpor);
	note_outcomes(dpor);
	if (dpor->ending.finding)
		dpor->path.events.items[dpor->path.events.count - 1].step.stops = true;
	if (first < dpor->base.steps.count)
		first = dpor->base.steps.count;
	for (size_t i = first; i < dpor->path.events.count; i++) {
		struct dpor_step step = dpor->path.events.items[i].step;

		dpor->sequence.steps.count = 0;
		note_failures(dpor, i);
		step.stops = false;
		vec_push(&dpor->sequence.steps, step);
		explore_other_answers(dpor, i, 0, step.outcome);
	}
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
