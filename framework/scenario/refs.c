/* SPDX-License-Identifier: MIT */
#include "scenario/refs.h"

#include <string.h>

#include "baton/sim.h"
#include "engine/sim.h"

void refs_release(struct refs *refs)
{
	vec_release(&refs->states);
}

size_t refs_add(struct refs *refs, const struct ref *ref)
{
	vec_push(&refs->states, ((struct ref_state){ .ref = ref }));
	return refs->states.count - 1;
}

void refs_begin(struct refs *refs)
{
	for (size_t i = 0; i < refs->states.count; i++)
		refs->states.items[i].passes = 0;
}

void refs_end(struct refs *refs)
{
	for (size_t i = 0; i < refs->states.count; i++) {
		refs->states.items[i].ever_passed |= refs_passed(refs, i);
		refs->states.items[i].ever_reached |= refs_reached(refs, i);
	}
}

void refs_step(struct refs *refs, uint32_t cpu)
{
	const struct baton_point *point;

	point = sim_pending((int)cpu).point;
	if (cpu < refs->runner->scenario->cpus.count)
		refs->runner->cpus[cpu].accesses++;
	for (size_t i = 0; i < refs->states.count; i++) {
		struct ref_state *state = &refs->states.items[i];

		if (state->ref->kind == REF_POINT && state->ref->cpu == cpu &&
		    baton_point_same(state->ref->point, point))
			state->passes++;
	}
}

bool refs_asks(struct refs *refs, size_t index, const char *name)
{
	struct ref_state *state = &refs->states.items[index];

	return state->ref->kind == REF_CHOICE && (int)state->ref->cpu == baton_cpu() &&
	       !strcmp(state->ref->name.text, name) && ++state->passes == state->ref->occurrence;
}

void refs_refuse(struct refs *refs, size_t index)
{
	refs->states.items[index].passes = 0;
}

bool refs_passed(const struct refs *refs, size_t index)
{
	const struct ref_state *state = &refs->states.items[index];

	if (state->ref->kind != REF_LABEL)
		return state->passes >= state->ref->occurrence;
	return refs->runner->cpus[state->ref->cpu].done > state->ref->step;
}

bool refs_is_next(const struct refs *refs, size_t index)
{
	const struct ref_state *state = &refs->states.items[index];
	const struct runner_cpu *cpu;

	if (state->ref->kind == REF_CHOICE)
		return false;
	if (state->ref->kind == REF_POINT)
		return baton_point_same(sim_pending((int)state->ref->cpu).point,
					state->ref->point) &&
		       state->passes + 1 == state->ref->occurrence;
	cpu = &refs->runner->cpus[state->ref->cpu];
	return cpu->done == state->ref->step && !cpu->accesses;
}

bool refs_reached(const struct refs *refs, size_t index)
{
	const struct ref_state *state = &refs->states.items[index];

	if (refs_passed(refs, index) || refs_is_next(refs, index))
		return true;
	return state->ref->kind == REF_LABEL &&
	       refs->runner->cpus[state->ref->cpu].done == state->ref->step;
}
