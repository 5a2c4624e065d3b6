/* SPDX-License-Identifier: MIT */
/*
 * criterion.h - explorations as assertions of Criterion tests.
 *
 * Header only: baton itself does not need Criterion. Give the test a .timeout; and
 * use no assertion of Criterion on a simulated CPU: it would jump off its stack. Use
 * BATON_ASSERT(), or assert(), there.
 *
 * Layer: public. May include: baton/explore.h.
 */
#ifndef BATON_CRITERION_H
#define BATON_CRITERION_H

#include <criterion/criterion.h>

#include "baton/explore.h"

/**
 * baton_cr_expect_never() - no interleaving of @program has a finding.
 * @search: NULL for no bound and no limit
 *
 * Fails the test otherwise, or if the program cannot be run, with the finding and the
 * schedule that leads to it; the test goes on.
 */
#define baton_cr_expect_never(program, search)                                               \
	do {                                                                                 \
		struct baton_result baton_result_;                                           \
		int baton_status_ = baton_explore(program, search, &baton_result_);          \
		cr_expect(!baton_status_ && !baton_result_.findings,                         \
			  "%s: %s, in %llu of %llu executions, first %s", (program)->name,   \
			  baton_result_.finding, (unsigned long long)baton_result_.findings, \
			  (unsigned long long)baton_result_.executions,                      \
			  baton_result_.schedule ? baton_result_.schedule : "none");         \
		baton_result_release(&baton_result_);                                        \
	} while (0)

/**
 * baton_cr_expect_sometimes() - some interleaving of @program has a finding.
 *
 * The test of a test: it shows that the search can see what it looks for.
 */
#define baton_cr_expect_sometimes(program, search)                                  \
	do {                                                                        \
		struct baton_result baton_result_;                                  \
		int baton_status_ = baton_explore(program, search, &baton_result_); \
		cr_expect(!baton_status_ && baton_result_.findings,                 \
			  "%s: no finding in %llu executions", (program)->name,     \
			  (unsigned long long)baton_result_.executions);            \
		baton_result_release(&baton_result_);                               \
	} while (0)

#endif
