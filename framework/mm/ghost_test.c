/* SPDX-License-Identifier: MIT */
/*
 * ghost_test.c - the ghost only looks on: nothing that the model does depends on it.
 *
 * Each mix is explored twice, once as it is, and once with all that the ghost knows made
 * wrong after each step. Both times the same executions must end in the same states. What
 * an operation's caller remembers is no ghost, though it is kept there: which page an address
 * had first, and what gup gave to whom (world.ghost.origin, owner, pins).
 */
#include <criterion/criterion.h>

#include "mm/mixes.h"
#include "mm/shared.h"

TestSuite(ghost, .timeout = 100);

/* What an exploration showed: all end states, one after the other. */
static uint64_t states, random_state;
static struct world ended;

/* FNV-1a */
static void add_bytes(const void *bytes, size_t size)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < size; i++)
		states = (states ^ p[i]) * 1099511628211u;
}

static void forget_ids(struct cell *cell, size_t count)
{
	for (size_t i = 0; i < count; i++)
		cell[i].id = 0;
}

/* Without which store a value came from. */
static void take_state(void)
{
	ended = world;
	for (int i = 0; i < NR_PAGES; i++)
		forget_ids(ended.pages[i].cell, NR_CELLS);
	for (int i = 0; i < NR_SLOTS; i++)
		forget_ids(ended.swap.slot[i].cell, NR_CELLS);
}

/* The regions are all that CPUs share, without the ghost. */
static void finish(void *arg)
{
	struct baton_region regions[MODEL_REGIONS_MAX];
	unsigned int count = shared_regions(regions);

	(void)arg;
	take_state();
	for (unsigned int i = 0; i < count; i++) {
		size_t at = (size_t)((const char *)regions[i].address - (const char *)&world);

		add_bytes((const char *)&ended + at, regions[i].size);
	}
}

static uint8_t arbitrary(unsigned int below)
{
	random_state = random_state * 6364136223846793005u + 1442695040888963407u;
	return (uint8_t)((random_state >> 33) % below);
}

static void scramble_bytes(void *bytes, size_t size)
{
	unsigned char *p = bytes;

	for (size_t i = 0; i < size; i++)
		p[i] = arbitrary(256);
}

static void scramble_page(struct page *page)
{
	scramble_bytes(page->refs, sizeof(page->refs));
	for (int i = 0; i < NR_CELLS; i++) /* a store of some mm: ghost_store_number() */
		page->cell[i].id = (uint32_t)arbitrary(16) << 4 | arbitrary(NR_MMS);
}

static void scramble_mm(struct mm *mm)
{
	mm->parent = arbitrary((unsigned int)mm_number(mm));
	scramble_bytes(mm->fork_done, sizeof(mm->fork_done));
	scramble_bytes(mm->mem, sizeof(mm->mem));
	scramble_bytes(mm->discards, sizeof(mm->discards));
}

static void scramble_pin(struct pin *pin)
{
	pin->discarded = arbitrary(2);
	pin->va = arbitrary(NR_VAS);
	pin->mm = arbitrary(NR_MMS);
}

static void scramble(void *arg)
{
	struct ghost *ghost = &world.ghost;

	(void)arg;
	for (int i = 1; i < world.pages_used; i++)
		scramble_page(&world.pages[i]);
	for_each_mm(mm)
	{
		scramble_mm(mm);
	}
	for (int i = 0; i < NR_PINS; i++)
		scramble_pin(&ghost->pins[i]);
	ghost->stores = arbitrary(256);
	ghost->changed = ghost->noticed = arbitrary(256);
	scramble_bytes(ghost->scans_failed, sizeof(ghost->scans_failed));
	scramble_bytes(ghost->copies, sizeof(ghost->copies));
	scramble_bytes(ghost->files, sizeof(ghost->files));
	scramble_bytes(&ghost->notifier, sizeof(ghost->notifier));
	for (int i = 0; i < ORACLES; i++)
		ghost->oracle[i].violated = arbitrary(2);
}

/* Return: executions. */
static uint64_t explore(const struct mix *mix, const char *version, void (*step)(void *))
{
	const struct mix_run how = { version, finish, step };
	struct baton_result result;
	uint64_t executions;

	states = random_state = 1;
	cr_assert_eq(mix_explore(mix, &how, &result), 0, "%s: mix %zu, %s: %s",
		     step ? "scrambled" : "plain", (size_t)(mix - mixes), version, result.finding);
	cr_expect_eq(result.findings, 0, "%s", result.finding);
	executions = result.executions;
	baton_result_release(&result);
	return executions;
}

static void compare(const struct mix *mix, const char *version)
{
	uint64_t executions = explore(mix, version, NULL);
	uint64_t with = states;

	cr_assert_gt(executions, 20);
	cr_expect_eq(explore(mix, version, scramble), executions, "mix %zu, %s",
		     (size_t)(mix - mixes), version);
	cr_expect_eq(states, with, "mix %zu, %s", (size_t)(mix - mixes), version);
}

Test(ghost, does_not_change_what_the_model_does)
{
	static const char *const versions[] = { "v2.6.29", "kosaki-0419", "v5.11", "v6.12" };

	for (const struct mix *mix = mixes; mix < mixes + mix_count; mix++)
		for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++)
			compare(mix, versions[i]);
}
