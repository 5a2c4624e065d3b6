/* SPDX-License-Identifier: MIT */
/* oracle_idle.c - what must be over when all CPUs have ended. */
#include "mm/mm.h"
#include "mm/oracles.h"

static int count_pins(const struct page *page)
{
	int count = 0;

	for (int i = 0; i < NR_PINS; i++)
		count += world.ghost.pins[i].pfn == page_to_pfn(page) &&
			 world.ghost.pins[i].generation == page->generation;
	return count;
}

/* O1 when all CPUs have ended: who works on a page has given its reference back, and callers
 * of gup have those that they did not release. */
void oracles_idle(void)
{
	for (struct page *page = world.pages + 1; page < world.pages + world.pages_used; page++) {
		int work = page->refs[REF_ALLOC] + page->refs[REF_ISOLATE] + page->refs[REF_LOOKUP];
		int gup = page->refs[REF_GET] + page->refs[REF_PIN];

		if (page->frozen)
			continue;
		if (work)
			ghost_violation(REF_MISMATCH, "%s: %d references were not given back",
					page->name, work);
		else if (gup != count_pins(page))
			ghost_violation(REF_MISMATCH, "%s: %d references of gup, but %d callers",
					page->name, gup, count_pins(page));
	}
}
