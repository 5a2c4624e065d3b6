/* SPDX-License-Identifier: MIT */
/*
 * run_test.c - running scenarios of a small model: verdicts, order, permutations, faults,
 * coverage, replay.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "scenario/rerun.h"
#include "scenario/run.h"
#include "scenario/word_model.h"

TestSuite(run, .timeout = 30);

static struct scenario *scenario;
static struct variant_result result;
static struct run_coverage coverage;
static struct err err = ERR_INIT;

static void parse(const char *body)
{
	static const struct model *const models[] = { &word_model, NULL };
	struct text text = TEXT_INIT;

	text_addf(&text, "scenario toy\nuse toy;\nsetup { X = word(); }\n%s", body);
	scenario = scenario_parse("toy.scn", text.bytes, text.length, models, &err);
	cr_assert_not_null(scenario, "%s", err.text.bytes);
	text_release(&text);
}

static void run_with(const char *body, const struct run_options *options)
{
	struct run_case which = { 0 };

	parse(body);
	which.scenario = scenario;
	variant_result_init(&result);
	cr_assert_eq(run_variant(&which, options, &coverage, &result, &err), 0, "%s",
		     err.text.bytes);
}

static void run(const char *body)
{
	const struct run_options options = { .preemptions_max = -1, .command = "baton" };

	run_with(body, &options);
}

static void release(void)
{
	variant_result_release(&result);
	run_coverage_release(&coverage);
	scenario_free(scenario);
	err_release(&err);
}

static const struct verdict *verdict(const char *name)
{
	for (size_t i = 0; i < result.verdicts.count; i++)
		if (!strcmp(result.verdicts.items[i].predicate, name))
			return &result.verdicts.items[i];
	cr_assert(false, "no verdict on %s", name);
	return NULL;
}

static void expect(const char *name, enum outcome outcome, uint64_t holds, uint64_t fails)
{
	const struct verdict *v = verdict(name);

	cr_expect_eq(v->outcome, outcome, "%s: %s", name, outcome_name(v->outcome));
	cr_expect_eq(v->holds, holds, "%s holds %llu times", name, (unsigned long long)v->holds);
	cr_expect_eq(v->fails, fails, "%s fails %llu times", name, (unsigned long long)v->fails);
}

#define RACE                                           \
	"cpu a { w: write(X, 1); w2: write(X, 0); }\n" \
	"cpu b { r: v = read(X); }\n"                  \
	"predicate saw_one = b:v == 1;\n"

/* Of 3 places for the read, one sees the 1. */
Test(run, sometimes, .fini = release)
{
	run(RACE "variants { v1 sometimes saw_one; }");
	expect("saw_one", OUTCOME_OK, 1, 2);
	expect("negative", OUTCOME_OK, 0, 3);
	cr_expect_eq(result.outcome, OUTCOME_OK);
	cr_expect_eq(result.strength, STRENGTH_EXHAUSTIVE);
	cr_expect_eq(result.executions, 3);
	cr_expect_str_eq(verdict("saw_one")->replay,
			 "baton replay 'a1b1a1' --scenario toy.scn --variant v1");
	cr_expect_str_eq(verdict("saw_one")->message, "v = 1");
	cr_expect_eq(verdict("saw_one")->trace->preemptions, 1);
}

Test(run, never_fails, .fini = release)
{
	run(RACE "variants { v1 never saw_one; }");
	expect("saw_one", OUTCOME_FAIL, 1, 2);
	cr_expect_eq(result.outcome, OUTCOME_FAIL);
	cr_expect_not_null(verdict("saw_one")->trace);
}

Test(run, always_fails, .fini = release)
{
	run(RACE "variants { v1 always saw_one; }");
	expect("saw_one", OUTCOME_FAIL, 1, 2);
	cr_expect_eq(verdict("saw_one")->trace->preemptions, 0); /* both of them */
	cr_expect_eq(verdict("saw_one")->execution, 1);          /* the first of the cheapest */
}

Test(run, sometimes_fails_if_exhaustive, .fini = release)
{
	run("cpu a { write(X, 1); }\ncpu b { v = read(X); }\npredicate two = b:v == 2;\n"
	    "variants { v1 sometimes two; }");
	expect("two", OUTCOME_FAIL, 0, 2);
}

