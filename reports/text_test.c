/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <string.h>

#include "reports/golden.h"
#include "reports/sample.h"

TestSuite(text, .timeout = 10);

static void expect_report(struct report_options options, const char *name)
{
	struct report report;

	report_text_init(&report);
	report.options = options;
	sample_report(&report);
	golden_expect(name, report.out.bytes);
	report_release(&report);
}

Test(text, in_100_columns)
{
	expect_report((struct report_options){ .width = 100 }, "text-100.txt");
}

Test(text, in_80_columns)
{
	expect_report((struct report_options){ .width = 80 }, "text-80.txt");
}

Test(text, verbose_shows_stacks_and_every_example)
{
	expect_report((struct report_options){ .width = 120, .verbose = 1 },
		      "text-verbose-120.txt");
}

/* The line of a variant with one verdict; up to its end. */
static void expect_line(struct variant_result *result, const char *expected)
{
	struct report report;

	report_text_init(&report);
	report.options.width = 200;
	report.variant(&report, result);
	cr_expect_str_eq(report.out.bytes, expected);
	report_release(&report);
	variant_result_release(result);
}

/* One verdict of the outcome that the variant has; 1,000 executions. */
static void expect_one(struct variant_result result, enum expectation expected, uint64_t holds,
		       const char *line)
{
	sample_verdict(&result, "p", expected, holds, result.outcome);
	expect_line(&result, line);
}

static struct variant_result ran(enum outcome outcome, enum strength strength, const char *bounds)
{
	return sample_variant("v", outcome, strength, bounds, 1000);
}

#define HEAD(outcome) outcome "pin-vs-unmap v                "

/* "never" and "always" by themselves are a proof. */
Test(text, words_without_a_qualification_are_proved)
{
	expect_one(ran(OUTCOME_OK, STRENGTH_EXHAUSTIVE, NULL), EXPECT_NEVER, 0,
		   HEAD("ok    ") "never p  (exhaustive, 1,000 executions)\n");
	expect_one(ran(OUTCOME_OK, STRENGTH_BOUNDED, "preemptions<=3"), EXPECT_NEVER, 0,
		   HEAD("ok    ") "never within preemptions<=3: p  "
				  "(bounded: preemptions<=3; 1,000 executions)\n");
	expect_one(ran(OUTCOME_OK, STRENGTH_SAMPLED, "3 permutations"), EXPECT_NEVER, 0,
		   HEAD("ok    ") "not seen: p  (sampled: 3 permutations; 1,000 executions)\n");
	expect_one(ran(OUTCOME_INCONCLUSIVE, STRENGTH_CUT, "after 1000 executions"), EXPECT_NEVER,
		   0,
		   HEAD("?     ") "not found before the limit: p  (cut after 1000 executions)\n");
	expect_one(ran(OUTCOME_OK, STRENGTH_EXHAUSTIVE, NULL), EXPECT_ALWAYS, 1000,
		   HEAD("ok    ") "always p  (exhaustive, 1,000 executions)\n");
	expect_one(ran(OUTCOME_OK, STRENGTH_BOUNDED, "faults<=1"), EXPECT_ALWAYS, 1000,
		   HEAD("ok    ") "always within faults<=1: p  "
				  "(bounded: faults<=1; 1,000 executions)\n");
	expect_one(ran(OUTCOME_INCONCLUSIVE, STRENGTH_CUT, NULL), EXPECT_ALWAYS, 1000,
		   HEAD("?     ") "p held until the limit, expected always  "
				  "(cut, 1,000 executions)\n");
}

