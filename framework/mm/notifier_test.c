/* SPDX-License-Identifier: MIT */
/*
 * notifier_test.c - secondary MMUs of all kinds against everything that changes a mapping.
 *
 * No version but KOSAKI's third revision may free a page that one of them still maps, save
 * where a process exits, or unregisters, before v3.6 (D60); and v5.19 breaks no rule at all.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "baton/explore.h"
#include "mm/testing.h"

TestSuite(notifier, .timeout = 100);

static const char *version;
static enum rule_value kind;
static long P, A;

static void uses(void *arg)
{
	(void)arg;
	op("secondary_store", A, 0x44);
	op("secondary_load", A + 8);
}

static void forks(void *arg)
{
	(void)arg;
	op_in(P, "fork", 0);
	op_in(P, "store", A, 0x22);
}

static void reclaims(void *arg)
{
	(void)arg;
	op("shrink_page", A, true);
	op("shrink_page", A);
}

static void unmaps(void *arg)
{
	(void)arg;
	op_in(P, "munmap", A, 1);
}

static void protects(void *arg)
{
	(void)arg;
	op_in(P, "mprotect", A, false);
	op_in(P, "mprotect", A, true);
}

static void exits(void *arg)
{
	(void)arg;
	op_in(P, "exit", 0);
}

static void unregisters(void *arg)
{
	(void)arg;
	op("secondary_fault", A, true);
	op("notifier_unregister", 0);
}

static const struct change {
	const char *name;
	void (*run)(void *);
} changes[] = { { "forks", forks },
		{ "reclaims", reclaims },
		{ "unmaps", unmaps },
		{ "protects", protects },
		{ "exits", exits } };
static const struct change *change;
static void (*user)(void *);

static void setup(void *arg)
{
	(void)arg;
	boot(3, version);
	set_rule(kind);
	P = op("process", 0);
	A = op("anon_page", P, 0x11, true);
	op("secondary_mmu", P);
	op("secondary_fault", A);
	mm_model.enter(1, P);
}

static bool is_expected(const char *finding)
{
	bool unhashes_first = (change->run == exits || user == unregisters) &&
			      strcmp(version, "v3.7") < 0;

	if (strcmp(version, "kosaki-0419") == 0 || unhashes_first)
		return true;
	return strcmp(version, "v5.19") != 0 &&
	       (strncmp(finding, "spte_", 5) == 0 || strncmp(finding, "sleep_", 6) == 0);
}

static void explore(void)
{
	const struct baton_cpu_program cpus[] = {
		{ "user", user, NULL, -1 },         { "change", change->run, NULL, -1 },
		{ "kswapd", reclaims, NULL, -1 },   { "user_irq", smp_irq, NULL, 0 },
		{ "c_irq", smp_irq, (void *)1, 1 }, { "k_irq", smp_irq, (void *)2, 2 },
	};
	const struct baton_program program = { .name = "notifier",
					       .cpus = cpus,
					       .cpu_count = 6,
					       .setup = setup,
					       .step = check_oracles };
	const struct baton_search search = { .preemptions_max = 1 };
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, &search, &result), 0, "%s", result.finding);
	cr_assert(result.finding || result.executions > 10, "%s, %s: %llu", version, change->name,
		  (unsigned long long)result.executions);
	cr_expect(!result.finding || is_expected(result.finding), "%s, %s: %s %s", version,
		  change->name, result.finding, result.schedule);
	baton_result_release(&result);
}

static void explore_changes(void)
{
	for (change = changes; change < changes + sizeof(changes) / sizeof(changes[0]); change++)
		explore();
}

static void explore_versions(void (*run)(void *))
{
	static const char *const versions[] = { "v2.6.29", "kosaki-0419", "v3.7",
						"v4.12",   "v4.14",       "v5.19" };

	user = run;
	for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
		version = versions[i];
		explore_changes();
	}
}

Test(notifier, kvm_of_2009)
{
	kind = SECONDARY_KVM2009;
	explore_versions(uses);
}

Test(notifier, kvm_without_references)
{
	kind = SECONDARY_KVM_MODERN;
	explore_versions(uses);
}

Test(notifier, gru)
{
	kind = SECONDARY_GRU;
	explore_versions(uses);
}

Test(notifier, xpmem)
{
	kind = SECONDARY_XPMEM;
	explore_versions(uses);
}

Test(notifier, unregistering)
{
	kind = SECONDARY_KVM_MODERN;
	explore_versions(unregisters);
}

/* Nobody calls it after that, and it holds nothing. */
Test(notifier, unregistered_and_freed)
{
	version = "v5.19";
	kind = SECONDARY_KVM2009;
	setup(NULL);
	cr_assert_eq(look_at("spte", A), 1);
	op("notifier_unregister", 0);
	cr_assert_eq(look_at("spte", A), 0);
	op("shrink_page", A);
	op_in(P, "munmap", A, 1);
	assert_no_violation();
}

Test(notifier, no_faults_after_exit)
{
	version = "v5.19";
	kind = SECONDARY_KVM_MODERN;
	setup(NULL);
	op_in(P, "exit", 0);
	cr_assert_eq(op("secondary_fault", A), 0);
	assert_no_violation();
}

static void expect_references(enum rule_value value, int references)
{
	version = "v5.19";
	kind = value;
	setup(NULL);
	cr_assert_eq(look_at("refcount", A), 1 + references);
}

Test(notifier, who_holds_references)
{
	expect_references(SECONDARY_KVM2009, 1);
	expect_references(SECONDARY_KVM_MODERN, 0);
	expect_references(SECONDARY_GRU, 0);
	expect_references(SECONDARY_XPMEM, 1);
}
