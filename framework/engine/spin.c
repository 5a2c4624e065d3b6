/* SPDX-License-Identifier: MIT */
#include "engine/spin.h"

#include <string.h>

#include "engine/sim_state.h"

struct spin_registers spin_caller;

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ (hash >> 32);
}

/*
 * Of the registers and the stack of @cpu, as they are in the caller of baton_atomic(). What the
 * sanitizer puts between variables is read, too.
 */
__attribute__((no_sanitize("address"))) static uint64_t state_of(const struct cpu *cpu)
{
	const char *end = cpu->fiber.stack + cpu->fiber.size;
	uint64_t hash = spin_caller.sp, word;

	for (size_t i = 0; i < sizeof(spin_caller.saved) / sizeof(*spin_caller.saved); i++)
		hash = mix(hash, spin_caller.saved[i]);
	for (const char *at = (const char *)spin_caller.sp; at < end; at += sizeof(word)) {
		memcpy(&word, at, sizeof(word));
		hash = mix(hash, word);
	}
	return hash;
}

static struct spin_visit *visit_of(struct spin *spin, const struct baton_point *here,
				   const void *object)
{
	for (unsigned int i = 0; i < spin->count; i++)
		if (spin->visits[i].point == here && spin->visits[i].object == object)
			return &spin->visits[i];
	if (spin->count == SPIN_VISITS_MAX)
		spin->count = 0;
	spin->visits[spin->count] = (struct spin_visit){ .point = here, .object = object };
	return &spin->visits[spin->count++];
}

/* @cpu is about to make an access that may be one of a loop. */
static void look_for_loop(struct cpu *cpu, const struct baton_point *here, const void *object)
{
	struct spin *spin = &cpu->spin;
	struct spin_visit *visit = visit_of(spin, here, object);
	uint64_t state;

	if (++visit->times < 2)
		return;
	state = state_of(cpu);
	if (visit->times > 2 && visit->state == state && retry_loop(cpu, here, visit->step)) {
		spin->visits[0] = *visit;
		spin->count = 1;
		visit = &spin->visits[0];
	}
	visit->state = state;
	visit->step = sim.steps;
}

/* Any announced access that may write forgets the visits; an RMW that has not is to keep them. */
void spin_atomic(const struct baton_point *here, const void *object, enum baton_access_kind kind)
{
	struct cpu *cpu = sim.current;
	unsigned int count;

	if (!cpu)
		return;
	if (sim.phase == TRACE_MAIN && (kind == BATON_READ || kind == BATON_RMW))
		look_for_loop(cpu, here, object);
	count = cpu->spin.count;
	baton_access(here, object, kind);
	if (kind == BATON_RMW)
		cpu->spin.count = count;
}

void baton_changed(void)
{
	if (sim.current)
		sim.current->spin.count = 0;
}