Test(text, what_was_not_expected_is_said_with_its_count)
{
	expect_one(ran(OUTCOME_FAIL, STRENGTH_EXHAUSTIVE, NULL), EXPECT_NEVER, 1,
		   HEAD("FAIL  ") "p sometimes (1 of 1,000), expected never  "
				  "(exhaustive, 1,000 executions)\n");
	expect_one(ran(OUTCOME_FAIL, STRENGTH_EXHAUSTIVE, NULL), EXPECT_NEVER, 1000,
		   HEAD("FAIL  ") "p always, expected never  (exhaustive, 1,000 executions)\n");
	expect_one(ran(OUTCOME_FAIL, STRENGTH_EXHAUSTIVE, NULL), EXPECT_SOMETIMES, 0,
		   HEAD("FAIL  ") "p never, expected sometimes  (exhaustive, 1,000 executions)\n");
	expect_one(ran(OUTCOME_INCONCLUSIVE, STRENGTH_BOUNDED, "preemptions<=2"), EXPECT_SOMETIMES,
		   0,
		   HEAD("?     ") "p never within preemptions<=2, expected sometimes  "
				  "(bounded: preemptions<=2; 1,000 executions)\n");
	expect_one(ran(OUTCOME_FAIL, STRENGTH_EXHAUSTIVE, NULL), EXPECT_ALWAYS, 999,
		   HEAD("FAIL  ") "p sometimes (999 of 1,000), expected always  "
				  "(exhaustive, 1,000 executions)\n");
}

Test(text, oracles_that_hold_are_not_listed)
{
	struct variant_result result =
		sample_variant("v", OUTCOME_OK, STRENGTH_EXHAUSTIVE, NULL, 1);

	sample_verdict(&result, "use_after_free", EXPECT_NEVER, 0, OUTCOME_OK)->implied = true;
	expect_line(&result, HEAD("ok    ") "no oracle violated  (exhaustive, 1 execution)\n");
}

static unsigned int occurrences(const char *text, const char *of)
{
	unsigned int count = 0;

	for (const char *at = strstr(text, of); at; at = strstr(at + 1, of))
		count++;
	return count;
}

Test(text, verdicts_share_the_execution_that_shows_them)
{
	struct variant_result result =
		sample_variant("v", OUTCOME_FAIL, STRENGTH_EXHAUSTIVE, NULL, 10);
	struct report report;

	sample_show_kosaki(sample_verdict(&result, "a", EXPECT_NEVER, 1, OUTCOME_FAIL));
	sample_show_kosaki(sample_verdict(&result, "b", EXPECT_NEVER, 2, OUTCOME_FAIL));
	sample_show_kosaki(sample_verdict(&result, "c", EXPECT_NEVER, 3, OUTCOME_FAIL));
	result.verdicts.items[1].schedule.entries.items[10].value = 0;
	report_text_init(&report);
	report.variant(&report, &result);
	cr_expect_eq(occurrences(report.out.bytes, "CPU kswapd"), 2);
	cr_expect_eq(occurrences(report.out.bytes, "replay: "), 2);
	cr_expect_eq(occurrences(report.out.bytes, "Observation "), 3);
	cr_expect_eq(occurrences(report.out.bytes, "  a: seen == 0x11, expected 0x5a\n"
						   "  c: seen == 0x11, expected 0x5a\n"
						   "  execution"),
		     1);
	cr_expect_eq(occurrences(report.out.bytes, "\n\n\n"), 0);
	report_release(&report);
	variant_result_release(&result);
}

Test(text, colours_are_only_used_where_allowed)
{
	struct report report;

	report_text_init(&report);
	sample_report(&report);
	cr_expect_null(strchr(report.out.bytes, '\033'));
	report_release(&report);
	report_text_init(&report);
	report.options.color = true;
	sample_report(&report);
	cr_expect_not_null(strstr(report.out.bytes, "\033[1;31mFAIL\033[0m  pin-vs-unmap"));
	report_release(&report);
}

Test(text, finding_names_its_place)
{
	struct report_options options = { .width = 80 };
	struct text text = TEXT_INIT;
	struct sample sample;

	sample_deadlock(&sample);
	report_finding(&sample.trace, &options, &text);
	cr_expect_str_eq(text.bytes, "  deadlock after step 2: no CPU can go on\n"
				     "    fork waits for lock_page(A) held by reclaim\n"
				     "    reclaim waits for ptl(P) held by fork\n");
	text_clear(&text);
	sample.trace.finding.cpu = 1;
	text_clear(&sample.trace.finding.details);
	report_finding(&sample.trace, &options, &text);
	cr_expect_str_eq(text.bytes, "  deadlock at step 2 on reclaim: no CPU can go on\n");
	text_clear(&text);
	finding_clear(&sample.trace.finding);
	report_finding(&sample.trace, &options, &text);
	cr_expect_str_eq(text.bytes, "");
	text_release(&text);
	trace_release(&sample.trace);
}
