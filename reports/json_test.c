/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <jansson.h>
#include <string.h>

#include "reports/golden.h"
#include "reports/sample.h"
#include "reports/utf8.h"

TestSuite(json, .timeout = 10);

static char *print(void)
{
	struct report report;
	char *bytes;

	report_json_init(&report);
	sample_report(&report);
	bytes = text_detach(&report.out);
	report_release(&report);
	return bytes;
}

static json_t *parse(void)
{
	char *bytes = print();
	json_error_t error;
	json_t *document = json_loads(bytes, JSON_REJECT_DUPLICATES, &error);

	cr_assert_not_null(document, "%s", error.text);
	free(bytes);
	return document;
}

static const char *string_at(json_t *object, const char *key)
{
	const char *string = json_string_value(json_object_get(object, key));

	cr_assert_not_null(string, "%s", key);
	return string;
}

static json_int_t number_at(json_t *object, const char *key)
{
	json_t *number = json_object_get(object, key);

	cr_assert(json_is_integer(number), "%s", key);
	return json_integer_value(number);
}

static json_t *verdict_at(json_t *document, size_t result, size_t verdict)
{
	json_t *results = json_object_get(document, "results");
	json_t *verdicts = json_object_get(json_array_get(results, result), "verdicts");

	return json_array_get(verdicts, verdict);
}

Test(json, says_what_it_is)
{
	json_t *document = parse(), *totals = json_object_get(document, "totals");

	cr_expect_eq(number_at(document, "schema_version"), 1);
	cr_expect_str_eq(string_at(document, "tool"), "baton");
	cr_expect_eq(json_array_size(json_object_get(document, "results")), 9);
	cr_expect_eq(number_at(totals, "ok"), 5);
	cr_expect_eq(number_at(totals, "fail"), 2);
	cr_expect_eq(number_at(totals, "inconclusive"), 1);
	cr_expect_eq(number_at(totals, "none"), 1);
	cr_expect_eq(number_at(totals, "errors"), 0);
	json_decref(document);
}

Test(json, a_result_has_its_strength)
{
	json_t *document = parse();
	json_t *result = json_array_get(json_object_get(document, "results"), 2);

	cr_expect_str_eq(string_at(result, "scenario"), "pin-vs-unmap");
	cr_expect_str_eq(string_at(result, "variant"), "kosaki-0415");
	cr_expect_str_eq(string_at(result, "outcome"), "fail");
	cr_expect_str_eq(string_at(result, "strength"), "bounded");
	cr_expect_str_eq(string_at(result, "bounds"), "preemptions<=3");
	cr_expect_eq(number_at(result, "executions"), 1200);
	cr_expect_eq(number_at(result, "pruned"), 17);
	cr_expect(json_is_null(json_object_get(result, "cell")));
	cr_expect_eq(json_array_size(json_object_get(result, "notes")), 1);
	json_decref(document);
}

Test(json, a_verdict_has_the_execution_that_shows_it)
{
	json_t *document = parse(), *verdict = verdict_at(document, 0, 0);
	json_t *steps = json_object_get(verdict, "steps"), *step = json_array_get(steps, 2);
	json_t *notes = json_object_get(step, "notes");

	cr_expect_str_eq(string_at(verdict, "predicate"), "lost_dma");
	cr_expect_str_eq(string_at(verdict, "expected"), "never");
	cr_expect_str_eq(string_at(verdict, "outcome"), "fail");
	cr_expect_eq(number_at(verdict, "holds"), 87);
	cr_expect_eq(number_at(verdict, "fails"), 4072);
	cr_expect_str_eq(string_at(verdict, "schedule"), "k2d3k2u2d2");
	cr_assert_eq(json_array_size(steps), 11);
	cr_expect_eq(number_at(step, "step"), 3);
	cr_expect_str_eq(string_at(step, "cpu"), "dio");
	cr_expect(json_is_true(json_object_get(step, "preempts")));
	cr_expect_str_eq(string_at(json_object_get(step, "point"), "name"), "gup_fast/pte_read");
	cr_expect_str_eq(json_string_value(json_array_get(notes, 0)), "present, writable");
	cr_expect_eq(number_at(json_object_get(step, "values"), "A.ref"), 3);
	cr_expect_eq(json_array_size(json_object_get(json_array_get(steps, 10), "calls")), 0);
	cr_expect(json_is_null(json_object_get(verdict, "finding")));
	json_decref(document);
}

