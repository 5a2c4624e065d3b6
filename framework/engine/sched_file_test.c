/* SPDX-License-Identifier: MIT */
#include "engine/sched_file.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(sched_file, .timeout = 10);

static const struct baton_cpu_program cpus[] = {
	{ .name = "kswapd", .host = -1 },
	{ .name = "dio", .host = -1 },
	{ .name = "dio_irq", .host = 1 },
};
static const struct baton_program program = { .name = "race", .cpus = cpus, .cpu_count = 3 };

static const struct baton_point added = { "swap/added", "mm/swap.c", 12, 1 };
static const struct baton_point mapcount = { "READ_ONCE(page->mapcount)", "mm/rmap.c", 120, 0 };
static const struct baton_point end_io = { "dio/end_io", "fs/dio.c", 7, 1 };

/* What the recorded execution below is as a file. */
static const char whole[] = "schedule 1\n"
			    "scenario race.scn\n"
			    "hash xxh3:9c1e\n"
			    "model mm 1.0\n"
			    "variant kosaki-0414 + tlbflush=ipi\n"
			    "cell tlb=ipi\n"
			    "seed 18446744073709551615\n"
			    "failure never lost_dma\n"
			    "cost faults=1 preemptions=1 switches=2 steps=3\n"
			    "1 kswapd swap/added\n"
			    "choice fault mm/swap_slot 1\n"
			    "choice value mm/slot 3\n"
			    "2 dio READ_ONCE(page->mapcount) @mm/rmap.c:120\n"
			    "3 dio_irq dio/end_io\n"
			    "end\n";

static void push(struct schedule *schedule, enum baton_choice_kind kind, unsigned int value)
{
	struct schedule_entry entry = { (uint8_t)kind, (uint8_t)value };

	vec_push(&schedule->entries, entry);
}

static void add_step(struct trace *trace, enum trace_phase phase, const struct baton_point *point)
{
	trace_add(trace,
		  (struct trace_event){ .type = TRACE_STEP, .phase = phase, .point = point });
}

static void add_choice(struct trace *trace, const char *name)
{
	trace_add(trace, (struct trace_event){ .type = TRACE_CHOICE,
					       .phase = TRACE_MAIN,
					       .text = xstrdup(name) });
}

static void record(struct schedule *schedule, struct trace *trace)
{
	push(schedule, BATON_CHOICE_CPU, 0);
	push(schedule, BATON_CHOICE_FAULT, 1);
	push(schedule, BATON_CHOICE_VALUE, 3);
	push(schedule, BATON_CHOICE_CPU, 1);
	push(schedule, BATON_CHOICE_CPU, 2);
	trace_init(trace, &program);
	add_step(trace, TRACE_SETUP, &end_io);
	add_step(trace, TRACE_MAIN, &added);
	add_choice(trace, "mm/swap_slot");
	add_choice(trace, "mm/slot");
	add_step(trace, TRACE_MAIN, &mapcount);
	trace_add(trace, (struct trace_event){ .type = TRACE_NOTE,
					       .phase = TRACE_MAIN,
					       .text = xstrdup("2") });
	add_step(trace, TRACE_MAIN, &end_io);
	add_step(trace, TRACE_FINALLY, &added);
	trace->faults = 1;
	trace->preemptions = 1;
}

Test(sched_file, records_and_writes)
{
	struct sched_file file = { 0 };
	struct schedule schedule = { 0 };
	struct text text = TEXT_INIT;
	struct trace trace;

	record(&schedule, &trace);
	file.scenario = xstrdup("race.scn");
	file.hash = xstrdup("xxh3:9c1e");
	file.model = xstrdup("mm 1.0");
	file.variant = xstrdup("kosaki-0414 + tlbflush=ipi");
	file.cell = xstrdup("tlb=ipi");
	file.failure = xstrdup("never lost_dma");
	file.seed = UINT64_MAX;
	sched_file_record(&file, &schedule, &program, &trace);
	sched_file_write(&file, &text);
	cr_expect_str_eq(text.bytes, whole);
	sched_file_release(&file);
	schedule_release(&schedule);
	trace_release(&trace);
	text_release(&text);
}

