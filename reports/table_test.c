/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "reports/golden.h"
#include "reports/report.h"
#include "reports/sample.h"

TestSuite(table, .timeout = 10);

/* Prints the trace of @sample in @width columns, and releases it. */
static void expect_table(struct sample *sample, unsigned int width, const char *expected)
{
	struct report_options options = { .width = width };
	struct text text = TEXT_INIT;

	report_table(&sample->trace, &options, &text);
	cr_expect_str_eq(text.bytes, expected);
	text_release(&text);
	trace_release(&sample->trace);
}

static void expect_golden(struct sample *sample, unsigned int width, const char *name)
{
	struct report_options options = { .width = width };
	struct text text = TEXT_INIT;

	report_table(&sample->trace, &options, &text);
	golden_expect(name, text.bytes);
	text_release(&text);
	trace_release(&sample->trace);
}

Test(table, three_cpus_in_100_columns)
{
	struct sample sample;

	sample_kosaki(&sample);
	expect_golden(&sample, 100, "table-kosaki-100.txt");
}

Test(table, three_cpus_in_120_columns)
{
	struct sample sample;

	sample_kosaki(&sample);
	expect_golden(&sample, 120, "table-kosaki-120.txt");
}

/* Names stay whole; what passes the last column is wrapped. */
Test(table, three_cpus_in_80_columns)
{
	struct sample sample;

	sample_kosaki(&sample);
	expect_golden(&sample, 80, "table-kosaki-80.txt");
}

static const struct baton_cpu_program duo_cpus[] = {
	{ .name = "reader", .host = -1 },
	{ .name = "writer", .host = -1 },
};
static const struct baton_program duo = { .name = "duo", .cpus = duo_cpus, .cpu_count = 2 };
static const struct baton_point loaded = { "seq/loaded", "lib/seq.c", 10, 1 };
static const struct baton_point stored = { "seq/stored", "lib/seq.c", 20, 1 };
static const struct baton_point plain = { "READ_ONCE(seq->count)", "framework/lib/seq.c", 31, 0 };

Test(table, nested_calls_notes_and_unlabelled_points)
{
	struct sample sample;

	sample_init(&sample, &duo);
	sample_note(&sample, 1, "before anything");
	sample_call(&sample, 0, "outer()");
	sample_step(&sample, 0, &plain);
	sample_note(&sample, 0, "4");
	sample_call(&sample, 0, "inner()");
	sample_note(&sample, 0, "said first");
	sample_step(&sample, 0, &loaded);
	sample_note(&sample, 0, "one");
	sample_return(&sample, 0);
	sample_note(&sample, 0, "two");
	sample_step(&sample, 0, &loaded);
	sample_return(&sample, 0);
	sample_step(&sample, 1, &stored);
	expect_golden(&sample, 80, "table-nested-calls.txt");
}

/* Everything fits, so names are whole even below a call of the same name. */
Test(table, names_are_only_shortened_for_room)
{
	struct sample sample;

	sample_init(&sample, &duo);
	sample_call(&sample, 0, "seq(x)");
	sample_step(&sample, 0, &loaded);
	expect_table(&sample, 80,
		     "      CPU reader\n"
		     "      seq(x)\n"
		     "   1    seq/loaded\n");
}

Test(table, faults_and_values)
{
	struct sample sample;

	sample_init(&sample, &duo);
	sample_step(&sample, 0, &loaded);
	sample_choice(&sample, 0, BATON_CHOICE_FAULT, "mm/alloc_page", 0);
	sample_preempt(&sample, 1, &stored);
	sample_choice(&sample, 1, BATON_CHOICE_FAULT, "mm/swap_slot", 1);
	sample_note(&sample, 1, "no slot");
	sample_choice(&sample, 1, BATON_CHOICE_VALUE, "mm/slot", 3);
	expect_golden(&sample, 80, "table-faults.txt");
}

Test(table, no_steps)
{
	struct sample sample;

	sample_init(&sample, &duo);
	expect_table(&sample, 80, "      no CPU made a step\n");
}

Test(table, text_from_outside_stays_on_its_line)
{
	struct sample sample;

	sample_init(&sample, &duo);
	sample_step(&sample, 1, &stored);
	sample_note(&sample, 1, "a\nb\033[31mc \xc3\xa4");
	expect_table(&sample, 80,
		     "      CPU writer\n"
		     "   1  seq/stored: a b [31mc \xc3\xa4\n");
}

static const struct baton_cpu_program irq_cpus[] = {
	{ .name = "flusher", .host = -1 },
	{ .name = "gup", .host = -1 },
	{ .name = "gup_ipi", .host = 1 },
	{ .name = "gup_timer", .host = 1 },
};
static const struct baton_program irq = { .name = "irq", .cpus = irq_cpus, .cpu_count = 4 };
static const struct baton_point sent = { "ipi/sent", "kernel/ipi.c", 5, 1 };
static const struct baton_point acked = { "ipi/acked", "kernel/ipi.c", 9, 1 };

