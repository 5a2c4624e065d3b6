/* SPDX-License-Identifier: MIT */
/*
 * mix_test.c - many operations against each other, in every version.
 *
 * Versions differ in what they lose, never in keeping count: no interleaving may break
 * the oracles about references, mappings, swap slots and free pages. v5.19 breaks none
 * at all here.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "mm/mixes.h"

TestSuite(mix, .timeout = 100);

static void finish(void *arg)
{
	mix_load_all();
	ghost_changed();
	check_oracles(arg);
}

static bool is_loss(const char *finding)
{
	return strncmp(finding, "pin_lost", 8) == 0 || strncmp(finding, "cow_leak", 8) == 0 ||
	       strncmp(finding, "write_lost", 10) == 0 || strncmp(finding, "spte_", 5) == 0 ||
	       strncmp(finding, "tlb_stale", 9) == 0;
}

static void run_mix(const struct mix *mix, const char *version)
{
	const struct mix_run how = { version, finish, check_oracles };
	struct baton_result result;

	cr_assert_eq(mix_explore(mix, &how, &result), 0, "%s", result.finding);
	cr_assert_gt(result.executions, 20);
	cr_expect(!result.finding || (is_loss(result.finding) && strcmp(version, "v5.19") != 0),
		  "mix %zu, %s: %s %s", (size_t)(mix - mixes), version, result.finding,
		  result.schedule);
	baton_result_release(&result);
}

Test(mix, counts_are_kept_in_every_version)
{
	for (const struct mix *mix = mixes; mix < mixes + mix_count; mix++)
		for (const struct model_version *row = mm_versions; row->name; row++)
			run_mix(mix, row->name);
}
