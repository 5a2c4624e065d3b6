/* SPDX-License-Identifier: MIT */
/* Generated scripts are deterministic, can be read, and cover what there is. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/file.h"
#include "conform/generate.h"
#include "conform/ideal.h"

TestSuite(generate, .timeout = 60);

static void add_script(struct text *text, uint64_t seed, uint64_t number, unsigned int length)
{
	struct conform_script script = { 0 };

	generate_script(seed, number, length, &script);
	conform_script_print(&script, text);
	text_add_char(text, '\n');
	conform_script_release(&script);
}

Test(generate, scripts_depend_on_their_numbers_only)
{
	struct text once = TEXT_INIT, again = TEXT_INIT, other = TEXT_INIT;

	for (uint64_t i = 0; i < 100; i++)
		add_script(&once, 7, i, 20);
	for (uint64_t i = 0; i < 100; i++)
		add_script(&again, 7, i, 20);
	for (uint64_t i = 0; i < 100; i++)
		add_script(&other, 8, i, 20);
	cr_expect_str_eq(once.bytes, again.bytes);
	cr_expect_str_neq(once.bytes, other.bytes);
	text_release(&once);
	text_release(&again);
	text_release(&other);
}

Test(generate, scripts_are_read_as_they_are_printed)
{
	struct conform_scripts scripts = { 0 };
	struct text text = TEXT_INIT, again = TEXT_INIT;
	struct err err = ERR_INIT;

	for (uint64_t i = 0; i < 1000; i++)
		add_script(&text, 3, i, (unsigned int)i % GENERATE_LENGTH_MAX + 1);
	cr_assert_eq(conform_scripts_parse(&scripts, "generated", text.bytes, &err), 0, "%s",
		     err.text.bytes);
	for (size_t i = 0; i < scripts.list.count; i++) {
		conform_script_print(&scripts.list.items[i], &again);
		text_add_char(&again, '\n');
	}
	cr_expect_str_eq(text.bytes, again.bytes);
	conform_scripts_release(&scripts);
	text_release(&text);
	text_release(&again);
}

/* Of 100 operations of a kind if all were equally frequent, each has 20 at least. */
Test(generate, all_operations_and_all_pairs_of_them_occur)
{
	static struct generate_pairs pairs;
	struct conform_script script = { 0 };
	struct text text = TEXT_INIT;
	uint64_t sum = 0, kinds = 0;

	for (uint64_t i = 0; i < 40000; i++) {
		generate_script(1, i, GENERATE_LENGTH, &script);
		generate_count(&pairs, &script);
		conform_script_release(&script);
	}
	for (unsigned int i = 0; i < CONFORM_WHATS; i++) {
		sum += pairs.single[i];
		kinds += generate_has((enum conform_what)i);
	}
	for (unsigned int i = 0; i < CONFORM_WHATS; i++)
		cr_expect(i == CONFORM_ST || pairs.single[i] > sum / kinds / 5, "%s: %u",
			  conform_kinds[i].name, pairs.single[i]);
	generate_tell(&pairs, &text);
	cr_expect_not_null(strstr(text.bytes, "1024 of 1024 ordered pairs occurred\n"), "%s",
			   text.bytes);
	text_release(&text);
}

Test(generate, what_never_occurred_is_told)
{
	static struct generate_pairs pairs;
	struct conform_script script = { 0 };
	struct text text = TEXT_INIT;
	struct err err = ERR_INIT;

	cr_assert_eq(conform_script_parse(&script, "t", 1, "x : A.map A.w:1 A.r=1", &err), 0);
	generate_count(&pairs, &script);
	generate_tell(&pairs, &text);
	cr_expect_eq(strncmp(text.bytes, "1 scripts, 3 operations of 32 kinds:\n  map 1 w 1 wb 0",
			     52),
		     0, "%s", text.bytes);
	cr_expect_not_null(strstr(text.bytes, "\n2 of 1024 ordered pairs occurred; never"));
	cr_expect_not_null(strstr(text.bytes, "\n  map: map wb r fork"));
	cr_expect_not_null(strstr(text.bytes, "\n  w: map w wb fork"));
	conform_script_release(&script);
	text_release(&text);
}

static bool same_set(const struct conform_op *a, const struct conform_op *b)
{
	for (unsigned int i = 0; i < a->expected_n; i++)
		if (!conform_op_expects(b, a->expected[i]))
			return false;
	for (unsigned int i = 0; i < b->expected_n; i++)
		if (!conform_op_expects(a, b->expected[i]))
			return false;
	return true;
}

/* What is written there as EXPECTED was not computed by this code. */
Test(generate, the_ideal_kernel_answers_what_recorded_scripts_expect)
{
	struct conform_scripts scripts = { 0 };
	struct text text = TEXT_INIT;
	struct err err = ERR_INIT;
	unsigned int compared = 0;

	cr_assert_eq(file_read("scenarios/conform/random-6.18.txt", SIZE_MAX, &text), 0);
	cr_assert_eq(conform_scripts_parse(&scripts, "random", text.bytes, &err), 0);
	for (size_t i = 0; i < scripts.list.count; i++) {
		const struct conform_script *script = &scripts.list.items[i];
		struct ideal ideal;

		ideal_init(&ideal);
		for (size_t k = 0; k < script->ops.count; k++) {
			struct conform_op op = script->ops.items[k];

			cr_assert(ideal_can(&ideal, &op), "%s, operation %zu", script->name, k + 1);
			ideal_do(&ideal, &op);
			cr_expect(same_set(&op, &script->ops.items[k]), "%s, operation %zu",
				  script->name, k + 1);
			compared += op.expected_n != 0;
		}
	}
	cr_expect_gt(compared, 5000);
	conform_scripts_release(&scripts);
	text_release(&text);
}
