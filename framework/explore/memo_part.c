/* SPDX-License-Identifier: MIT */
#include "explore/memo_part.h"

#include "explore/dependence.h"

void memo_part_init(struct memo_part *part, const struct baton_program *program)
{
	*part = (struct memo_part){ .program = program };
	beginning_init(&part->beginning);
	memo_part_begin(part);
}

void memo_part_release(struct memo_part *part)
{
	beginning_release(&part->beginning);
	vec_release(&part->made);
	vec_release(&part->steps);
}

/* The event of @core behind event @index - 1. */
static uint32_t next_of(const struct memo_part *part, uint32_t core, size_t index)
{
	for (size_t i = index; i < part->beginning.events.count; i++)
		if (part->beginning.events.items[i].core == core)
			return (uint32_t)i;
	return MEMO_PART_NONE;
}

void memo_part_begin(struct memo_part *part)
{
	part->missing = part->beginning.events.count;
	part->made.count = 0;
	for (size_t i = 0; i < part->missing; i++)
		vec_push(&part->made, false);
	for (uint32_t cpu = 0; cpu < BATON_CPUS_MAX; cpu++)
		part->next[cpu] = next_of(part, cpu, 0);
	part->asleep = part->beginning.asleep;
}

/* Does an event before @end that is not made yet have to be made before @access? */
static bool must_wait(const struct memo_part *part, const struct sim_access *access, size_t end)
{
	for (size_t i = 0; i < end; i++)
		if (!part->made.items[i] &&
		    dependence_is(&part->beginning.events.items[i].access, access))
			return true;
	return false;
}

static bool is_allowed(const struct memo_part *part, uint32_t cpu)
{
	struct sim_access access = sim_pending((int)cpu);
	uint32_t next = part->next[dependence_core(part->program, cpu)];

	if (next != MEMO_PART_NONE)
		return part->beginning.events.items[next].cpu == cpu &&
		       !must_wait(part, &access, next);
	return !options_has(part->asleep, cpu) &&
	       (!part->missing || !must_wait(part, &access, part->made.count));
}

uint64_t memo_part_options(const struct memo_part *part, uint64_t options)
{
	uint64_t allowed = options;

	if (!part->missing)
		return options & ~part->asleep;
	for (uint64_t set = options; set; set &= set - 1)
		if (!is_allowed(part, options_first(set)))
			allowed &= ~(set & -set);
	return allowed;
}

/* Who sleeps on, when a step is made that is not of the beginning. */
static uint64_t sleep_on(const struct memo_part *part, uint32_t cpu)
{
	struct sim_access access = sim_pending((int)cpu);
	uint32_t core = dependence_core(part->program, cpu);
	uint64_t rest = part->asleep;

	for (uint64_t set = rest; set; set &= set - 1) {
		uint32_t sleeper = options_first(set);

		if (dependence_core(part->program, sleeper) == core ||
		    dependence_is(&part->beginning.sleepers[sleeper], &access))
			rest &= ~(set & -set);
	}
	return rest;
}

void memo_part_step(struct memo_part *part, uint32_t cpu)
{
	uint32_t core = dependence_core(part->program, cpu), event = part->next[core];

	vec_push(&part->steps, ((struct memo_part_step){ event, part->asleep }));
	if (event == MEMO_PART_NONE) {
		if (part->asleep)
			part->asleep = sleep_on(part, cpu);
		return;
	}
	part->made.items[event] = true;
	part->missing--;
	part->next[core] = next_of(part, core, event + 1);
}

void memo_part_cut(struct memo_part *part, size_t count)
{
	while (part->steps.count > count) {
		struct memo_part_step step = vec_pop(&part->steps);

		part->asleep = step.asleep_before;
		if (step.event == MEMO_PART_NONE)
			continue;
		part->made.items[step.event] = false;
		part->missing++;
		part->next[part->beginning.events.items[step.event].core] = step.event;
	}
}

/* Before the first step all choices are the beginning's. */
uint64_t memo_part_answers(const struct memo_part *part, size_t step, size_t index,
			   uint64_t options)
{
	const struct beginning *beginning = &part->beginning;
	uint32_t event = step ? part->steps.items[step - 1].event : BEGINNING_BEFORE;
	size_t at, end;

	if (event == MEMO_PART_NONE)
		return options;
	at = beginning_answers(beginning, event, &end) + index;
	return at < end ? options & UINT64_C(1) << beginning->answers.items[at] : options;
}

bool memo_part_is_made(const struct memo_part *part)
{
	return !part->missing;
}
