/* SPDX-License-Identifier: MIT */
#include "reports/case.h"

#include <string.h>

#include "reports/phrase.h"
#include "reports/utf8.h"

/* Readable by XML, too: a blank in place of each control character but the line end. */
static char *clean(const struct text *text)
{
	struct text out = TEXT_INIT;

	utf8_repair(text->bytes, &out);
	for (size_t i = 0; i < out.length; i++)
		if ((unsigned char)out.bytes[i] < ' ' && out.bytes[i] != '\n')
			out.bytes[i] = ' ';
	return text_detach(&out);
}

static char *take(struct text *text)
{
	char *cleaned = clean(text);

	text_release(text);
	return cleaned;
}

static char *name_case(const struct variant_result *result)
{
	struct text name = TEXT_INIT;

	text_add(&name, result->variant);
	if (result->cell)
		text_addf(&name, "[%s]", result->cell);
	return take(&name);
}

static char *say_verdict(const struct variant_result *result)
{
	struct text verdict = TEXT_INIT;

	phrase_verdicts(result, true, &verdict);
	if (result->outcome != OUTCOME_NONE) {
		text_add(&verdict, "  ");
		phrase_strength(result, &verdict);
	}
	return take(&verdict);
}

static struct test_suite *find_suite(struct test_suites *suites,
				     const struct variant_result *result)
{
	size_t count = suites->list.count;
	struct test_suite suite = { 0 };

	if (count && !strcmp(suites->list.items[count - 1].path, result->path))
		return &suites->list.items[count - 1];
	suite.name = xstrdup(result->scenario);
	suite.path = xstrdup(result->path);
	vec_push(&suites->list, suite);
	return &suites->list.items[count];
}

void test_suites_add(struct test_suites *suites, const struct variant_result *result,
		     const struct report_options *options)
{
	struct test_suite *suite = find_suite(suites, result);
	struct test_case one = {
		.name = name_case(result),
		.outcome = result->outcome,
		.cut = result->strength == STRENGTH_CUT,
		.verdict = say_verdict(result),
		.counted = result->executions,
	};
	struct text text = TEXT_INIT;

	if (result->outcome == OUTCOME_FAIL || result->outcome == OUTCOME_INCONCLUSIVE)
		report_variant_text(result, options, &text);
	one.text = take(&text);
	suite->outcomes[result->outcome]++;
	vec_push(&suite->cases, one);
}

void test_suites_add_errors(struct test_suites *suites, const struct report_totals *totals)
{
	struct test_suite suite = { 0 };
	struct test_case one = { .outcome = OUTCOME_INCONCLUSIVE, .error = true };
	struct text verdict = TEXT_INIT;

	if (!totals->errors)
		return;
	text_add_counted(&verdict, totals->errors, "error", "errors");
	text_add(&verdict, ": results may be missing");
	one.name = xstrdup("run");
	one.verdict = text_detach(&verdict);
	one.text = xstrdup("");
	suite.name = xstrdup("baton");
	suite.path = xstrdup("");
	suite.outcomes[one.outcome]++;
	vec_push(&suite.cases, one);
	vec_push(&suites->list, suite);
}

static void suite_release(struct test_suite *suite)
{
	for (size_t i = 0; i < suite->cases.count; i++) {
		free(suite->cases.items[i].name);
		free(suite->cases.items[i].verdict);
		free(suite->cases.items[i].text);
	}
	vec_release(&suite->cases);
	free(suite->name);
	free(suite->path);
}

void test_suites_release(struct test_suites *suites)
{
	for (size_t i = 0; i < suites->list.count; i++)
		suite_release(&suites->list.items[i]);
	vec_release(&suites->list);
}