Test(json, a_finding_has_its_details_and_stacks)
{
	json_t *document = parse(), *verdict = verdict_at(document, 2, 1);
	json_t *finding = json_object_get(verdict, "finding");
	json_t *stack = json_array_get(json_object_get(verdict, "stacks"), 0);
	json_t *frame = json_array_get(json_object_get(stack, "frames"), 1);

	cr_expect(json_is_true(json_object_get(verdict, "implied")));
	cr_expect_str_eq(string_at(finding, "name"), "deadlock");
	cr_expect(json_is_null(json_object_get(finding, "cpu")));
	cr_expect_eq(number_at(finding, "step"), 2);
	cr_expect_str_eq(string_at(finding, "text"), "no CPU can go on");
	cr_expect_str_eq(string_at(stack, "state"), "waits for lock_page(A) held by reclaim");
	cr_expect_str_eq(string_at(frame, "function"), "copy_one_pte");
	cr_expect_eq(number_at(frame, "line"), 40);
	json_decref(document);
}

Test(json, without_an_execution_there_are_no_steps)
{
	json_t *document = parse(), *verdict = verdict_at(document, 1, 0);

	cr_expect(json_is_null(json_object_get(verdict, "schedule")));
	cr_expect(json_is_null(json_object_get(verdict, "replay")));
	cr_expect_null(json_object_get(verdict, "steps"));
	json_decref(document);
}

Test(json, equal_results_give_equal_bytes)
{
	char *first = print(), *second = print();

	cr_expect_str_eq(first, second);
	cr_expect_eq(first[strlen(first) - 1], '\n');
	free(first);
	free(second);
}

/* Keys, their order and the layout are a promise: the file says which. */
Test(json, of_one_step_and_one_choice)
{
	struct variant_result result =
		sample_variant("v", OUTCOME_FAIL, STRENGTH_EXHAUSTIVE, NULL, 2);
	struct verdict *verdict = sample_verdict(&result, "p", EXPECT_NEVER, 1, OUTCOME_FAIL);
	static const struct report_totals totals = { .fail = 1 };
	struct report report;
	struct sample sample;

	sample_deadlock(&sample);
	sample_choice(&sample, 1, BATON_CHOICE_FAULT, "mm/alloc_page", 1);
	sample_note(&sample, 1, "bad \xff\xc3 good \xc3\xa4");
	verdict->trace = xcalloc(1, sizeof(*verdict->trace));
	*verdict->trace = sample.trace;
	report_json_init(&report);
	report.begin(&report);
	report.variant(&report, &result);
	report.summary(&report, &totals);
	golden_expect("one.json", report.out.bytes);
	report_release(&report);
	variant_result_release(&result);
}

static void expect_repaired(const char *bytes, const char *expected)
{
	struct text text = TEXT_INIT;

	utf8_repair(bytes, &text);
	cr_expect_str_eq(text.bytes, expected);
	text_release(&text);
}

#define BAD "\xef\xbf\xbd"

Test(json, bytes_that_are_no_text_are_replaced)
{
	expect_repaired("", "");
	expect_repaired("plain", "plain");
	expect_repaired("\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80",
			"\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80");
	expect_repaired("\x80", BAD);
	expect_repaired("\xc3", BAD);
	expect_repaired("\xc0\xaf", BAD BAD);
	expect_repaired("\xe2\x82", BAD BAD);
	expect_repaired("\xe0\x80\x80", BAD BAD BAD);
	expect_repaired("\xed\xa0\x80", BAD BAD BAD);
	expect_repaired("\xf4\x90\x80\x80", BAD BAD BAD BAD);
	expect_repaired("\xf5x", BAD "x");
}
