/* SPDX-License-Identifier: MIT */
/*
 * log_test.h - a program, and a log of all of its executions that is put together from parts.
 *
 * For tests of searches in parts: the log is the same if and only if the same executions
 * were made in the same order.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_LOG_TEST_H
#define EXPLORE_LOG_TEST_H

#include <criterion/criterion.h>
#include <string.h>

#include "explore/explore.h"

static int x, y;

static void twice(void *arg)
{
	for (int i = 0; i < 2; i++) {
		baton_access(BATON_HERE("x"), &x, BATON_RMW);
		x = x * 3 + (int)(intptr_t)arg;
	}
	if (x % 7 == 0)
		baton_fail("unlucky", "x is %d", x);
}

static void chooses(void *arg)
{
	(void)arg;
	y = (int)baton_choose(BATON_CHOICE_VALUE, 3, "y");
	baton_access(BATON_HERE("x"), &x, BATON_RMW);
	x += y;
	if (y == 2)
		baton_access(BATON_HERE("x again"), &x, BATON_RMW);
}

static void setup(void *arg)
{
	(void)arg;
	x = y = 0;
}

static const struct baton_cpu_program cpus[] = { { "a", twice, (void *)1, -1 },
						 { "b", twice, (void *)2, -1 },
						 { "c", chooses, NULL, -1 } };
static const struct baton_program program = { .name = "parts",
					      .cpus = cpus,
					      .cpu_count = 3,
					      .setup = setup };

/* Every execution, as a line of text: the longest thing that can be gathered. */
struct log {
	struct gatherer gatherer;
	struct text text;
	int enough; /* the search ends with this value of x; 0: never */
};

static void log_restart(struct gatherer *gatherer)
{
	text_clear(&((struct log *)gatherer)->text);
}

static void log_save(const struct gatherer *gatherer, struct text *text)
{
	const struct log *log = (const struct log *)gatherer;

	text_add(text, log->text.bytes);
}

static int log_merge(struct gatherer *gatherer, struct fields *fields, struct err *err)
{
	struct log *log = (struct log *)gatherer;

	while (fields_take(fields, "run")) {
		text_add(&log->text, "run ");
		if (fields_rest(fields, &log->text, err))
			return -1;
		text_add_char(&log->text, '\n');
	}
	return 0;
}

#define LOG_INIT(enough)                                                        \
	{                                                                       \
		{ log_restart, log_save, log_merge, NULL }, TEXT_INIT, (enough) \
	}

static bool log_execution(void *arg, enum sim_end end, uint64_t number)
{
	struct log *log = arg;

	(void)number;
	text_add(&log->text, "run ");
	schedule_format(sim_schedule(), sim_program(), &log->text);
	text_add(&log->text, end == SIM_FINDING ? " finding\n" : "\n");
	return !log->enough || x != log->enough;
}

static struct err err = ERR_INIT;

/* The log of a search of @what; free() it. */
static char *explore_program(const struct baton_program *what, const struct explore_search *search,
			     int enough, struct explore_result *result)
{
	struct log log = LOG_INIT(enough);
	const struct explore_judge judge = { .execution = log_execution,
					     .arg = &log,
					     .gatherers = &log.gatherer };

	cr_assert_eq(sim_init(what, &err), 0);
	cr_assert_eq(explore_run(search, NULL, &judge, result, &err), 0, "%s", err.text.bytes);
	sim_release();
	return text_detach(&log.text);
}

/* The same of the program above. */
static char *explore(const struct explore_search *search, int enough, struct explore_result *result)
{
	return explore_program(&program, search, enough, result);
}

static struct explore_search search_with(enum explore_strategy strategy)
{
	struct explore_search search = EXPLORE_ALL;

	search.strategy = strategy;
	return search;
}

#endif