Test(sched_file, without_a_trace_any_point_will_do)
{
	struct sched_file file = { 0 };
	struct schedule schedule = { 0 };
	struct text text = TEXT_INIT;

	push(&schedule, BATON_CHOICE_CPU, 1);
	push(&schedule, BATON_CHOICE_FAULT, 0);
	sched_file_record(&file, &schedule, &program, NULL);
	sched_file_write(&file, &text);
	cr_expect_str_eq(text.bytes, "schedule 1\nseed 0\n"
				     "cost faults=0 preemptions=0 switches=0 steps=1\n"
				     "1 dio -\nchoice fault - 0\nend\n");
	sched_file_release(&file);
	schedule_release(&schedule);
	text_release(&text);
}

/* Reads @bytes and expects to write @expected. */
static void expect_again(const char *bytes, const char *expected)
{
	struct sched_file file = { 0 };
	struct text text = TEXT_INIT;
	struct err err = ERR_INIT;

	cr_assert_eq(sched_file_read(&file, "a.sched", bytes, strlen(bytes), &err), 0, "%s",
		     err.text.bytes);
	sched_file_write(&file, &text);
	cr_expect_str_eq(text.bytes, expected);
	sched_file_release(&file);
	text_release(&text);
	err_release(&err);
}

Test(sched_file, what_is_written_is_read_back)
{
	expect_again(whole, whole);
}

Test(sched_file, comments_blanks_and_crlf_are_read_over)
{
	expect_again("# by hand\r\n\r\n  schedule 1 # the version\r\n"
		     "\tscenario my race#1.scn\r\nseed 0\r\n"
		     "7\tdio   READ_ONCE(a [ i ])   @x.c:3  # why\r\n"
		     "7 dio -\r\nend",
		     "schedule 1\nscenario my race#1.scn\nseed 0\n"
		     "cost faults=0 preemptions=0 switches=0 steps=0\n"
		     "1 dio READ_ONCE(a [ i ]) @x.c:3\n2 dio -\nend\n");
}

Test(sched_file, resolves_cpus_and_names)
{
	struct sched_file file = { 0 };
	struct schedule schedule = { 0 };
	struct err err = ERR_INIT;
	char **names;

	cr_assert_eq(sched_file_read(&file, "a.sched", whole, strlen(whole), &err), 0);
	cr_assert_eq(sched_file_resolve(&file, &program, "a.sched", &schedule, &names, &err), 0);
	cr_assert_eq(schedule.entries.count, 5);
	cr_expect_eq(schedule.entries.items[0].kind, BATON_CHOICE_CPU);
	cr_expect_eq(schedule.entries.items[1].kind, BATON_CHOICE_FAULT);
	cr_expect_eq(schedule.entries.items[1].value, 1);
	cr_expect_eq(schedule.entries.items[2].kind, BATON_CHOICE_VALUE);
	cr_expect_eq(schedule.entries.items[2].value, 3);
	cr_expect_eq(schedule.entries.items[3].value, 1);
	cr_expect_eq(schedule.entries.items[4].value, 2);
	cr_expect_str_eq(names[1], "mm/swap_slot");
	cr_expect_str_eq(names[3], "READ_ONCE(page->mapcount)");
	cr_expect_str_eq(names[4], "dio/end_io");
	cr_expect_eq(file.lines.items[3].line, 13);
	free(names);
	sched_file_release(&file);
	schedule_release(&schedule);
}

