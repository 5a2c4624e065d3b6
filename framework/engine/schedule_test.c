/* SPDX-License-Identifier: MIT */
#include "engine/schedule.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(schedule, .timeout = 10);

static void nothing(void *arg)
{
	(void)arg;
}

#define CPU(text, index)                                    \
	{                                                   \
		.name = text, .run = nothing, .host = index \
	}

static const struct baton_cpu_program race_cpus[] = {
	CPU("kswapd", -1), CPU("dio", -1), CPU("user", -1), CPU("dio_irq", 1), CPU("dio_nmi", 1),
};
static const struct baton_program race = { .name = "race", .cpus = race_cpus, .cpu_count = 5 };

/* Names that are prefixes of each other, with digits wherever they hurt. */
static const struct baton_cpu_program digit_cpus[] = {
	CPU("cpu1", -1), CPU("cpu10", -1), CPU("cpu", -1), CPU("k", -1),  CPU("k2x", -1),
	CPU("k2y", -1),  CPU("x", -1),     CPU("x3", -1),  CPU("irq", 0),
};
static const struct baton_program digits = { .name = "digits", .cpus = digit_cpus, .cpu_count = 9 };

static const struct baton_cpu_program single_cpus[] = { CPU("k2x", -1), CPU("x", -1) };
static const struct baton_program single = { .name = "single",
					     .cpus = single_cpus,
					     .cpu_count = 2 };

static void add(struct schedule *schedule, enum baton_choice_kind kind, unsigned int value,
		unsigned int times)
{
	struct schedule_entry entry = { (uint8_t)kind, (uint8_t)value };

	for (unsigned int i = 0; i < times; i++)
		vec_push(&schedule->entries, entry);
}

static void expect_line(const struct schedule *schedule, const struct baton_program *program,
			const char *expected)
{
	struct text line = TEXT_INIT;

	schedule_format(schedule, program, &line);
	cr_expect_str_eq(line.bytes, expected);
	text_release(&line);
}

/* Reads @line and writes it again. */
static void expect_again(const struct baton_program *program, const char *line,
			 const char *expected)
{
	struct schedule schedule = { 0 };
	struct err err = ERR_INIT;

	cr_expect_eq(schedule_parse(&schedule, program, line, &err), 0, "%s: %s", line,
		     err.text.bytes);
	expect_line(&schedule, program, expected);
	schedule_release(&schedule);
	err_release(&err);
}

static void expect_error(const struct baton_program *program, const char *line,
			 const char *expected)
{
	struct schedule schedule = { 0 };
	struct err err = ERR_INIT;
	int status = schedule_parse(&schedule, program, line, &err);

	cr_expect(status == -1 && !schedule.entries.count, "%s", line);
	cr_expect_str_eq(err.text.bytes, expected);
	schedule_release(&schedule);
	err_release(&err);
}

Test(schedule, runs_are_prefix_and_count)
{
	struct schedule schedule = { 0 };

	add(&schedule, BATON_CHOICE_CPU, 0, 2);
	add(&schedule, BATON_CHOICE_CPU, 1, 3);
	add(&schedule, BATON_CHOICE_CPU, 0, 2);
	add(&schedule, BATON_CHOICE_FAULT, 1, 1);
	add(&schedule, BATON_CHOICE_CPU, 3, 1);
	add(&schedule, BATON_CHOICE_FAULT, 0, 5);
	add(&schedule, BATON_CHOICE_VALUE, 0, 2);
	add(&schedule, BATON_CHOICE_CPU, 4, 12);
	add(&schedule, BATON_CHOICE_CPU, 2, 1);
	expect_line(&schedule, &race, "k2d3k2[1]d^1[0x5][=0x2]d^^12u1");
	cr_expect_eq(schedule_steps(&schedule), 21);
	cr_expect_eq(schedule_switches(&schedule), 5);
	schedule_release(&schedule);
}

Test(schedule, empty_line_is_the_empty_schedule)
{
	struct schedule schedule = { 0 };

	expect_line(&schedule, &race, "");
	expect_again(&race, "  ", "");
}

Test(schedule, copy_is_independent)
{
	struct schedule from = { 0 }, to = { 0 };

	add(&from, BATON_CHOICE_CPU, 2, 3);
	schedule_copy(&to, &from);
	from.entries.items[0].value = 0;
	expect_line(&to, &race, "u3");
	add(&to, BATON_CHOICE_CPU, 0, 1);
	expect_line(&to, &race, "u3k1");
	schedule_release(&from);
	schedule_copy(&to, &from);
	cr_expect_eq(to.entries.count, 0);
	schedule_release(&to);
}

