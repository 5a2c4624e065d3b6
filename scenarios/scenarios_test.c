/* SPDX-License-Identifier: MIT */
/*
 * scenarios_test.c - every scenario file is a test.
 *
 * scenarios/FAMILY/NAME.scn is the test FAMILY/NAME: it passes if every variant in
 * every cell shows what the file says, and everything that the file names is
 * reached; and if no memory is changed that was not announced: what was searched would mean
 * little. The names can be filtered ('pin-vs-unmap/D03*'); without a scenario the
 * run fails.
 *
 * The process of a test is a fresh one: it knows its name and nothing else.
 */
#include <criterion/criterion.h>
#include <criterion/internal/test.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "injectors/fiu.h"
#include "mm/model.h"
#include "reports/report.h"
#include "scenario/run.h"
#include "selfcheck/model.h"

#define ROOT "scenarios"
#define SUFFIX ".scn"
/* Seconds; the slowest takes a few on an idle machine. */
#define TIMEOUT 300.0

static void fail(const char *path, const char *text)
{
	criterion_send_assert(&(struct criterion_assert_stats){ .message = text,
								.passed = false,
								.line = 1,
								.file = path });
}

/* Explore all variants; report what is not as expected. */
static void run_variants(const struct scenario *scenario, struct report *report, struct err *err)
{
	const struct run_options options = { .preemptions_max = -1, .command = "build/baton" };
	struct run_coverage coverage = { 0 };

	for (unsigned int i = 0; i < scenario->variants.count; i++)
		for (unsigned int cell = 0; cell < scenario_cell_count(scenario); cell++) {
			const struct run_case which = { scenario, i, cell };
			struct variant_result result;

			variant_result_init(&result);
			if (!run_variant(&which, &options, &coverage, &result, err) &&
			    (result.outcome != OUTCOME_OK || result.unannounced))
				report->variant(report, &result);
			variant_result_release(&result);
		}
	run_coverage_check(&coverage, scenario, err);
	run_coverage_release(&coverage);
}

static void run_file(const char *path)
{
	static const struct model *const models[] = { &mm_model, &selfcheck_model, NULL };
	struct err err = ERR_INIT;
	struct scenario *scenario = scenario_load(path, models, &err);
	struct report report;

	report_text_init(&report);
	if (scenario && !inject_fiu_init(&err))
		run_variants(scenario, &report, &err);
	if (err.count)
		fail(path, err.text.bytes);
	else if (report.out.length)
		fail(path, report.out.bytes);
	else
		cr_assert(true);
	report_release(&report);
	scenario_free(scenario);
	err_release(&err);
}

static void run_test(void)
{
	const struct criterion_test *test = criterion_current_test;
	struct text path = TEXT_INIT;

	text_addf(&path, "%s/%s/%s%s", ROOT, test->category, test->name, SUFFIX);
	run_file(path.bytes);
	text_release(&path);
}

static void test_body(void)
{
	criterion_internal_test_setup();
	criterion_internal_test_main(run_test);
	criterion_internal_test_teardown();
}

/* Criterion keeps them as long as the process lives. */
static VEC(struct criterion_test) tests;

static void add_test(struct criterion_test_set *set, const char *family, const char *file)
{
	struct criterion_test_extra_data *data = xcalloc(1, sizeof(*data));
	struct criterion_test test = { .category = xstrdup(family), .test = test_body };
	struct text identifier = TEXT_INIT;
	char *name = xstrdup(file);

	name[strlen(name) - strlen(SUFFIX)] = 0;
	test.name = name;
	text_addf(&identifier, "%s/%s", family, name);
	data->lang_ = CR_LANG_C;
	data->kind_ = CR_TEST_NORMAL;
	data->identifier_ = text_detach(&identifier);
	data->file_ = ROOT;
	data->timeout = TIMEOUT;
	test.data = data;
	vec_push(&tests, test);
	criterion_register_test(set, &test);
}

static int is_scenario(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return length > strlen(SUFFIX) && !strcmp(entry->d_name + length - strlen(SUFFIX), SUFFIX);
}

static int is_family(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void free_entries(struct dirent **entries, int count)
{
	while (count-- > 0)
		free(entries[count]);
	free(entries);
}

/* Return: how many scenarios were added. */
static int add_family(struct criterion_test_set *set, const char *family)
{
	struct text path = TEXT_INIT;
	struct dirent **entries;
	int count;

	text_addf(&path, "%s/%s", ROOT, family);
	count = scandir(path.bytes, &entries, is_scenario, alphasort);
	text_release(&path);
	if (count < 0)
		return 0; /* a file beside the families */
	for (int i = 0; i < count; i++)
		add_test(set, family, entries[i]->d_name);
	free_entries(entries, count);
	return count;
}

static int add_families(struct criterion_test_set *set)
{
	struct dirent **entries;
	int count = scandir(ROOT, &entries, is_family, alphasort), added = 0;

	for (int i = 0; i < count; i++)
		added += add_family(set, entries[i]->d_name);
	if (count >= 0)
		free_entries(entries, count);
	return added;
}

int main(int argc, char **argv)
{
	struct criterion_test_set *set = criterion_initialize();
	int status = 0;

	if (!add_families(set)) {
		fputs("no scenario below " ROOT ": run this in the root of the project\n", stderr);
		return 1;
	}
	if (criterion_handle_args(argc, argv, true))
		status = !criterion_run_all_tests(set);
	criterion_finalize(set);
	return status;
}
