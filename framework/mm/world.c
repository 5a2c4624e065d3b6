/* SPDX-License-Identifier: MIT */
/* world.c - the state itself, and its beginning. */
#include <string.h>

#include "mm/rules.h"
#include "mm/world.h"

struct world world;

static const char *const anon_vma_names[NR_VAS] = { "anon_vma(A)", "anon_vma(B)", "anon_vma(C)",
						    "anon_vma(D)", "anon_vma(E)", "anon_vma(F)" };

void world_reset(unsigned int cpu_count, const unsigned int *rules)
{
	memset(&world, 0, sizeof(world));
	smp_init(&world.smp, cpu_count);
	mm_locks_reset();
	world.pages_used = 1;
	world.mms_used = 1;
	zero_page_init(&world.pages[ZERO_PFN]);
	for (int rule = 0; rule < RULES; rule++)
		world.rules[rule] = (uint8_t)rules[rule];
	for (int va = 0; va < NR_VAS; va++) {
		spinlock_t *lock = &world.anon_vmas[va + 1].lock;

		spin_lock_init(lock, anon_vma_names[va]);
		mm_lock_is(lock, anon_vma_lock_kind());
	}
}
