/* SPDX-License-Identifier: MIT */
/*
 * table_width_test.c - tables of two to sixteen CPUs, in terminals from narrow to wide.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "reports/format.h"
#include "reports/report.h"
#include "reports/sample.h"

TestSuite(table_width, .timeout = 10);

#define CPUS_MAX 6u
#define CPUS_MANY 16u

static const struct baton_cpu_program cpus[CPUS_MANY] = {
	{ .name = "kswapd", .host = -1 },  { .name = "dio", .host = -1 },
	{ .name = "user", .host = -1 },    { .name = "forker", .host = -1 },
	{ .name = "swapoff", .host = -1 }, { .name = "khugepaged", .host = -1 },
	{ .name = "cpu7", .host = -1 },    { .name = "cpu8", .host = -1 },
	{ .name = "cpu9", .host = -1 },    { .name = "cpu10", .host = -1 },
	{ .name = "cpu11", .host = -1 },   { .name = "cpu12", .host = -1 },
	{ .name = "cpu13", .host = -1 },   { .name = "cpu14", .host = -1 },
	{ .name = "cpu15", .host = -1 },   { .name = "cpu16", .host = -1 },
};
static const struct baton_watch watches[] = { { .name = "A.ref" }, { .name = "A.map" } };
static const struct baton_point locked = { "page/lock_page_or_retry", "mm/page.c", 20, 1 };
static const struct baton_point plain = { "READ_ONCE(x)", "mm/page.c", 21, 0 };

#define NOTE "the count of references is 3 == 1+2"

/*
 * Each CPU waits for the first one, which holds the lock, and makes a step when it is done.
 * Steps are numbered from 1; the first CPU makes those before the others.
 */
static void add_convoy(struct sample *sample, unsigned int count)
{
	long values[] = { 2, 1 };

	sample_values(sample, values);
	sample_call(sample, 0, "shrink_page(A)");
	sample_step(sample, 0, &locked);
	for (unsigned int cpu = 1; cpu < count; cpu++) {
		sample_call(sample, (int)cpu, "gup_fast(A, FOLL_WRITE)");
		sample_wait(sample, (int)cpu, "waits for ptl(P) held by kswapd");
	}
	sample_step(sample, 0, &plain);
	sample_note(sample, 0, NOTE);
	for (unsigned int cpu = 1; cpu < count; cpu++) {
		sample_ready(sample, (int)cpu);
		values[0]++;
		sample_preempt(sample, (int)cpu, &locked);
		sample_values(sample, values);
		sample_choice(sample, (int)cpu, BATON_CHOICE_FAULT, "mm/alloc_page", 1);
	}
}

static struct text print(unsigned int count, const struct report_options *options)
{
	const struct baton_program program = { .cpus = cpus,
					       .cpu_count = count,
					       .watches = watches,
					       .watch_count = 2 };
	struct text text = TEXT_INIT;
	struct sample sample;

	sample_init(&sample, &program);
	trace_add(&sample.trace, (struct trace_event){ .type = TRACE_STATE, .cpu = -1 });
	add_convoy(&sample, count);
	report_table(&sample.trace, options, &text);
	trace_release(&sample.trace);
	return text;
}

static size_t widest_line(const char *text)
{
	size_t widest = 0;

	while (*text) {
		size_t length = strcspn(text, "\n");
		struct text line = TEXT_INIT;

		text_add_bytes(&line, text, length);
		if (format_columns(line.bytes) > widest)
			widest = format_columns(line.bytes);
		text_release(&line);
		text += length + (text[length] != 0);
	}
	return widest;
}

static unsigned int occurrences(const char *text, const char *what)
{
	unsigned int count = 0;

	for (; (text = strstr(text, what)); text += strlen(what))
		count++;
	return count;
}

/* Words may be broken over lines: compare without blanks and bars. */
static char *squeezed(const char *text)
{
	struct text out = TEXT_INIT;

	for (; *text; text++)
		if (!strchr(" \n|", *text))
			text_add_char(&out, *text);
	return text_detach(&out);
}

/* Is all of it there, in room for it? */
static void expect_fits(unsigned int count, unsigned int width, bool changelog)
{
	const struct report_options options = { .width = width, .changelog = changelog };
	struct text text = print(count, &options);
	char *all = squeezed(text.bytes);

	cr_expect_leq(widest_line(text.bytes), width, "%u CPUs in %u:\n%s", count, width,
		      text.bytes);
	for (unsigned int cpu = 0; cpu < count; cpu++)
		cr_expect(width < 80 || (count > CPUS_MAX && cpu + 1 < count) ||
				  strstr(all, cpus[cpu].name),
			  "%u in %u", count, width);
	for (unsigned int step = 1; step <= count + 1; step++) {
		char number[48], marked[32];

		snprintf(marked, sizeof(marked), "%s%u", step > 2 ? "*!" : "", step);
		snprintf(number, sizeof(number), "\n%4s  ", marked);
		cr_expect_not_null(strstr(text.bytes, number), "%s", text.bytes);
	}
	cr_expect_eq(occurrences(all, "waitsforptl(P)heldbykswapd"), count - 1, "%s", text.bytes);
	cr_expect_eq(occurrences(all, "fails"), count - 1, "%s", text.bytes);
	cr_expect_not_null(strstr(all, "3==1+2"), "%s", text.bytes);
	free(all);
	text_release(&text);
}

Test(table_width, everything_fits)
{
	static const unsigned int widths[] = { 60, 80, 100, 160 };

	for (unsigned int count = 2; count <= CPUS_MAX; count++)
		for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++)
			expect_fits(count, widths[i], false);
}

/* Headings are broken, and cells run on over the lanes beside them. */
Test(table_width, many_cpus_fit)
{
	static const unsigned int widths[] = { 80, 100, 160, 200 };

	for (unsigned int count = 12; count <= CPUS_MANY; count += 4)
		for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++)
			expect_fits(count, widths[i], false);
	expect_fits(12, 72, true);
}

Test(table_width, a_changelog_is_at_most_72_wide)
{
	for (unsigned int count = 2; count <= CPUS_MAX; count++)
		expect_fits(count, 72, true);
}

/* The second of three CPUs waits while the third comes to its lock, and while the first steps. */
Test(table_width, a_bar_stands_where_a_cpu_waits)
{
	const struct report_options ascii = { .width = 100 },
				    unicode = { .width = 100, .unicode = true };
	struct text text = print(3, &ascii), other = print(3, &unicode);

	cr_expect_not_null(strstr(text.bytes, "\n                          |                   "
					      "gup_fast(A, FOLL_WRITE)\n"),
			   "%s", text.bytes);
	cr_expect_eq(occurrences(text.bytes, "|"), 3, "two lines, and the legend: %s", text.bytes);
	cr_expect_eq(occurrences(other.bytes, "|"), 0);
	cr_expect_eq(occurrences(other.bytes, "\xe2\x94\x82"), occurrences(text.bytes, "|"));
	text_release(&text);
	text_release(&other);
}
