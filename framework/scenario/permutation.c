/* SPDX-License-Identifier: MIT */
#include "scenario/permutation.h"

#include "engine/sim.h"

static void permutation_begin(struct strategy *strategy)
{
	struct permutation_strategy *self = (struct permutation_strategy *)strategy;

	self->next = 0;
	self->infeasible = false;
	text_clear(&self->why);
	refs_begin(&self->refs);
}

static uint32_t infeasible(struct permutation_strategy *self, const struct ref *ref)
{
	text_addf(&self->why, "%s ", baton_cpu_name((int)ref->cpu));
	if (!sim_pending((int)ref->cpu).point)
		text_addf(&self->why, "ends without '%s'", ref->name.text);
	else
		sim_wait_text((int)ref->cpu, &self->why);
	if (sim_pending((int)ref->cpu).point)
		text_addf(&self->why, " before '%s'", ref->name.text);
	self->infeasible = true;
	return STRATEGY_STOP;
}

/* Bits of the interrupt contexts: they come after the scenario's CPUs. */
static uint64_t interrupts(const struct permutation_strategy *self, uint64_t options)
{
	return options & ~((UINT64_C(1) << self->refs.runner->scenario->cpus.count) - 1);
}

static uint32_t pick_towards(struct permutation_strategy *self, const struct choice *choice,
			     const struct ref *ref)
{
	if (options_has(choice->options, ref->cpu))
		return ref->cpu;
	if (interrupts(self, choice->options))
		return options_first(interrupts(self, choice->options));
	return infeasible(self, ref);
}

static uint32_t permutation_pick(struct strategy *strategy, const struct choice *choice)
{
	struct permutation_strategy *self = (struct permutation_strategy *)strategy;
	uint32_t picked;

	if (choice->kind != BATON_CHOICE_CPU)
		return 0;
	while (self->next < self->refs.states.count && refs_passed(&self->refs, self->next))
		self->next++;
	if (self->next < self->refs.states.count)
		picked = pick_towards(self, choice, self->refs.states.items[self->next].ref);
	else
		picked = choice_default(choice, choice->options);
	if (picked != STRATEGY_STOP)
		refs_step(&self->refs, picked);
	return picked;
}

static bool permutation_end(struct strategy *strategy)
{
	refs_end(&((struct permutation_strategy *)strategy)->refs);
	return false;
}

void permutation_init(struct permutation_strategy *strategy, struct runner *runner,
		      const struct permutation *permutation)
{
	*strategy = (struct permutation_strategy){
		.strategy = { .begin = permutation_begin,
			      .pick = permutation_pick,
			      .end = permutation_end },
		.refs = { .runner = runner },
		.permutation = permutation,
		.why = TEXT_INIT,
	};
	for (size_t i = 0; i < permutation->items.count; i++)
		refs_add(&strategy->refs, &permutation->items.items[i].ref);
}

void permutation_release(struct permutation_strategy *strategy)
{
	refs_release(&strategy->refs);
	text_release(&strategy->why);
}