Test(sched_file, unknown_cpus_are_named_with_the_nearest)
{
	static const char bytes[] = "schedule 1\n1 kswpad a/b\n2 dio -\n3  zebra -\nend\n";
	struct sched_file file = { 0 };
	struct schedule schedule = { 0 };
	struct err err = ERR_INIT;
	char **names;

	cr_assert_eq(sched_file_read(&file, "a.sched", bytes, strlen(bytes), &err), 0);
	cr_expect_eq(sched_file_resolve(&file, &program, "a.sched", &schedule, &names, &err), -1);
	cr_expect_eq(schedule.entries.count, 0);
	cr_expect_null(names);
	cr_expect_eq(err.count, 2);
	cr_expect_str_eq(err.text.bytes,
			 "a.sched:2:3: error: no CPU is called 'kswpad'; did you mean 'kswapd'?\n"
			 "a.sched:4:4: error: no CPU is called 'zebra'; there are kswapd, dio, "
			 "dio_irq\n");
	sched_file_release(&file);
	err_release(&err);
}

static void expect_errors(const char *bytes, size_t length, const char *expected)
{
	struct sched_file file = { 0 };
	struct err err = ERR_INIT;
	int status = sched_file_read(&file, "a", bytes, length, &err);

	cr_expect(status == -1 && !file.lines.count && !file.scenario, "%s", bytes);
	cr_expect_str_eq(err.text.bytes, expected);
	sched_file_release(&file);
	err_release(&err);
}

#define EXPECT_ERRORS(bytes, expected) expect_errors(bytes, sizeof(bytes) - 1, expected)

Test(sched_file, first_line_must_be_the_version)
{
	EXPECT_ERRORS("", "a:1:1: error: the file is empty\n");
	EXPECT_ERRORS("\n# nothing\n", "a:1:1: error: the file is empty\n");
	EXPECT_ERRORS(" scenario x\nwhat\n",
		      "a:1:2: error: expected 'schedule 1': this is no .sched file\n");
	EXPECT_ERRORS("schedule 2\nnew\n",
		      "a:1:10: error: version 2; only version 1 is understood\n");
	EXPECT_ERRORS("schedule\n", "a:1:9: error: expected the version, a number\n");
}

Test(sched_file, all_errors_of_a_file_in_one_run)
{
	EXPECT_ERRORS("schedule 1\nvariant\nvariant b\nseed x\nsede 1\ncost steps=1 stops=2\n"
		      "1\n1 dio\nchoice what a 1\nchoice fault a 64\nchoice fault a 1 2\n"
		      "1 dio \0\nend now\nend\n",
		      "a:2:8: error: expected a value after 'variant'\n"
		      "a:3:1: error: 'variant' is there twice\n"
		      "a:4:6: error: expected a number\n"
		      "a:5:1: error: unknown word 'sede'; did you mean 'seed'?\n"
		      "a:6:14: error: expected faults=N, preemptions=N, switches=N or steps=N, "
		      "found 'stops=2'\n"
		      "a:7:2: error: expected a CPU and a point\n"
		      "a:8:6: error: expected a point after the CPU, or '-' for any\n"
		      "a:9:8: error: expected 'fault' or 'value'\n"
		      "a:10:16: error: expected the option picked, a number from 0 to 63\n"
		      "a:11:18: error: unexpected '2' at the end of the line\n"
		      "a:12:1: error: a NUL byte in the line\n"
		      "a:13:5: error: unexpected 'now' at the end of the line\n"
		      "a:14:1: error: nothing may follow 'end'\n");
}

Test(sched_file, a_cut_file_is_an_error)
{
	EXPECT_ERRORS("schedule 1\n1 dio -\n",
		      "a:2:1: error: the file is cut short: the line 'end' is missing\n");
}

/* Every beginning of a good file, and every byte replaced, is an error or a file; never worse. */
Test(sched_file, damaged_files_do_not_confuse_the_reader)
{
	char bytes[sizeof(whole)];

	for (size_t i = 0; i < sizeof(whole) - 1; i++) {
		struct sched_file file = { 0 };
		struct err err = ERR_INIT;

		if (i < strlen(whole) - 1)
			cr_expect_eq(sched_file_read(&file, "a", whole, i, &err), -1, "%zu", i);
		memcpy(bytes, whole, sizeof(whole));
		bytes[i] = (char)(i % 256);
		sched_file_read(&file, "a", bytes, strlen(whole), &err);
		sched_file_release(&file);
		err_release(&err);
	}
}