/* Without preemptions the 1 is not seen: not a proof that it never is. */
Test(run, bounded_sometimes_is_inconclusive, .fini = release)
{
	run(RACE "variants { v1 sometimes saw_one; }\nsearch { preemptions 0; }");
	expect("saw_one", OUTCOME_INCONCLUSIVE, 0, 2);
	cr_expect_eq(result.strength, STRENGTH_BOUNDED);
	cr_expect_str_eq(result.bounds, "preemptions<=0");
}

Test(run, bound_that_withholds_nothing_is_exhaustive, .fini = release)
{
	run(RACE "variants { v1 sometimes saw_one; }\nsearch { preemptions 9; }");
	cr_expect_eq(result.strength, STRENGTH_EXHAUSTIVE);
}

Test(run, cut, .fini = release)
{
	run(RACE "predicate no = b:v == 7;\nvariants { v1 never no; }\nsearch { limit 2; }");
	expect("no", OUTCOME_INCONCLUSIVE, 0, 2);
	cr_expect_eq(result.strength, STRENGTH_CUT);
}

/* Samples: the 1 is seen in about a third of them, and not seeing a 7 proves nothing. */
Test(run, samples, .fini = release)
{
	run(RACE "predicate no = b:v == 7;\nvariants { v1 sometimes saw_one, never no; }\n"
		 "search { strategy random; seed 5; limit 300; }");
	cr_expect_eq(result.strength, STRENGTH_SAMPLED);
	cr_expect_eq(result.executions, 300);
	cr_expect_eq(result.seed, 5);
	cr_expect_str_eq(result.bounds, "random");
	cr_expect_eq(verdict("saw_one")->outcome, OUTCOME_OK);
	cr_expect(verdict("saw_one")->holds > 50 && verdict("saw_one")->holds < 150);
	expect("no", OUTCOME_INCONCLUSIVE, 0, 300);
}

/* An oracle that no verdict names ends the execution, and fails the variant. */
Test(run, implied_oracle, .fini = release)
{
	run("cpu a { write(X, 0 - 5); write(X, 1); }\npredicate p = 0;\nvariants { v1 never p; }");
	expect("negative", OUTCOME_FAIL, 1, 0);
	expect("p", OUTCOME_OK, 0, 0); /* no execution came to its end */
	cr_expect_eq(result.outcome, OUTCOME_FAIL);
	cr_expect_str_eq(verdict("negative")->message, "the word is -5");
	cr_expect_eq(verdict("negative")->trace->steps, 1);
}

/* One that is named lets it go on. */
Test(run, tolerated_oracle, .fini = release)
{
	run("cpu a { write(X, 0 - 5); write(X, 1); }\ncpu b { v = read(X); }\n"
	    "predicate saw = b:v == 1;\nvariants { v1 sometimes negative, sometimes saw; }");
	expect("negative", OUTCOME_OK, 3, 0);
	expect("saw", OUTCOME_OK, 1, 2);
}

Test(run, invariant, .fini = release)
{
	run("cpu a { v = read(X); write(X, 1); }\ninvariant unread = a:v == 0;\n"
	    "variants { v1 always unread; }");
	expect("unread", OUTCOME_OK, 1, 0);
}

Test(run, violated_invariant_ends_the_execution, .fini = release)
{
	run("cpu a { write(X, 3); v = read(X); write(X, 1); }\ninvariant unread = a:v == 0;\n"
	    "predicate p = 0;\nvariants { v1 never p; }");
	expect("unread", OUTCOME_FAIL, 0, 1);
	cr_expect_eq(verdict("unread")->trace->steps, 2);
}

Test(run, deadlock, .fini = release)
{
	run("cpu a { lock(); lock(); }\nvariants { v1 always deadlock; }");
	expect("deadlock", OUTCOME_OK, 1, 0);
}

Test(run, unexpected_deadlock, .fini = release)
{
	run("cpu a { lock(); lock(); }\npredicate p = 0;\nvariants { v1 never p; }");
	expect("deadlock", OUTCOME_FAIL, 1, 0);
	cr_expect_not_null(strstr(verdict("deadlock")->trace->finding.details.bytes,
				  "a waits for the lock, at toy/lock"));
}

/* The read before the first write, or after the second: the third order is pruned. */
Test(run, order_before, .fini = release)
{
	run(RACE "order { b:r before a:w; }\nvariants { v1 never saw_one; }");
	expect("saw_one", OUTCOME_OK, 0, 1);
	cr_expect_eq(run_coverage_check(&coverage, scenario, &err), 0, "%s", err.text.bytes);
}

