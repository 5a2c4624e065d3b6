/* SPDX-License-Identifier: MIT */
/*
 * progress_test.c - what somebody who watches sees, at given times.
 */
#include <criterion/criterion.h>

#include "cli/progress.h"

TestSuite(progress, .timeout = 10);

static const struct estimate_result million = { .traces = true, .mean = 1234567, .error = 123456 };

static void expect(const char *title, struct lookout_news news, const char *expected)
{
	struct text line = TEXT_INIT;

	progress_line(title, &news, &line);
	cr_expect_str_eq(line.bytes, expected);
	cr_expect_leq(line.length, PROGRESS_WIDTH);
	text_release(&line);
}

Test(progress, nothing_is_known_of_the_rest)
{
	expect("exploring lost v1.0",
	       (struct lookout_news){ .executions = 12345, .here = 12345, .passed_ms = 500 },
	       "exploring lost v1.0: 12,345, 24,700/s");
}

Test(progress, estimated)
{
	expect("exploring lost v1.0",
	       (struct lookout_news){ .executions = 234567,
				      .here = 200000,
				      .passed_ms = 2000,
				      .estimate = &million },
	       "exploring lost v1.0: 234,567 of about 1,230,000 (+-10 %), 100,000/s, 10 s left");
}

/* A reduced search within bounds, whose title must make room. */
Test(progress, title_is_cut)
{
	expect("exploring D03-single-check-vs-gup-fast kosaki-0419",
	       (struct lookout_news){ .executions = 1000,
				      .here = 1000,
				      .passed_ms = 1000,
				      .at_most = true,
				      .estimate = &million },
	       "exploring D03...: 1,000 of at most 1,230,000 (+-10 %), 1,000/s, 21 minutes left");
}

Test(progress, limit)
{
	expect("exploring lost v1.0",
	       (struct lookout_news){ .executions = 1000,
				      .here = 1000,
				      .passed_ms = 1000,
				      .executions_max = 5000,
				      .estimate = &million },
	       "exploring lost v1.0: 1,000, limit 5,000, 1,000/s, 4 s left");
}

/* More were made than there should be: nothing more is said. */
Test(progress, estimate_was_too_low)
{
	expect("exploring lost v1.0",
	       (struct lookout_news){ .executions = 2000000,
				      .here = 2000000,
				      .passed_ms = 10000,
				      .estimate = &million },
	       "exploring lost v1.0: 2,000,000, 200,000/s");
}

/* ---- When somebody is told --------------------------------------------------------------- */

static unsigned int told;
static struct lookout_news last;

static void listen(struct lookout_listener *listener, const struct lookout_news *news)
{
	(void)listener;
	told++;
	last = *news;
}

/* At first, and then 5 times in a second; what was there at first was not made here. */
Test(progress, five_times_a_second)
{
	struct explore_search search = EXPLORE_ALL;
	struct lookout_listener listener = { listen };
	struct lookout lookout;

	search.strategy = EXPLORE_RANDOM; /* nothing to estimate */
	lookout_init(&lookout, &search, NULL, &listener);
	for (uint64_t ms = 0; ms <= 1000; ms += 10)
		lookout_at(&lookout, 5000 + ms, 700 + ms);
	cr_expect_eq(told, 1 + 5);
	cr_expect_eq(last.executions, 1700);
	cr_expect_eq(last.here, 1000);
	cr_expect_eq(last.passed_ms, 1000);
	cr_expect_null(last.estimate);
}
