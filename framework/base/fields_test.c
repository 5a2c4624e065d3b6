/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <string.h>

#include "base/fields.h"

TestSuite(fields, .timeout = 10);

static struct fields fields;
static struct err err = ERR_INIT;
static struct text word = TEXT_INIT;

static void read_text(const char *text)
{
	fields_init(&fields, "f", text);
}

static void release(void)
{
	err_release(&err);
	text_release(&word);
}

Test(fields, reads_what_was_written, .fini = release)
{
	uint64_t number = 0;

	read_text("head 17 abc\n\ntail two words\n");
	cr_assert_not(fields_take(&fields, "tail"));
	cr_assert(fields_take(&fields, "head"));
	cr_assert_eq(fields_number(&fields, 17, &number, &err), 0);
	cr_expect_eq(number, 17);
	cr_assert_eq(fields_word(&fields, &word, &err), 0);
	cr_expect_str_eq(word.bytes, "abc");
	cr_assert_not(fields_more(&fields));
	cr_assert_eq(fields_end(&fields, &err), 0);
	cr_assert_not(fields_over(&fields));
	cr_assert_not(fields_take(&fields, "tail")); /* the empty line comes first */
	cr_assert(fields_take(&fields, ""));
	cr_assert_eq(fields_expect(&fields, "tail", &err), 0);
	text_clear(&word);
	cr_assert_eq(fields_rest(&fields, &word, &err), 0);
	cr_expect_str_eq(word.bytes, "two words");
	cr_expect(fields_over(&fields));
	cr_expect_str_empty(err.text.bytes);
}

Test(fields, any_text_as_the_rest, .fini = release)
{
	static const char *const texts[] = { "", "a\nb", "\\n", "\\\\\n\n", " x  y " };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct text line = TEXT_INIT;

		text_add(&line, "rest ");
		fields_add(&line, texts[i]);
		text_add(&line, "\n");
		read_text(line.bytes);
		text_clear(&word);
		cr_assert(fields_take(&fields, "rest"));
		cr_assert_eq(fields_rest(&fields, &word, &err), 0, "%s", err.text.bytes);
		cr_expect_str_eq(word.bytes, texts[i]);
		cr_expect(fields_over(&fields));
		text_release(&line);
	}
}

/* @text is "x" and what is wrong behind it. */
static void expect_no_number(const char *text, const char *message)
{
	uint64_t number = 99;

	err_release(&err);
	read_text(text);
	cr_assert(fields_take(&fields, "x"));
	cr_expect_eq(fields_number(&fields, 41, &number, &err), -1);
	cr_expect_eq(number, 99);
	cr_expect_str_eq(err.text.bytes, message);
	cr_expect_eq(err.count, 1);
}

Test(fields, no_number, .fini = release)
{
	expect_no_number("x\n", "f:1:2: error: the line ends where a number is expected\n");
	expect_no_number("x", "f:1:2: error: the line ends where a number is expected\n");
	expect_no_number("x \n", "f:1:3: error: the line ends where a number is expected\n");
	expect_no_number("x  1\n", "f:1:3: error: expected a number up to 41, not ''\n");
	expect_no_number("x 42\n", "f:1:3: error: expected a number up to 41, not '42'\n");
	expect_no_number("x 18446744073709551616\n",
			 "f:1:3: error: expected a number up to 41, not '18446744073709551616'\n");
	expect_no_number("x -1\n", "f:1:3: error: expected a number up to 41, not '-1'\n");
	expect_no_number("x 1\x01\n", "f:1:3: error: expected a number up to 41, not '1'\n");
}

Test(fields, one_digit_too_many, .fini = release)
{
	uint64_t number = 0;

	read_text("x 5\n");
	cr_assert(fields_take(&fields, "x"));
	cr_expect_eq(fields_number(&fields, 4, &number, &err), -1);
	read_text("x 18446744073709551615\n");
	cr_assert(fields_take(&fields, "x"));
	cr_expect_eq(fields_number(&fields, UINT64_MAX, &number, &err), 0);
	cr_expect_eq(number, UINT64_MAX);
}

Test(fields, what_else_is_wrong, .fini = release)
{
	read_text("one\ntwo 2 3\nthree a\\tb\n");
	cr_expect_eq(fields_expect(&fields, "two", &err), -1);
	cr_assert(fields_take(&fields, "two"));
	cr_assert_eq(fields_word(&fields, &word, &err), 0);
	cr_expect_eq(fields_end(&fields, &err), -1);
	cr_assert(fields_take(&fields, "three"));
	cr_expect_eq(fields_rest(&fields, &word, &err), -1);
	cr_expect_eq(fields_expect(&fields, "four", &err), -1);
	cr_expect_str_eq(err.text.bytes, "f:1:1: error: expected 'two', not 'one'\n"
					 "f:2:7: error: unexpected '3' at the end of the line\n"
					 "f:3:9: error: expected '\\\\' or '\\n'\n"
					 "f:3:9: error: the text ends where 'four' is expected\n");
}
