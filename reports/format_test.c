/* SPDX-License-Identifier: MIT */
#include "reports/format.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(format, .timeout = 10);

/* @expected: the lines, with a '|' behind each. */
static void expect_wrapped(const char *string, size_t width, size_t indent, size_t hang,
			   const char *expected)
{
	struct format_lines lines = format_wrap(string, width, indent, hang);
	struct text text = TEXT_INIT;

	for (size_t i = 0; i < lines.lines.count; i++)
		text_addf(&text, "%s|", lines.lines.items[i]);
	cr_expect_str_eq(text.bytes, expected);
	text_release(&text);
	format_lines_release(&lines);
}

Test(format, breaks_at_blanks)
{
	expect_wrapped("", 10, 0, 0, "|");
	expect_wrapped("one two", 10, 2, 4, "  one two|");
	expect_wrapped("one two", 7, 0, 2, "one two|");
	expect_wrapped("one two", 6, 0, 2, "one|  two|");
	expect_wrapped("one   two  three", 10, 0, 2, "one   two|  three|");
	expect_wrapped("\xc3\xa4\xc3\xa4\xc3\xa4 b", 5, 0, 0, "\xc3\xa4\xc3\xa4\xc3\xa4 b|");
}

Test(format, breaks_long_words_between_their_parts)
{
	expect_wrapped("gup_fast/pte_read", 12, 0, 2, "gup_fast/|  pte_read|");
	expect_wrapped("collapse_huge_page", 12, 0, 2, "collapse_|  huge_page|");
	expect_wrapped("abcdefghijkl", 5, 0, 2, "abcde|  fgh|  ijk|  l|");
	expect_wrapped("abc->def", 6, 0, 0, "abc->|def|");
	expect_wrapped("\xc3\xa4\xc3\xa4\xc3\xa4", 2, 0, 0, "\xc3\xa4\xc3\xa4|\xc3\xa4|");
}

Test(format, an_indent_leaves_room_for_words)
{
	expect_wrapped("ab cd", 4, 9, 9, "  ab|  cd|");
	expect_wrapped("abc", 1, 5, 5, "a|b|c|");
}

/* Whatever the width: no line is too long, and nothing but blanks is lost. */
Test(format, nothing_is_cut)
{
	static const char string[] = "rmap/count_checked: 3 == 1 + 2; a->b, c(d, e)  READ_ONCE(x) "
				     "a_word_that_has_no_end_in_sight_at_all /// ---- ->->";

	for (size_t width = 1; width < 90; width++) {
		struct format_lines lines = format_wrap(string, width, 3, 5);
		const char *at = string;

		for (size_t i = 0; i < lines.lines.count; i++) {
			const char *line = lines.lines.items[i];

			cr_assert_leq(format_columns(line), width, "width %zu: %s", width, line);
			line += strspn(line, " ");
			at += strspn(at, " ");
			cr_assert_eq(strncmp(at, line, strlen(line)), 0, "width %zu: %s", width,
				     line);
			at += strlen(line);
		}
		cr_assert_eq(*at, 0);
		format_lines_release(&lines);
	}
}

Test(format, width_is_within_limits)
{
	cr_expect_eq(format_width(&(struct report_options){ .width = 0 }), 100);
	cr_expect_eq(format_width(&(struct report_options){ .width = 59 }), 60);
	cr_expect_eq(format_width(&(struct report_options){ .width = 80 }), 80);
	cr_expect_eq(format_width(&(struct report_options){ .width = 1000 }), 200);
}
