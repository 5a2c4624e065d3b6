/* SPDX-License-Identifier: MIT */
/*
 * gather_test.c - what is saved of two parts and merged is what one run of both gathers.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "explore/replay.h"
#include "scenario/judge.h"
#include "scenario/passes.h"
#include "scenario/word_model.h"

TestSuite(gather, .timeout = 30);

/* A part has executions that show nothing, a predicate, or a finding that nobody named. */
static const char *const schedules[] = { "b1a2", "a1b1a1", "a2b1", "a1b1a1" };

static struct scenario *scenario;
static struct runner runner;
static struct variant_result result;
static struct judge judge;
static struct err err = ERR_INIT;

static void init(void)
{
	static const struct model *const models[] = { &word_model, NULL };
	static const char text[] = "scenario toy\nuse toy;\nsetup { X = word(); }\n"
				   "cpu a { write(X, 1); write(X, 0 - 1); }\n"
				   "cpu b { v = read(X); }\n"
				   "predicate saw_one = b:v == 1;\n"
				   "variants { v1 sometimes saw_one, sometimes negative; }\n";
	struct run_case which = { 0 };

	scenario = scenario_parse("toy.scn", text, strlen(text), models, &err);
	cr_assert_not_null(scenario, "%s", err.text.bytes);
	which.scenario = scenario;
	variant_result_init(&result);
	cr_assert_eq(runner_init(&runner, &which, &err), 0);
	judge_init(&judge, &runner, &result);
	cr_assert_eq(sim_init(&runner.program, &err), 0);
}

static void release(void)
{
	sim_release();
	judge_release(&judge);
	variant_result_release(&result);
	runner_release(&runner);
	scenario_free(scenario);
	err_release(&err);
}

static void execute(const char *line)
{
	struct schedule schedule = { 0 };
	struct replay replay;
	enum sim_end end;

	cr_assert_eq(schedule_parse(&schedule, &runner.program, line, &err), 0);
	replay_init(&replay, &schedule, &runner.program, NULL);
	replay.strategy.begin(&replay.strategy);
	end = sim_execute(&replay.strategy, 100, NULL);
	cr_assert(replay_finish(&replay));
	judge_execution(&judge, end);
	replay_release(&replay);
	schedule_release(&schedule);
}

static char *saved(void)
{
	struct text text = TEXT_INIT;

	judge.gatherer.save(&judge.gatherer, &text);
	return text_detach(&text);
}

static int merge(const char *text)
{
	struct fields fields;

	fields_init(&fields, "part", text);
	return judge.gatherer.merge(&judge.gatherer, &fields, &err);
}

/* Executions [from, to). */
static char *run_part(size_t from, size_t to)
{
	judge.gatherer.restart(&judge.gatherer);
	for (size_t i = from; i < to; i++)
		execute(schedules[i]);
	return saved();
}

Test(gather, any_cut_gives_the_same, .init = init, .fini = release)
{
	size_t count = sizeof(schedules) / sizeof(*schedules);
	char *whole, *first, *second, *merged;

	whole = run_part(0, count);
	cr_expect_str_eq(whole,
			 "judged 4\n"
			 "verdict 2 2 saw_one\nkept 2 0 1 3 a1b1a1\n"
			 "ending 3 steps; negative at step 3: the word is -1; X = 1, v = 1\n"
			 "verdict 4 0 negative\nkept 1 0 0 3 b1a2\n"
			 "ending 3 steps; negative at step 3: the word is -1; X = 1, v = 0\n");
	for (size_t cut = 0; cut <= count; cut++) {
		first = run_part(0, cut);
		second = run_part(cut, count);
		judge.gatherer.restart(&judge.gatherer);
		cr_assert_eq(merge(first), 0, "%s", err.text.bytes);
		cr_assert_eq(merge(second), 0, "%s", err.text.bytes);
		merged = saved();
		cr_expect_str_eq(merged, whole);
		free(first);
		free(second);
		free(merged);
	}
	free(whole);
}