Test(table, interrupts_share_the_column_of_their_host)
{
	struct sample sample;

	sample_init(&sample, &irq);
	sample_step(&sample, 0, &sent);
	sample_step(&sample, 1, &loaded);
	sample_call(&sample, 2, "flush_tlb()");
	sample_step(&sample, 2, &acked);
	sample_return(&sample, 2);
	sample_step(&sample, 3, &acked);
	sample_step(&sample, 1, &loaded);
	expect_golden(&sample, 80, "table-interrupts.txt");
}

static const struct baton_cpu_program four_cpus[] = {
	{ .name = "kswapd", .host = -1 }, { .name = "direct_reclaim", .host = -1 },
	{ .name = "idle", .host = -1 },   { .name = "khugepaged", .host = -1 },
	{ .name = "user", .host = -1 },
};
static long get_nothing(void *arg)
{
	(void)arg;
	return 0;
}
static const struct baton_watch four_watches[] = {
	{ .name = "ref", .get = get_nothing },
	{ .name = "mapcount", .get = get_nothing },
	{ .name = "x", .get = get_nothing },
};
static const struct baton_program four = {
	.name = "four",
	.cpus = four_cpus,
	.cpu_count = 5,
	.watches = four_watches,
	.watch_count = 3,
};
static const struct baton_point collapse = { "khugepaged/collapse_huge_page_isolated",
					     "mm/khugepaged.c", 1, 1 };

static void add_four(struct sample *sample)
{
	static const long values[][3] = { { 1, 2, 7 },
					  { 1, -12345, 7 },
					  { 1, -12345, 7 },
					  { 100, 0, 7 } };

	sample_init(sample, &four);
	sample_call(sample, 0, "shrink_page(A)");
	sample_step(sample, 0, &loaded);
	sample_values(sample, values[0]);
	sample_step(sample, 1, &stored);
	sample_note(sample, 1,
		    "a note that goes on for a while, until it must be wrapped "
		    "and then goes on for some more words");
	sample_values(sample, values[1]);
	sample_preempt(sample, 3, &collapse);
	sample_values(sample, values[2]);
	sample_call(sample, 4, "khugepaged_does_something(with_many, arguments, of_its_own)");
	sample_step(sample, 4, &collapse);
	sample_note(sample, 4, "done");
	sample_values(sample, values[3]);
}

Test(table, four_cpus_in_120_columns)
{
	struct sample sample;

	add_four(&sample);
	expect_golden(&sample, 120, "table-four-120.txt");
}

Test(table, four_cpus_in_80_columns)
{
	struct sample sample;

	add_four(&sample);
	expect_golden(&sample, 80, "table-four-80.txt");
}

Test(table, four_cpus_in_60_columns)
{
	struct sample sample;

	add_four(&sample);
	expect_golden(&sample, 1, "table-four-60.txt");
}

Test(table, many_steps_widen_the_number)
{
	struct sample sample;

	sample_init(&sample, &duo);
	sample.trace.steps = 9999;
	sample_preempt(&sample, 0, &loaded);
	sample_choice(&sample, 0, BATON_CHOICE_FAULT, "f", 1);
	expect_table(&sample, 80,
		     "         CPU reader\n"
		     "*!10000  seq/loaded: f fails\n"
		     "         * = preemption, ! = fault.\n");
}

Test(table, the_end_is_shown_with_its_notes)
{
	struct sample sample;

	sample_init(&sample, &duo);
	sample_step(&sample, 0, &loaded);
	sample.phase = TRACE_FINALLY;
	sample_note(&sample, -1, "first");
	sample_call(&sample, -1, "check(a)");
	sample_step(&sample, -1, &loaded);
	sample_note(&sample, -1, "1");
	sample_note(&sample, -1, "2");
	sample_return(&sample, -1);
	sample_call(&sample, -1, "check(b)");
	expect_golden(&sample, 80, "table-end.txt");
}

/* A table may use colours, and without them has the same text. */
Test(table, colours_change_nothing_else)
{
	struct report_options plainly = { .width = 100 },
			      colourful = { .width = 100, .color = true };
	struct text without = TEXT_INIT, with = TEXT_INIT, stripped = TEXT_INIT;
	struct sample sample;

	sample_kosaki(&sample);
	report_table(&sample.trace, &plainly, &without);
	report_table(&sample.trace, &colourful, &with);
	for (const char *at = with.bytes; *at; at++) {
		if (*at == '\033')
			while (*at != 'm')
				at++;
		else
			text_add_char(&stripped, *at);
	}
	cr_expect_str_eq(stripped.bytes, without.bytes);
	cr_expect_str_neq(with.bytes, without.bytes);
	text_release(&with);
	text_release(&without);
	text_release(&stripped);
	trace_release(&sample.trace);
}
