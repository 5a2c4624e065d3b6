/* SPDX-License-Identifier: MIT */
/* Files as text: line ends, tabs, odd bytes, sizes, and how a place in them is shown. */
#include <criterion/criterion.h>
#include <string.h>

#include "scenario/toy_model.h"

TestSuite(text, .timeout = 20);

/* Everything that is told about @text, which must be wrong. */
static void expect_told(const char *text, size_t length, const char *told)
{
	struct err err = ERR_INIT;
	struct scenario *scenario = scenario_parse("t.scn", text, length, toy_models, &err);

	cr_expect_null(scenario);
	cr_expect_str_eq(err.text.bytes, told, "--- told:\n%s\n--- expected:\n%s", err.text.bytes,
			 told);
	cr_expect_gt(err.count, 0);
	scenario_free(scenario);
	err_release(&err);
}

/* @text with all @from replaced by @to. */
static char *replaced(const char *text, const char *from, const char *to)
{
	struct text result = TEXT_INIT;

	while (*text) {
		if (!strncmp(text, from, strlen(from))) {
			text_add(&result, to);
			text += strlen(from);
		} else {
			text_add_char(&result, *text++);
		}
	}
	return text_detach(&result);
}

static void expect_loads(const char *text, size_t length)
{
	struct err err = ERR_INIT;
	struct scenario *scenario = scenario_parse("t.scn", text, length, toy_models, &err);

	cr_expect_not_null(scenario, "%s", err.text.bytes);
	cr_expect_str_eq(err.text.bytes, "");
	scenario_free(scenario);
	err_release(&err);
}

Test(text, place_line_and_caret)
{
	const char text[] = "scenario t\nuse toy;\nsetup { P = process(); A = page(P); }\n"
			    "cpu a in P {\n\tpin: pg = pni(A);\n}\npredicate ok = 1;\n"
			    "variants { v1.0 never ok; }\n";

	expect_told(text, strlen(text),
		    "t.scn:5:12: error: unknown operation 'pni'; did you mean 'pin'?\n"
		    "    5 |  pin: pg = pni(A);\n"
		    "      |            ^~~\n");
}

Test(text, columns_are_characters)
{
	/* Two bytes each, and one column; in a string and in a comment they are welcome. */
	const char text[] = "scenario t \"\xc3\xa4\xc3\xb6\" x\n# \xc3\xbc\n";

	expect_told(text, strlen(text),
		    "t.scn:1:17: error: expected a block such as 'cpu' or 'variants', found 'x'\n"
		    "    1 | scenario t \"\xc3\xa4\xc3\xb6\" x\n"
		    "      |                 ^\n");
}

Test(text, bytes_that_are_no_text)
{
	const char nul[] = "scenario t\nuse\0toy;\n", utf16[] = "s\0c\0e\0n\0";

	expect_told(nul, sizeof(nul) - 1,
		    "t.scn:2:4: error: NUL byte: a scenario is plain text\n"
		    "    2 | use?toy;\n"
		    "      |    ^\n");
	expect_told(utf16, sizeof(utf16) - 1,
		    "t.scn:1:2: error: NUL byte: a scenario is plain text\n"
		    "    1 | s?c?e?n?\n"
		    "      |  ^\n");
}

/* What a terminal could take amiss is not shown as it is. */
Test(text, bytes_that_have_no_meaning)
{
	const char latin[] = "scenario t\nuse \xe4toy;\n", escape[] = "scenario \x1b[31m t\n";

	expect_told(latin, strlen(latin),
		    "t.scn:2:5: error: only ASCII has a meaning outside of comments and strings\n"
		    "    2 | use ?toy;\n"
		    "      |     ^~~~\n");
	expect_told(escape, strlen(escape),
		    "t.scn:1:10: error: only ASCII has a meaning outside of comments and strings\n"
		    "    1 | scenario ?[31m t\n"
		    "      |          ^~~~~\n");
}

Test(text, empty_files)
{
	const char comment[] = "# nothing\n\n";

	expect_told("", 0,
		    "t.scn:1:1: error: empty: expected 'scenario NAME'\n    1 | \n      | ^\n");
	expect_told(comment, strlen(comment),
		    "t.scn:1:1: error: empty: expected 'scenario NAME'\n"
		    "    1 | # nothing\n      | ^\n");
}

Test(text, line_ends_and_marks)
{
	char *crlf = replaced(toy_scenario, "\n", "\r\n"), *blanks;
	struct text marked = TEXT_INIT;

	expect_loads(crlf, strlen(crlf));
	expect_loads(toy_scenario, strlen(toy_scenario) - 1);
	blanks = replaced(toy_scenario, "\t", "  \v\f ");
	expect_loads(blanks, strlen(blanks));
	text_addf(&marked, "\xef\xbb\xbf%s", toy_scenario);
	expect_loads(marked.bytes, marked.length);
	text_release(&marked);
	free(crlf);
	free(blanks);
}

Test(text, carriage_returns_are_not_shown)
{
	const char text[] = "scenario t\r\nuse \"toy\"\r\n";

	expect_told(text, strlen(text),
		    "t.scn:2:5: error: expected a name, found a string\n"
		    "    2 | use \"toy\"\n"
		    "      |     ^~~~~\n");
}

