/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

TestSuite(text, .timeout = 10);

Test(text, is_a_string_from_the_start)
{
	struct text text = TEXT_INIT;

	cr_assert_str_eq(text.bytes, "");
	text_add(&text, "");
	text_add_bytes(&text, "unused", 0);
	cr_assert_str_eq(text.bytes, "");
	cr_assert_eq(text.length, 0);
	text_release(&text);
	text_init(&text);
	cr_assert_str_eq(text.bytes, "");
}

Test(text, adds_in_order)
{
	struct text text = TEXT_INIT;

	text_add(&text, "one");
	text_add_char(&text, ' ');
	text_addf(&text, "%d+%s", 2, "three");
	text_add_bytes(&text, "!?", 1);
	cr_assert_str_eq(text.bytes, "one 2+three!");
	cr_assert_eq(text.length, strlen("one 2+three!"));
	text_release(&text);
}

Test(text, keeps_nul_bytes)
{
	struct text text = TEXT_INIT;

	text_add_bytes(&text, "a\0b", 3);
	cr_assert_eq(text.length, 3);
	cr_assert_arr_eq(text.bytes, "a\0b", 4);
	text_release(&text);
}

Test(text, trims_its_end)
{
	struct text text = TEXT_INIT;

	text_trim(&text, ' ');
	cr_expect_str_eq(text.bytes, "");
	text_add(&text, "  a b  ");
	text_trim(&text, 'b');
	cr_expect_str_eq(text.bytes, "  a b  ");
	text_trim(&text, ' ');
	cr_expect_str_eq(text.bytes, "  a b");
	cr_expect_eq(text.length, strlen("  a b"));
	text_release(&text);
}

/* At each length, the terminator is there, and nothing before it has changed. */
Test(text, grows_by_bytes)
{
	struct text text = TEXT_INIT;

	for (size_t i = 0; i < 1000; i++) {
		text_add_char(&text, (char)('a' + i % 26));
		cr_assert_eq(text.length, i + 1);
		cr_assert_eq(strlen(text.bytes), i + 1);
	}
	for (size_t i = 0; i < 1000; i++)
		cr_assert_eq(text.bytes[i], (char)('a' + i % 26));
	text_release(&text);
}

/* Around the sizes that are allocated, the terminator has its own byte. */
Test(text, formats_at_every_length)
{
	for (int width = 1; width < 300; width++) {
		struct text text = TEXT_INIT;

		text_add(&text, "<");
		text_addf(&text, "%*d>", width, 7);
		cr_assert_eq(text.length, (size_t)width + 2);
		cr_assert_eq(strlen(text.bytes), (size_t)width + 2);
		cr_assert_lt(text.length, text.size);
		cr_assert_eq(text.bytes[width], '7');
		cr_assert_eq(text.bytes[width + 1], '>');
		text_release(&text);
	}
}

Test(text, formats_nothing)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "%s", "");
	cr_assert_str_eq(text.bytes, "");
	cr_assert_eq(text.length, 0);
	text_release(&text);
}

Test(text, pads_to_a_column)
{
	struct text text = TEXT_INIT;

	text_add(&text, "ab");
	text_pad(&text, 5, '.');
	cr_assert_str_eq(text.bytes, "ab...");
	text_pad(&text, 5, '.');
	text_pad(&text, 3, '.');
	cr_assert_str_eq(text.bytes, "ab...");
	text_release(&text);
}

static void expect_count(uint64_t number, const char *expected)
{
	struct text text = TEXT_INIT;

	text_add_count(&text, number);
	cr_expect_str_eq(text.bytes, expected);
	text_release(&text);
}

Test(text, counts_have_groups_of_three_digits)
{
	expect_count(0, "0");
	expect_count(999, "999");
	expect_count(1000, "1,000");
	expect_count(1002003, "1,002,003");
	expect_count(UINT64_MAX, "18,446,744,073,709,551,615");
}

Test(text, counts_one_and_many)
{
	struct text text = TEXT_INIT;

	text_add_counted(&text, 0, "entry", "entries");
	text_add(&text, ", ");
	text_add_counted(&text, 1, "entry", "entries");
	text_add(&text, ", ");
	text_add_counted(&text, 1001, "entry", "entries");
	cr_expect_str_eq(text.bytes, "0 entries, 1 entry, 1,001 entries");
	text_release(&text);
}

Test(text, clear_keeps_the_memory)
{
	struct text text = TEXT_INIT;
	char *bytes;

	text_clear(&text);
	text_add(&text, "something");
	bytes = text.bytes;
	text_clear(&text);
	cr_assert_str_eq(text.bytes, "");
	cr_assert_eq(text.length, 0);
	text_add(&text, "else");
	cr_assert_eq(text.bytes, bytes);
	cr_assert_str_eq(text.bytes, "else");
	text_release(&text);
}

Test(text, detach_hands_the_string_over)
{
	struct text text = TEXT_INIT;
	char *empty = text_detach(&text), *full;

	cr_assert_str_eq(empty, "");
	text_add(&text, "kept");
	full = text_detach(&text);
	cr_assert_str_eq(text.bytes, "");
	text_add(&text, "new");
	cr_assert_str_eq(full, "kept");
	free(empty);
	free(full);
	text_release(&text);
}
