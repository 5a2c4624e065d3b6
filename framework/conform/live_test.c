/* SPDX-License-Identifier: MIT */
/* Scripts on the running kernel answer what its manual says, and leave nothing behind. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "conform/live.h"

#define OPS_MAX 32

TestSuite(live, .timeout = 60);

static struct live *open_live(enum live_swap swap)
{
	static struct live_options options;
	struct err err = ERR_INIT;
	struct live *live;

	options.swap = swap;
	live = live_open(&options, &err);
	cr_assert_not_null(live, "%s", err.text.bytes);
	return live;
}

static void close_live(struct live *live)
{
	struct err err = ERR_INIT;

	cr_expect_eq(live_close(live, &err), 0, "%s", err.text.bytes);
	err_release(&err);
}

/* Skips the test if something is missing here. */
static void need(const struct live *live, const struct conform_script *script)
{
	for (size_t i = 0; i < script->ops.count; i++) {
		const char *reason = live_missing(live, &script->ops.items[i]);

		if (reason)
			cr_skip_test("%s", reason);
	}
}

static struct conform_script parsed(const char *line)
{
	struct conform_script script = { 0 };
	struct err err = ERR_INIT;

	cr_assert_eq(conform_script_parse(&script, "test", 1, line, &err), 0, "%s", err.text.bytes);
	cr_assert_lt(script.ops.count, OPS_MAX);
	return script;
}

/* The script has what it must answer as "->". */
static void expect_answers(struct live *live, const char *line)
{
	struct live_answer answers[OPS_MAX];
	struct conform_script script = parsed(line);
	struct err err = ERR_INIT;

	need(live, &script);
	cr_assert_eq(live_run(live, &script, answers, &err), 0, "%s", err.text.bytes);
	for (size_t i = 0; i < script.ops.count; i++)
		cr_expect_eq(answers[i].result, script.ops.items[i].seen,
			     "%s: operation %zu answers %ld", line, i + 1, answers[i].result);
	conform_script_release(&script);
}

static void expect_alone(const char *line)
{
	struct live *live = open_live(LIVE_SWAP_NONE);

	expect_answers(live, line);
	close_live(live);
}

Test(live, processes_are_isolated_and_reaped)
{
	expect_alone("x : A.map A.w:1 A.fork:B A.w:2 B.r->1 A.r->2 B.exit A.reap:B A.r->2");
	expect_alone("x : A.map:1 A.w:1 A.fork:B A.w:2 B.r->2 B.fork:C C.w:5 C.exit "
		     "A.reap:C->-10 A.r->5");
}

Test(live, errors_and_signals_are_answers)
{
	expect_alone("x : A.map A.w:1 A.ro A.w:2->-2011 A.r->1 A.unmap A.r->-2011 A.r:1->0");
	expect_alone("x : A.map A.rfp:0:1->-22 A.wb:7 A.r->-1000");
}

Test(live, a_pipe_keeps_the_page)
{
	expect_alone("x : A.map A.w:3 A.splice:0 A.dontneed A.w:4 D.pipe:0->3 D.pipe:0->-11");
}

Test(live, a_fixed_buffer_is_a_pin)
{
	expect_alone("x : A.map A.w:1 A.wfix->-14 A.reg A.dontneed A.r->0 A.wfix->1 A.rfix:8 "
		     "A.wfix->8 A.unreg A.unreg->-6 A.r->0");
	/* A pin of a process that has ended is none any more, and its child has none. */
	expect_alone("x : A.map A.fork:B B.reg B.fork:C C.wfix->-14 B.exit C.reg C.wfix->0");
}

Test(live, memory_of_others_and_files)
{
	expect_alone("x : A.map A.w:1 A.fork:B A.pvw:B:5 A.pvr:B->5 B.r->5 A.r->1 B.pvr:A->1");
	expect_alone("x : A.map:3 A.r:2->18 A.w:9:2 A.fr:2->9 A.fw:4:1 A.r:1->4 D.fr:1->4 A.msync "
		     "A.fsync A.rfp:0:3 A.r->19");
	/* The next script finds the file as the first one did. */
	expect_alone("x : D.fr:2->18 A.map:2 A.odr:3 A.r->67 A.ro A.mem:6 A.r->6 D.fr->16");
}

Test(live, pages_are_swapped_out)
{
	struct live *live = open_live(LIVE_SWAP_ANY);
	struct live_answer answers[OPS_MAX];
	struct conform_script script = parsed("x : A.map A.w:1 A.pageout A.st");
	struct err err = ERR_INIT;

	need(live, &script);
	cr_assert_eq(live_run(live, &script, answers, &err), 0, "%s", err.text.bytes);
	cr_expect_str_eq(answers[3].text, "swapped out");
	expect_answers(live, "x : A.map A.w:1 A.pageout A.fork:B A.w:2 B.r->1 A.r->2");
	conform_script_release(&script);
	close_live(live);
}

Test(live, without_a_swap_area_only_what_needs_it_is_missing)
{
	struct live *live = open_live(LIVE_SWAP_NONE);
	const struct conform_op out = { .what = CONFORM_PAGEOUT }, store = { .what = CONFORM_W };
	struct text text = TEXT_INIT;

	cr_expect_not_null(live_missing(live, &out));
	cr_expect_null(live_missing(live, &store));
	live_tell_missing(live, &text);
	cr_expect_eq(strncmp(text.bytes, "swap: no swap area is wanted\n", 29), 0, "%s",
		     text.bytes);
	text_release(&text);
	close_live(live);
}

/* Each kind of a swap area, and where it cannot be had a reason. */
Test(live, every_swap_area_is_taken_away)
{
	const struct conform_op out = { .what = CONFORM_PAGEOUT };
	struct text text = TEXT_INIT;

	for (enum live_swap kind = LIVE_SWAP_ZRAM; kind < LIVE_SWAP_NONE; kind++) {
		struct live *live = open_live(kind);

		text_clear(&text);
		live_tell_swap(live, &text);
		cr_expect(live_missing(live, &out) ||
				  !strncmp(text.bytes, live_swap_names[kind], 4),
			  "%s", text.bytes);
		close_live(live);
	}
	text_release(&text);
}

static size_t entries(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t count = 0;

	cr_assert_not_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

Test(live, the_folder_is_taken_away)
{
	char folder[] = "/tmp/baton-test-XXXXXX";
	struct live_options options = { .folder = mkdtemp(folder), .swap = LIVE_SWAP_ANY };
	struct err err = ERR_INIT;
	struct live *live = live_open(&options, &err);

	cr_assert_not_null(live, "%s", err.text.bytes);
	cr_expect_eq(entries(folder), 3);
	close_live(live);
	cr_expect_eq(entries(folder), 2);
	cr_expect_eq(rmdir(folder), 0);
}

Test(live, a_folder_that_cannot_be_made_is_an_error)
{
	struct live_options options = { .folder = "/nowhere", .swap = LIVE_SWAP_ANY };
	struct err err = ERR_INIT;

	cr_expect_null(live_open(&options, &err));
	cr_expect_str_eq(err.text.bytes, "error: cannot make a folder in '/nowhere': "
					 "No such file or directory\n");
	err_release(&err);
}
