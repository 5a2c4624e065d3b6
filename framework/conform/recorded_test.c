/* SPDX-License-Identifier: MIT */
/* All that was recorded on four kernels, and models that are wrong in one place. */
#include <criterion/criterion.h>

#include "base/file.h"
#include "conform/compare.h"
#include "conform/kernel.h"

TestSuite(recorded, .timeout = 60);

static const char *const kernels[] = { "5.10", "6.1", "6.18", "7.2" };

static void compare_file(const char *kind, const char *kernel, struct conform_counts *counts,
			 struct text *told)
{
	struct text path = TEXT_INIT, text = TEXT_INIT;
	struct conform_scripts scripts = { 0 };
	struct err err = ERR_INIT;

	text_addf(&path, "scenarios/conform/%s-%s.txt", kind, kernel);
	cr_assert_eq(file_read(path.bytes, SIZE_MAX, &text), 0, "%s", path.bytes);
	cr_assert_eq(conform_scripts_parse(&scripts, path.bytes, text.bytes, &err), 0);
	for (size_t i = 0; i < scripts.list.count; i++)
		conform_compare(&scripts.list.items[i], path.bytes, counts, told);
	conform_scripts_release(&scripts);
	text_release(&path);
	text_release(&text);
	err_release(&err);
}

/* What was recorded on @kernel, beside the model of @model. */
static struct conform_counts compare(const char *kernel, const char *model, struct text *told)
{
	struct conform_counts counts = { 0 };
	unsigned int rules[MODEL_RULES_MAX];
	struct err err = ERR_INIT;

	cr_assert_eq(conform_kernel_rules(model, rules, &err), 0, "%s", err.text.bytes);
	cr_assert_eq(conform_open(rules, true, &err), 0, "%s", err.text.bytes);
	compare_file("named", kernel, &counts, told);
	compare_file("random", kernel, &counts, told);
	conform_close();
	err_release(&err);
	return counts;
}

static unsigned long differing(const char *kernel, const char *model)
{
	struct text told = TEXT_INIT;
	struct conform_counts counts = compare(kernel, model, &told);

	text_release(&told);
	return counts.differing;
}

Test(recorded, each_kernel_is_predicted)
{
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct text told = TEXT_INIT;
		struct conform_counts counts = compare(kernels[i], kernels[i], &told);

		cr_expect_eq(counts.differing, 0, "%s", told.bytes);
		cr_expect_eq(counts.scripts, 2030);
		cr_expect_eq(counts.operations, 29895);
		/* R01496 on 5.10: its B was still exiting when A went on. */
		cr_expect_eq(counts.within_set, i == 0, "%s: %lu", kernels[i], counts.within_set);
		text_release(&told);
	}
}

/* What they differ in comes from the model, so each explains its own recording only. */
Test(recorded, another_kernel_is_not_predicted)
{
	cr_expect_gt(differing("5.10", "6.1"), 0);
	cr_expect_gt(differing("6.1", "5.10"), 0);
	cr_expect_gt(differing("6.1", "6.18"), 0);
	cr_expect_gt(differing("6.18", "6.1"), 0);
}

static void expect_noticed(const char *patch)
{
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct text model = TEXT_INIT;

		text_addf(&model, "%s + %s", kernels[i], patch);
		cr_expect_gt(differing(kernels[i], model.bytes), 0, "%s", model.bytes);
		text_release(&model);
	}
}

Test(recorded, mutations_are_noticed)
{
	expect_noticed("fork-ignores-pins");
	expect_noticed("reclaim-ignores-pins");
	expect_noticed("reuse-by-mapcount");
}

Test(recorded, a_difference_says_where_and_how_the_model_is)
{
	static const char line[] = "x : A.map A.w:1 A.splice:0 A.fork:B A.w:2 D.pipe:0=2->2";
	struct conform_script script = { 0 };
	struct conform_counts counts = { 0 };
	unsigned int rules[MODEL_RULES_MAX];
	struct text told = TEXT_INIT;
	struct err err = ERR_INIT;

	cr_assert_eq(conform_script_parse(&script, "f", 3, line, &err), 0);
	cr_assert_eq(conform_kernel_rules("6.1", rules, &err), 0);
	cr_assert_eq(conform_open(rules, true, &err), 0);
	cr_expect_not(conform_compare(&script, "f", &counts, &told));
	cr_expect_str_eq(told.bytes,
			 "f:3: x : A.map A.w:1 A.splice:0 A.fork:B A.w:2 D.pipe:0=2->2\n"
			 "  operation 6, D.pipe:0=2->2: predicted 1, seen 2\n"
			 "  the model behind it:\n"
			 "    A page 0: writable, frame A' = 2, refcount 1 (1 ptes), mapcount 1, "
			 "exclusive\n"
			 "    B page 0: read-only, frame A = 1, refcount 1 (1 ptes), mapcount 1\n",
			 "%s", told.bytes);
	conform_close();
	conform_script_release(&script);
	text_release(&told);
	err_release(&err);
}

Test(recorded, a_kernel_that_is_not_known_is_told)
{
	unsigned int rules[MODEL_RULES_MAX];
	struct err err = ERR_INIT;

	cr_expect_lt(conform_kernel_rules("6.1 + feb889fb40f", rules, &err), 0);
	cr_expect_lt(conform_kernel_rules("6.1 + reuse=mapcunt", rules, &err), 0);
	cr_expect_lt(conform_kernel_rules("6.1 reuse=mapcount", rules, &err), 0);
	cr_expect_lt(conform_kernel_rules("6.1 +", rules, &err), 0);
	cr_expect_lt(conform_kernel_rules("6.", rules, &err), 0);
	cr_expect_str_eq(err.text.bytes,
			 "error: no patch 'feb889fb40f'; did you mean 'feb889fb40fa'?\n"
			 "error: no value of that rule 'mapcunt'; did you mean 'mapcount'?\n"
			 "error: expected '+' or '-' before 'reuse=mapcount'\n"
			 "error: expected a patch behind '+'\n"
			 "error: no kernel '6.'; 'baton points --patches' lists all\n",
			 "%s", err.text.bytes);
	err_release(&err);
}
