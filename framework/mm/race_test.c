/* SPDX-License-Identifier: MIT */
/*
 * race_test.c - operations of several CPUs, interleaved.
 *
 * D03 is the race that gup_fast wins against a single check: reclaim has counted the
 * references, gup_fast takes one, and then the pte is cleared. A second count after
 * the flush sees it, because the flush is not answered before gup_fast is done; with
 * a flush that does not wait, that argument is gone.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "baton/explore.h"
#include "mm/testing.h"

TestSuite(race, .timeout = 100);

/* ---- What the CPUs do; setup is the same each time ------------------------------------ */

static const char *version;
static enum rule_value extra;
static long P, A;

static void setup(void *arg)
{
	(void)arg;
	boot(3, version);
	set_rule(extra);
	P = op("process", 0);
	A = op("anon_page", P, 0x11, true);
}

static void dio(void *arg)
{
	long pg;

	(void)arg;
	pg = op_in(P, "gup_fast", A, FOLL_WRITE);
	op_in(P, "dma_write", pg, 0x5a);
	op_in(P, "put_page", pg);
}

static void kswapd(void *arg)
{
	(void)arg;
	op("shrink_page", A);
}

static void user(void *arg)
{
	(void)arg;
	op_in(P, "load", A);
	op_in(P, "store", A + 8, 1);
}

static void enter_process(void *arg)
{
	(void)arg;
	mm_model.enter(0, P);
	mm_model.enter(2, P);
}

static void setup_processes(void *arg)
{
	setup(arg);
	enter_process(arg);
}

/* Not the use of a free page. */
static void check_losses(void *arg)
{
	(void)arg;
	if (violated("use_after_free"))
		return;
	if (violated("pin_lost") || violated("write_lost"))
		baton_fail("lost", "%s", first_violation());
}

static void (*check)(void *) = check_oracles;

static void explore(const struct baton_cpu_program *cpus, unsigned int cpu_count,
		    int preemptions_max, struct baton_result *result)
{
	const struct baton_program program = {
		.name = "race",
		.cpus = cpus,
		.cpu_count = cpu_count,
		.setup = setup_processes,
		.step = check,
	};
	const struct baton_search search = { .preemptions_max = preemptions_max };

	cr_assert_eq(baton_explore(&program, &search, result), 0, "%s", result->finding);
	cr_assert_gt(result->executions, 1);
}

static const struct baton_cpu_program pin_vs_unmap[] = {
	{ "dio", dio, NULL, -1 },
	{ "kswapd", kswapd, NULL, -1 },
	{ "user", user, NULL, -1 },
	{ "dio_irq", smp_irq, NULL, 0 },
	{ "kswapd_irq", smp_irq, (void *)1, 1 },
	{ "user_irq", smp_irq, (void *)2, 2 },
};

static void expect_pin_vs_unmap(const char *kernel, enum rule_value rule, const char *finding)
{
	struct baton_result result;

	version = kernel;
	extra = rule;
	explore(pin_vs_unmap, 6, 2, &result);
	if (finding)
		cr_assert(result.finding && strstr(result.finding, finding), "%s: %s", kernel,
			  result.finding ? result.finding : "no finding");
	else
		cr_assert_eq(result.findings, 0, "%s: %s %s", kernel, result.finding,
			     result.schedule);
	baton_result_release(&result);
}

Test(race, D03_single_check)
{
	expect_pin_vs_unmap("kosaki-0414", TLBFLUSH_IPI, "pin_lost");
}

Test(race, D03_double_check)
{
	expect_pin_vs_unmap("kosaki-0419", TLBFLUSH_IPI, NULL);
}

Test(race, D03_double_check_without_ipis)
{
	expect_pin_vs_unmap("kosaki-0419", TLBFLUSH_PARAVIRT_NOIPI, "");
}

Test(race, D03_in_2_6_29_and_5_19)
{
	expect_pin_vs_unmap("v2.6.29", TLBFLUSH_IPI, NULL);
	expect_pin_vs_unmap("v5.19", TLBFLUSH_IPI, NULL);
}

/*
 * In v2.6.29 such a gup_fast may use a free page, but what its device wrote is not lost:
 * the reuse rule does not look at it, and reclaim notices that the page is dirty again.
 */
Test(race, D03_in_2_6_29_without_ipis)
{
	expect_pin_vs_unmap("v2.6.29", TLBFLUSH_PARAVIRT_NOIPI, "use_after_free");
	check = check_losses;
	expect_pin_vs_unmap("v2.6.29", TLBFLUSH_PARAVIRT_NOIPI, NULL);
	expect_pin_vs_unmap("kosaki-0419", TLBFLUSH_PARAVIRT_NOIPI, "pin_lost");
}