Test(schedule, longer_prefixes_and_blanks_are_read)
{
	expect_again(&race, "kswapd2 dio:3\tks1 us4 dio^1", "k2d3k1u4d^1");
	expect_again(&race, "k1k1[0][0x2] [1x1][=1]", "k2[0x3][1][=1]");
}

Test(schedule, digits_in_names_get_a_colon)
{
	struct schedule schedule = { 0 };

	for (unsigned int i = 0; i < digits.cpu_count; i++)
		add(&schedule, BATON_CHOICE_CPU, i, 3);
	expect_line(&schedule, &digits, "cpu1:3cpu10:3cpu:3k:3k2x3k2y3x:3x3:3cpu1^3");
	expect_again(&digits, "cpu1:3cpu10:3cpu:3k:3k2x3k2y3x:3x3:3cpu1^3",
		     "cpu1:3cpu10:3cpu:3k:3k2x3k2y3x:3x3:3cpu1^3");
	expect_again(&single, "k:2x3", "k:2x3");
	expect_again(&single, "k2x3", "k:3");
	schedule_release(&schedule);
}

/* Fixed linear pattern: CPUs, faults and values in every order and run length. */
static void fill(struct schedule *schedule, unsigned int cpu_count, unsigned int seed)
{
	unsigned int state = seed;

	for (unsigned int i = 0; i < seed % 23; i++) {
		state = state * 1103515245U + 12345U;
		if ((state >> 16) % 4)
			add(schedule, BATON_CHOICE_CPU, (state >> 18) % cpu_count,
			    1 + (state >> 24) % 13);
		else
			add(schedule, 1 + (state >> 30) % 2, (state >> 18) % BATON_OPTIONS_MAX,
			    1 + (state >> 24) % 3);
	}
}

static bool equal(const struct schedule *a, const struct schedule *b)
{
	if (a->entries.count != b->entries.count)
		return false;
	for (size_t i = 0; i < a->entries.count; i++)
		if (a->entries.items[i].kind != b->entries.items[i].kind ||
		    a->entries.items[i].value != b->entries.items[i].value)
			return false;
	return true;
}

static void round_trip(const struct baton_program *program, unsigned int seed)
{
	struct schedule schedule = { 0 }, again = { 0 };
	struct text line = TEXT_INIT;
	struct err err = ERR_INIT;

	fill(&schedule, program->cpu_count, seed);
	schedule_format(&schedule, program, &line);
	cr_assert_eq(schedule_parse(&again, program, line.bytes, &err), 0, "%s: %s", line.bytes,
		     err.text.bytes);
	cr_assert(equal(&schedule, &again), "%s", line.bytes);
	schedule_release(&schedule);
	schedule_release(&again);
	text_release(&line);
	err_release(&err);
}

Test(schedule, what_is_written_is_read_back)
{
	for (unsigned int seed = 0; seed < 3000; seed++) {
		round_trip(&race, seed);
		round_trip(&digits, seed);
		round_trip(&single, seed);
	}
}

Test(schedule, errors_say_the_column_and_the_cpus)
{
	expect_error(&race, "k2 x3",
		     "error: column 4: no CPU begins with 'x'; there are kswapd, dio, user\n");
	expect_error(&race, "k2d",
		     "error: column 3: expected a number of steps after 'd'; "
		     "there are kswapd, dio, user\n");
	expect_error(&race, "k2,d1",
		     "error: column 3: expected a CPU or '[', found ','; "
		     "there are kswapd, dio, user\n");
	expect_error(&digits, "cp3",
		     "error: column 1: 'cp' begins more than one name; "
		     "there are cpu1, cpu10, cpu, k, k2x, k2y, x, x3\n");
	expect_error(&race, "k^1", "error: column 2: kswapd has no interrupt context\n");
	expect_error(&race, "d^^^1", "error: column 2: dio has no such interrupt context\n");
	expect_error(&race, "k0", "error: column 2: expected a number of at least 1\n");
	expect_error(&race, "k99999999999999999999",
		     "error: column 2: more steps than a schedule can have\n");
}

Test(schedule, errors_in_brackets)
{
	static const char option[] =
		"error: column 2: expected the option picked, a number from 0 to 63\n";

	expect_error(&race, "[]", option);
	expect_error(&race, "[64]", option);
	expect_error(&race, "[-1]", option);
	expect_error(&race, "[==1]",
		     "error: column 3: expected the option picked, a number from 0 to 63\n");
	expect_error(&race, "[", option);
	expect_error(&race, "k2[1", "error: column 5: expected ']' after the option picked\n");
	expect_error(&race, "[1x]", "error: column 4: expected a number of at least 1\n");
	expect_error(&race, "[1x0]", "error: column 4: expected a number of at least 1\n");
	expect_error(&race, "[1x", "error: column 4: expected a number of at least 1\n");
}
