/* SPDX-License-Identifier: MIT */
/*
 * case.h - results as the test cases of other formats: a scenario is a suite, and each of
 * its variants, in each cell, a case.
 *
 * What these formats begin with are numbers that only the end knows, so cases are kept.
 *
 * Layer: reports. May include: explore, engine, base.
 */
#ifndef REPORTS_CASE_H
#define REPORTS_CASE_H

#include "reports/report.h"

struct test_case {
	char *name; /* "kosaki-0414[tlbflush=ipi]" */
	enum outcome outcome;
	bool cut;         /* a limit ended the search */
	bool error;       /* it stands for what has no result */
	char *verdict;    /* "pin_lost in 84 of 12,286  (bounded: ...)" */
	char *text;       /* the text report of it, unless it is as expected */
	uint64_t counted; /* executions */
};

struct test_suite {
	char *name;
	char *path;
	VEC(struct test_case) cases;
	unsigned int outcomes[4]; /* cases, by enum outcome */
};

struct test_suites {
	VEC(struct test_suite) list;
};

/* Add a case to the last suite, or to a new one if that is of another scenario. */
void test_suites_add(struct test_suites *suites, const struct variant_result *result,
		     const struct report_options *options);

/* Where @totals has errors, add a suite "baton" with a case that says so. */
void test_suites_add_errors(struct test_suites *suites, const struct report_totals *totals);

void test_suites_release(struct test_suites *suites);

#endif