#define AROUND "use toy; cpu a { evict(0); } predicate p = 1; variants { v1.0 never p; }\n"

Test(text, strings)
{
	const char open[] = "scenario t \"open\n" AROUND;
	const char escape[] = "scenario t \"a\\nb\\\"\"\n" AROUND;

	expect_told(open, strlen(open),
		    "t.scn:1:12: error: string is not closed on its line\n"
		    "    1 | scenario t \"open\n"
		    "      |            ^~~~~\n");
	expect_told(escape, strlen(escape),
		    "t.scn:1:14: error: unknown escape in a string; there are \\\" and \\\\\n"
		    "    1 | scenario t \"a\\nb\\\"\"\n"
		    "      |              ^~\n");
}

Test(text, comments_of_other_languages)
{
	const char text[] = "scenario t\n// no\n" AROUND "/* no\n";

	expect_told(text, strlen(text),
		    "t.scn:2:1: error: a comment begins with '#'\n"
		    "    2 | // no\n"
		    "      | ^~~~~\n"
		    "t.scn:4:1: error: a comment begins with '#'\n"
		    "    4 | /* no\n"
		    "      | ^~~~~\n");
}

Test(text, long_lines_are_cut_around_the_caret)
{
	struct text text = TEXT_INIT, told = TEXT_INIT;

	text_add(&text, "scenario t # ");
	text_pad(&text, 200, 'x');
	text_add(&text, "\nuse toy; ref \"");
	text_pad(&text, text.length + 100, 'y');
	text_add(&text, "\" cpu; # ");
	text_pad(&text, text.length + 100, 'z');
	text_add(&told, "t.scn:2:117: error: expected ';', found 'cpu'\n    2 | ...");
	text_pad(&told, told.length + 38, 'y');
	text_add(&told, "\" cpu; # ");
	text_pad(&told, told.length + 41, 'z');
	text_add(&told, "...\n      |    ");
	text_pad(&told, told.length + 40, ' ');
	text_add(&told, "^~~\n");
	expect_told(text.bytes, text.length, told.bytes);
	text_release(&text);
	text_release(&told);
}

Test(text, more_than_fifty_errors)
{
	struct text text = TEXT_INIT;
	struct err err = ERR_INIT;
	unsigned int lines = 0;

	text_add(&text, "scenario t\nuse toy;\nsetup { A = page(0); }\ncpu a {\n");
	for (int i = 0; i < 60; i++)
		text_addf(&text, "\tevikt(A);\n");
	text_add(&text, "}\npredicate ok = 1;\nvariants { v1.0 never ok; }\n");
	cr_expect_null(scenario_parse("t.scn", text.bytes, text.length, toy_models, &err));
	for (size_t i = 0; i < err.text.length; i++)
		lines += err.text.bytes[i] == '\n';
	cr_expect_eq(lines, 3 * 50 + 1);
	cr_expect_eq(err.count, 60);
	cr_expect_not_null(strstr(err.text.bytes, "\nt.scn: 10 more errors are not shown\n"));
	text_release(&text);
	err_release(&err);
}

/* A scenario of more than a megabyte: of comments, of steps, of nesting, of one word. */
Test(text, large_files)
{
	static const char *const units[] = { "# comment comment comment\n",
					     "cpu b { evict(A); }\n",
					     "predicate p = 1;\n",
					     "a { ",
					     "((((((((((",
					     "aaaaaaaa",
					     "v1.0 never x, ",
					     "\"",
					     "1 + ",
					     "} " };

	for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
		struct text text = TEXT_INIT;
		struct err err = ERR_INIT;
		struct scenario *scenario;

		text_addf(&text, "%spredicate q = ", toy_scenario);
		if (i < 3)
			text_add(&text, "1;\n");
		while (text.length < (1u << 20))
			text_add(&text, units[i]);
		scenario = scenario_parse("t.scn", text.bytes, text.length, toy_models, &err);
		cr_expect_eq(scenario != NULL, i == 0, "%s", units[i]);
		cr_expect_eq(err.count > 0, i != 0);
		scenario_free(scenario);
		text_release(&text);
		err_release(&err);
	}
}

Test(text, too_large_and_unreadable)
{
	size_t size = (4u << 20) + 1;
	char *bytes = xcalloc(size, 1);
	struct err err = ERR_INIT;

	memset(bytes, '\n', size);
	cr_expect_null(scenario_parse("t.scn", bytes, size, toy_models, &err));
	cr_expect_str_eq(err.text.bytes, "t.scn: error: more than 4 MiB: this is no scenario\n");
	text_clear(&err.text);
	cr_expect_null(scenario_load("no/such.scn", toy_models, &err));
	cr_expect_str_eq(err.text.bytes,
			 "no/such.scn: error: cannot be read: No such file or directory\n");
	text_clear(&err.text);
	cr_expect_null(scenario_load("/", toy_models, &err));
	cr_expect_str_eq(err.text.bytes, "/: error: cannot be read: Is a directory\n");
	cr_expect_eq(err.count, 3);
	err_release(&err);
	free(bytes);
}
