/* SPDX-License-Identifier: MIT */
#include "reports/sample.h"

static const struct baton_cpu_program pair_cpus[] = {
	{ .name = "fork", .host = -1 },
	{ .name = "reclaim", .host = -1 },
};
static const struct baton_program pair = { .name = "pair", .cpus = pair_cpus, .cpu_count = 2 };
static const struct baton_point lock_a = { "pte/lock", "mm/pte.c", 14, 1 };
static const struct baton_point lock_b = { "page/lock", "mm/page.c", 20, 1 };

static void add_wait(struct sample *sample, unsigned int cpu, const char *state,
		     const char *function, unsigned int line)
{
	trace_set_state(&sample->trace, cpu, xstrdup(state));
	trace_add_frame(&sample->trace, cpu, "spin_lock", "kernel/spinlock.c", 33);
	trace_add_frame(&sample->trace, cpu, function, "mm/pair.c", line);
	trace_add_frame(&sample->trace, cpu, "[libc.so.6]", NULL, 0);
}

void sample_deadlock(struct sample *sample)
{
	struct finding *finding;

	sample_init(sample, &pair);
	finding = &sample->trace.finding;
	sample_step(sample, 0, &lock_a);
	sample_preempt(sample, 1, &lock_b);
	add_wait(sample, 0, "waits for lock_page(A) held by reclaim", "copy_one_pte", 40);
	add_wait(sample, 1, "waits for ptl(P) held by fork", "try_to_unmap_one", 71);
	finding->kind = FINDING_DEADLOCK;
	finding->name = "deadlock";
	finding->cpu = -1;
	finding->step = 2;
	text_add(&finding->text, "no CPU can go on");
	text_add(&finding->details, "fork waits for lock_page(A) held by reclaim\n"
				    "reclaim waits for ptl(P) held by fork\n");
}

struct variant_result sample_variant(const char *variant, enum outcome outcome,
				     enum strength strength, const char *bounds,
				     uint64_t executions)
{
	struct variant_result result;

	variant_result_init(&result);
	result.scenario = "pin-vs-unmap";
	result.path = "pin-vs-unmap.scn";
	result.variant = variant;
	result.outcome = outcome;
	result.strength = strength;
	result.bounds = bounds ? xstrdup(bounds) : NULL;
	result.executions = executions;
	return result;
}

struct verdict *sample_verdict(struct variant_result *result, const char *predicate,
			       enum expectation expected, uint64_t holds, enum outcome outcome)
{
	struct verdict verdict = {
		.predicate = predicate,
		.expected = expected,
		.holds = holds,
		.fails = result->executions - holds,
		.outcome = outcome,
	};

	vec_push(&result->verdicts, verdict);
	return &result->verdicts.items[result->verdicts.count - 1];
}

void sample_show_kosaki(struct verdict *verdict)
{
	struct sample sample;

	sample_kosaki(&sample);
	sample_kosaki_schedule(&verdict->schedule);
	verdict->trace = xcalloc(1, sizeof(*verdict->trace));
	*verdict->trace = sample.trace;
	verdict->execution = 1871;
	verdict->message = xstrdup("seen == 0x11, expected 0x5a");
	verdict->replay = xstrdup("baton replay 'k2d3k2u2d2' --scenario pin-vs-unmap.scn "
				  "--variant kosaki-0414");
}

static void give(struct report *report, struct variant_result *result)
{
	report->variant(report, result);
	variant_result_release(result);
}

static void give_failing(struct report *report)
{
	struct variant_result result =
		sample_variant("kosaki-0414", OUTCOME_FAIL, STRENGTH_EXHAUSTIVE, NULL, 4159);

	sample_show_kosaki(sample_verdict(&result, "lost_dma", EXPECT_NEVER, 87, OUTCOME_FAIL));
	sample_verdict(&result, "pin_lost", EXPECT_NEVER, 0, OUTCOME_OK);
	sample_verdict(&result, "use_after_free", EXPECT_NEVER, 0, OUTCOME_OK)->implied = true;
	give(report, &result);
}

static void give_deadlock(struct report *report)
{
	struct variant_result result = sample_variant("kosaki-0415", OUTCOME_FAIL, STRENGTH_BOUNDED,
						      "preemptions<=3", 1200);
	struct verdict *verdict;
	struct sample sample;

	sample_verdict(&result, "pin_lost", EXPECT_NEVER, 0, OUTCOME_OK);
	verdict = sample_verdict(&result, "deadlock", EXPECT_NEVER, 3, OUTCOME_FAIL);
	verdict->implied = true;
	sample_deadlock(&sample);
	verdict->trace = xcalloc(1, sizeof(*verdict->trace));
	*verdict->trace = sample.trace;
	text_add(&result.notes, "order 'a before b' is met by the program's own order\n");
	result.pruned = 17;
	give(report, &result);
}

/* Two predicates that never held. */
static void give_plain(struct report *report, struct variant_result result)
{
	if (result.outcome != OUTCOME_NONE) {
		sample_verdict(&result, "lost_dma", EXPECT_NEVER, 0, result.outcome);
		sample_verdict(&result, "pin_lost", EXPECT_NEVER, 0, result.outcome);
	}
	give(report, &result);
}

static void give_expected(struct report *report, const char *variant)
{
	struct variant_result result =
		sample_variant(variant, OUTCOME_OK, STRENGTH_EXHAUSTIVE, NULL, 4159);

	result.cell = "tlb=ipi";
	sample_show_kosaki(sample_verdict(&result, "lost_write", EXPECT_SOMETIMES, 87, OUTCOME_OK));
	sample_verdict(&result, "pinned", EXPECT_ALWAYS, 4159, OUTCOME_OK);
	give(report, &result);
}

void sample_report(struct report *report)
{
	static const struct report_totals totals = { .ok = 5,
						     .fail = 2,
						     .inconclusive = 1,
						     .none = 1 };

	report->begin(report);
	give_failing(report);
	give_plain(report,
		   sample_variant("kosaki-0419", OUTCOME_OK, STRENGTH_EXHAUSTIVE, NULL, 12345));
	give_deadlock(report);
	give_expected(report, "2.6.29");
	give_expected(report, "2.6.30");
	give_plain(report,
		   sample_variant("5.19", OUTCOME_OK, STRENGTH_BOUNDED, "preemptions<=3", 48211));
	give_plain(report,
		   sample_variant("6.1", OUTCOME_OK, STRENGTH_SAMPLED, "10000 executions", 10000));
	give_plain(report, sample_variant("6.18", OUTCOME_INCONCLUSIVE, STRENGTH_CUT,
					  "after 100000 executions", 100000));
	give_plain(report, sample_variant("7.2", OUTCOME_NONE, STRENGTH_CUT, NULL, 0));
	report->summary(report, &totals);
}
