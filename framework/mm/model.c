/* SPDX-License-Identifier: MIT */
/* model.c - the model as the scenario language sees it. */
#include "mm/model.h"
#include "mm/mm.h"
#include "mm/ops.h"
#include "mm/oracles.h"
#include "mm/shared.h"
#include "mm/show.h"

static const struct model_constant constants[] = {
	{ "FOLL_WRITE", FOLL_WRITE },       { "FOLL_FORCE", FOLL_FORCE }, { "FOLL_GET", FOLL_GET },
	{ "FOLL_LONGTERM", FOLL_LONGTERM }, { "FOLL_PIN", FOLL_PIN },     { .name = NULL },
};

static const struct model_fault faults[] = {
#define FAULT(name, error, effect, help, in_linux) \
	{ name, error, MODEL_FAULT_##effect, help, in_linux },
#include "kernel/faults.inc"
#include "mm/tables/faults.inc"
#undef FAULT
	{ .name = NULL },
};

static void enter(int cpu, long process)
{
	struct cpu *entered;

	if (cpu < 0 || cpu >= (int)world.smp.nr_cpus)
		return;
	entered = &world.cpus[cpu];
	entered->mm = (uint8_t)process;
	entered->user |= process != 0;
}

const struct model mm_model = {
	.name = "mm",
	.release = "1",
	.ops = mm_ops,
	.observables = mm_observables,
	.constants = constants,
	.oracles = mm_oracles,
	.news = oracles_news,
	.rules = mm_rules,
	.patches = mm_patches,
	.versions = mm_versions,
	.faults = faults,
	.shows = mm_shows,
	.state = &world,
	.state_bytes = sizeof(world),
	.regions = shared_regions,
	.reset = world_reset,
	.enter = enter,
	.op_done = lockdep_sys_exit,
	.idle = oracles_idle,
	.irq = smp_irq,
	.interrupts = smp_interrupts,
};