Test(run, order_stops, .fini = release)
{
	run(RACE "order { a stops at a:w2 until b:r passed; }\nvariants { v1 sometimes saw_one; }");
	cr_expect_eq(result.executions, 2);
	expect("saw_one", OUTCOME_OK, 1, 1);
}

Test(run, order_of_points, .fini = release)
{
	run(RACE "order { a:toy/write@2 before b:toy/read; }\nvariants { v1 never saw_one; }");
	cr_expect_eq(result.executions, 1);
	expect("saw_one", OUTCOME_OK, 0, 1);
}

/* The read before the second write: the 0 of the start or the 1. */
Test(run, order_of_a_later_pass, .fini = release)
{
	run(RACE "order { b:r before a:toy/write@2; }\nvariants { v1 sometimes saw_one; }");
	cr_expect_eq(result.executions, 2);
	expect("saw_one", OUTCOME_OK, 1, 1);
}

Test(run, infeasible_order, .fini = release)
{
	run("cpu a { la: lock(); ua: unlock(); }\ncpu b { lb: lock(); ub: unlock(); }\n"
	    "predicate p = 0;\norder { la before lb; lb before ua; }\nvariants { v1 never p; }");
	cr_expect_eq(result.executions, 0);
	cr_expect_eq(result.outcome, OUTCOME_INCONCLUSIVE);
	cr_expect_not_null(strstr(result.notes.bytes, "the order is infeasible"));
}

Test(run, permutation, .fini = release)
{
	const struct run_options only = { .preemptions_max = -1,
					  .permutations_only = true,
					  .command = "baton" };

	run_with(RACE "permutation \"between\" { w r w2 }\nvariants { v1 sometimes saw_one; }",
		 &only);
	expect("saw_one", OUTCOME_OK, 1, 0);
	cr_expect_eq(result.strength, STRENGTH_SAMPLED);
	cr_expect_not_null(strstr(result.notes.bytes, "permutation 'between': saw_one\n"));
}

Test(run, infeasible_permutation, .fini = release)
{
	run("cpu a { la: lock(); ua: unlock(); }\ncpu b { lb: lock(); ub: unlock(); }\n"
	    "predicate p = 0;\npermutation \"both\" { la lb }\nvariants { v1 never p; }");
	cr_expect_not_null(strstr(result.notes.bytes,
				  "permutation 'both': infeasible, b waits for the lock before "
				  "'lb'\n"),
			   "%s", result.notes.bytes);
}

Test(run, never_reached, .fini = release)
{
	run("cpu a { never_reached(); write(X, 1); }\ncpu b { r: read(X); }\npredicate p = 0;\n"
	    "order { b:r before a:toy/unreachable; }\nvariants { v1 never p; }");
	cr_expect_eq(run_coverage_check(&coverage, scenario, &err), -1);
	cr_expect_not_null(strstr(err.text.bytes, "toy.scn:7:20: error: "), "%s", err.text.bytes);
	cr_expect_not_null(strstr(err.text.bytes, "is never reached in any variant"));
}

/* The write works or fails: two executions for each of the two interleavings. */
Test(run, faults, .fini = release)
{
	run("cpu a { write(X, 1); }\ncpu b { v = read(X); }\npredicate saw = b:v == 1;\n"
	    "faults { budget 1; fail toy/write_fails; }\nvariants { v1 sometimes saw; }");
	expect("saw", OUTCOME_OK, 1, 3);
	cr_expect_eq(run_coverage_check(&coverage, scenario, &err), 0);
}

/* It is to fail, or to work, by an order. */
Test(run, answers_in_an_order, .fini = release)
{
	run("cpu a { write(X, 1); }\ncpu b { v = read(X); }\npredicate saw = b:v == 1;\n"
	    "faults { budget 1; fail toy/write_fails; }\norder { a:toy/write_fails fails; }\n"
	    "variants { v1 never saw; }");
	expect("saw", OUTCOME_OK, 0, 2);
	cr_expect_eq(run_coverage_check(&coverage, scenario, &err), 0);
}

Test(run, an_order_may_want_it_to_work, .fini = release)
{
	run("cpu a { write(X, 1); }\ncpu b { v = read(X); }\npredicate saw = b:v == 1;\n"
	    "faults { budget 1; fail toy/write_fails; }\norder { a:toy/write_fails works; }\n"
	    "variants { v1 sometimes saw; }");
	expect("saw", OUTCOME_OK, 1, 1);
}