/* Nobody named it: its verdict comes when it is found, and counts what was before. */
Test(gather, findings_that_are_not_named, .init = init, .fini = release)
{
	char *merged;

	cr_assert_eq(merge("judged 2\nverdict 1 1 saw_one\nkept 1 0 0 3 b1a2\nending x\n"
			   "verdict 0 2 negative\n"),
		     0);
	cr_assert_eq(merge("judged 3\nverdict 0 0 saw_one\nverdict 0 3 negative\n"
			   "verdict 3 0 wild\nkept 1 0 0 1 a1\nending y\n"),
		     0);
	cr_assert_eq(merge("judged 1\nverdict 0 1 saw_one\nverdict 0 1 negative\n"), 0);
	merged = saved();
	cr_expect_str_eq(merged,
			 "judged 6\nverdict 1 2 saw_one\nkept 1 0 0 3 b1a2\nending x\n"
			 "verdict 0 6 negative\nverdict 3 3 wild\nkept 3 0 0 1 a1\nending y\n");
	free(merged);
	judge.gatherer.restart(&judge.gatherer);
	merged = saved();
	cr_expect_str_eq(merged, "judged 0\nverdict 0 0 saw_one\nverdict 0 0 negative\n");
	free(merged);
}

static void expect_error(const char *text, const char *message)
{
	judge.gatherer.restart(&judge.gatherer);
	err_release(&err);
	cr_expect_eq(merge(text), -1);
	cr_expect_str_eq(err.text.bytes, message);
}

Test(gather, what_no_judge_saved, .init = init, .fini = release)
{
	expect_error("", "part:1:1: error: the text ends where 'judged' is expected\n");
	expect_error("judged 1 2\n", "part:1:10: error: unexpected '2' at the end of the line\n");
	expect_error("judged 1\nverdict 2 0 saw_one\n",
		     "part:2:9: error: expected a number up to 1, not '2'\n");
	expect_error("judged 1\nverdict 1 1 saw_one\n",
		     "part:2:11: error: expected a number up to 0, not '1'\n");
	expect_error("judged 1\nverdict 1 0 saw_one\nverdict 1 0 saw_one\n",
		     "part:3:20: error: more executions than there are\n");
	expect_error("judged 1\nverdict 1 0 saw_one\nkept 1 0 0 1 z9\n",
		     "part:3:14: error: no schedule of this scenario\n");
}

Test(gather, passes, .init = init, .fini = release)
{
	struct refs refs = { .runner = &runner };
	struct passes passes;
	struct fields fields;
	struct text text = TEXT_INIT;

	vec_push(&refs.states, ((struct ref_state){ .ever_reached = true }));
	vec_push(&refs.states, ((struct ref_state){ .ever_reached = false }));
	passes_init(&passes, &refs, 1);
	fields_init(&fields, "part", "passed 0001 2 3\n");
	cr_assert_eq(passes.gatherer.merge(&passes.gatherer, &fields, &err), 0);
	passes.gatherer.save(&passes.gatherer, &text);
	cr_expect_str_eq(text.bytes, "passed 1001 2 3\n");
	text_clear(&text);
	passes.gatherer.restart(&passes.gatherer);
	passes.gatherer.save(&passes.gatherer, &text);
	cr_expect_str_eq(text.bytes, "passed 0000 0 0\n");
	fields_init(&fields, "part", "passed 0 2 3\n");
	cr_expect_eq(passes.gatherer.merge(&passes.gatherer, &fields, &err), -1);
	cr_expect_str_eq(err.text.bytes, "part:1:8: error: expected 4 times 0 or 1\n");
	text_clear(&err.text);
	fields_init(&fields, "part", "passed 0000 6 3\n");
	cr_expect_eq(passes.gatherer.merge(&passes.gatherer, &fields, &err), -1);
	cr_expect_str_eq(err.text.bytes, "part:1:13: error: expected a number up to 5, not '6'\n");
	text_release(&text);
	vec_release(&refs.states);
}
