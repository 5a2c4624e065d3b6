/* SPDX-License-Identifier: MIT */
/*
 * leak_test.c - every report gives back what it took.
 *
 * A plain program: in a Criterion test a leak is printed, but the test passes.
 */
#include "reports/sample.h"

static void run(void (*init)(struct report *), int verbose)
{
	struct report report;

	init(&report);
	report.options.verbose = verbose;
	sample_report(&report);
	report_release(&report);
}

static void run_nothing(void (*init)(struct report *))
{
	struct report report;

	init(&report);
	report_release(&report);
}

int main(void)
{
	run(report_text_init, 0);
	run(report_text_init, 1);
	run(report_json_init, 0);
	run_nothing(report_text_init);
	run_nothing(report_json_init);
	return 0;
}