Test(run, fault_of_an_order_never_reached, .fini = release)
{
	run("cpu a { write(X, 1); }\ncpu b { v = read(X); }\npredicate saw = b:v == 1;\n"
	    "faults { budget 1; fail toy/write_fails; }\norder { a:toy/write_fails@2 fails; }\n"
	    "variants { v1 sometimes saw; }");
	cr_expect_eq(run_coverage_check(&coverage, scenario, &err), -1);
	cr_expect_not_null(strstr(err.text.bytes, "'toy/write_fails' is never reached"));
	cr_expect_eq(err.count, 1);
}

#define PICKS "cpu a { v = pick(); w = pick(); }\npredicate saw = v == 2 && w == 1;\n"

/* Two choices of three: nine executions, or three where one is said. */
Test(run, values_in_an_order, .fini = release)
{
	run(PICKS "variants { v1 sometimes saw; }");
	expect("saw", OUTCOME_OK, 1, 8);
}

Test(run, one_value_in_an_order, .fini = release)
{
	run(PICKS "order { a:toy/pick@2 is 1; }\nvariants { v1 sometimes saw; }");
	expect("saw", OUTCOME_OK, 1, 2);
	cr_expect_eq(run_coverage_check(&coverage, scenario, &err), 0);
}

Test(run, a_value_that_is_no_option, .fini = release)
{
	run(PICKS "order { a:toy/pick is 3; }\nvariants { v1 never saw; }");
	cr_expect_eq(result.executions, 0);
	cr_expect_eq(run_coverage_check(&coverage, scenario, &err), -1);
	cr_expect_not_null(strstr(err.text.bytes,
				  "toy.scn:6:9: error: cpu 'a' never makes a choice 'toy/pick' "
				  "with an option 3 in any variant"),
			   "%s", err.text.bytes);
}

Test(run, a_choice_that_is_never_made, .fini = release)
{
	run(PICKS "order { a:toy/pick@3 is 1; }\nvariants { v1 sometimes saw; }");
	cr_expect_eq(run_coverage_check(&coverage, scenario, &err), -1);
	cr_expect_not_null(strstr(err.text.bytes, "never makes a choice 'toy/pick@3' with"));
	cr_expect_eq(err.count, 1);
}

Test(run, fault_never_reached, .fini = release)
{
	run("cpu b { v = read(X); }\npredicate saw = b:v == 1;\n"
	    "faults { budget 1; fail toy/write_fails; }\nvariants { v1 never saw; }");
	cr_expect_eq(run_coverage_check(&coverage, scenario, &err), -1);
	cr_expect_not_null(strstr(err.text.bytes, "fault point 'toy/write_fails' is never"));
}

Test(run, replay, .fini = release)
{
	const struct rerun_source source = { .line = "a1b1a1" };
	const struct rerun_source wrong = { .line = "a1b2" };
	struct run_case which = { 0 };
	struct rerun rerun;

	run(RACE "variants { v1 never saw_one; }");
	which.scenario = scenario;
	cr_assert_eq(rerun_scenario(&rerun, &which, &source, &err), 0, "%s", err.text.bytes);
	cr_expect(rerun.anything);
	cr_expect_not(rerun.diverged);
	cr_expect_str_eq(rerun.held.bytes, "saw_one\n");
	cr_expect_eq(rerun.trace.hash, verdict("saw_one")->trace->hash);
	rerun_release(&rerun);
	cr_assert_eq(rerun_scenario(&rerun, &which, &wrong, &err), 0);
	cr_expect(rerun.diverged);
	cr_expect_str_eq(rerun.why.bytes, "step 3: the schedule has b, which has finished; the "
					  "execution can go on with a");
	rerun_release(&rerun);
}

/* What the search saw does not come again: recorded twice the execution ends otherwise. */
Test(run, not_as_found, .fini = release)
{
	const struct run_options options = { .preemptions_max = -1, .command = "baton" };
	struct run_case which = { 0 };

	parse("cpu b { w = forget(); v = read(X); }\npredicate first = b:w == 1;\n"
	      "variants { v1 sometimes first; }");
	which.scenario = scenario;
	variant_result_init(&result);
	cr_assert_eq(run_variant(&which, &options, &coverage, &result, &err), -1);
	cr_expect(err.bug);
	cr_expect_not_null(strstr(err.text.bytes, "first did not run again as it was found: the "
						  "search saw '1 step; X = 1, w = 1, v = 0', then "
						  "the same schedule led to '1 step; X = 1, w = 0, "
						  "v = 0'"),
			   "%s", err.text.bytes);
}
