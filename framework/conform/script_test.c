/* SPDX-License-Identifier: MIT */
/* Scripts are printed as they were read, and mistakes are told where they are. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/file.h"
#include "conform/script.h"

TestSuite(script, .timeout = 20);

static void print_scripts(const struct conform_scripts *scripts, struct text *text)
{
	for (size_t i = 0; i < scripts->list.count; i++) {
		conform_script_print(&scripts->list.items[i], text);
		text_add_char(text, '\n');
	}
}

static void expect_round_trip(const char *path, const char *text, size_t count)
{
	struct conform_scripts scripts = { 0 };
	struct text printed = TEXT_INIT;
	struct err err = ERR_INIT;

	cr_expect_eq(conform_scripts_parse(&scripts, path, text, &err), 0, "%s", err.text.bytes);
	print_scripts(&scripts, &printed);
	cr_expect_eq(scripts.list.count, count);
	cr_expect_eq(strcmp(printed.bytes, text), 0, "%s is printed otherwise", path);
	conform_scripts_release(&scripts);
	text_release(&printed);
	err_release(&err);
}

static void round_trip(const char *kind, const char *version, size_t count)
{
	struct text path = TEXT_INIT, text = TEXT_INIT;

	text_addf(&path, "scenarios/conform/%s-%s.txt", kind, version);
	cr_assert_eq(file_read(path.bytes, SIZE_MAX, &text), 0, "%s", path.bytes);
	expect_round_trip(path.bytes, text.bytes, count);
	text_release(&path);
	text_release(&text);
}

Test(script, recorded_lines_are_printed_as_they_were_read)
{
	static const char *const versions[] = { "5.10", "6.1", "6.18", "7.2" };

	for (size_t i = 0; i < ARRAY_SIZE(versions); i++) {
		round_trip("named", versions[i], 30);
		round_trip("random", versions[i], 2000);
	}
}

Test(script, an_operation_is_what_its_text_says)
{
	struct conform_script script = { 0 };
	struct err err = ERR_INIT;
	const struct conform_op *op;

	cr_assert_eq(conform_script_parse(&script, "f", 7,
					  "S00 a b : A.fork:B B.pvw:A:5->-14 D.pipe:3=1|2->4(!!)",
					  &err),
		     0);
	cr_expect_str_eq(script.name, "S00 a b");
	cr_expect_eq(script.line, 7u);
	cr_assert_eq(script.ops.count, 3);
	op = &script.ops.items[1];
	cr_expect(op->what == CONFORM_PVW && op->process == 1 && op->args == 2);
	cr_expect(op->arg[0] == 0 && op->arg[1] == 5 && op->has_seen && op->seen == -14);
	cr_expect(!op->expected_n && conform_op_expects(op, 0) && !conform_op_expects(op, -14));
	op = &script.ops.items[2];
	cr_expect(op->what == CONFORM_PIPE && op->process == CONFORM_DRIVER && op->arg[0] == 3);
	cr_expect(op->expected_n == 2 && conform_op_expects(op, 2) && !conform_op_expects(op, 4));
	conform_script_release(&script);
	err_release(&err);
}

static void expect_mistakes(const char *text, const char *mistakes)
{
	struct conform_scripts scripts = { 0 };
	struct err err = ERR_INIT;

	cr_expect_lt(conform_scripts_parse(&scripts, "f", text, &err), 0, "%s", text);
	cr_expect_str_eq(err.text.bytes, mistakes);
	conform_scripts_release(&scripts);
	err_release(&err);
}

Test(script, mistakes_are_told_where_they_are)
{
	expect_mistakes("\n# only this\n", "error: f: no scripts in it\n");
	expect_mistakes("A.map", "f:1:1: error: expected 'NAME : OPERATION ...'\n");
	expect_mistakes("x :", "f:1:1: error: a script without operations\n");
	expect_mistakes("x : A.map\ny : A.pagout E.w:1 map A.=1",
			"f:2:7: error: no operation 'pagout'; did you mean 'pageout'?\n"
			"f:2:14: error: expected an operation, as A.w:1, not 'E.w:1'\n"
			"f:2:20: error: expected an operation, as A.w:1, not 'map'\n"
			"f:2:26: error: no operation '=1'\n");
	expect_mistakes("x : A.w A.w:256 A.r:4 A.splice:4 A.odr:16 A.exit:1 A.r:1:2 A.fork:D",
			"f:1:8: error: 'w' needs ':' and a value\n"
			"f:1:13: error: expected a value, 0 to 255, not '256'\n"
			"f:1:21: error: expected a page, 0 to 3, not '4'\n"
			"f:1:32: error: expected a pipe, 0 to 3, not '4'\n"
			"f:1:40: error: expected a block of the disk, 0 to 15, not '16'\n"
			"f:1:49: error: 'exit' takes no argument\n"
			"f:1:57: error: 'r' takes no more arguments\n"
			"f:1:67: error: expected a process, A to C, not 'D'\n");
	expect_mistakes(
		"x : A.r= A.r=1->x A.r=1->2 A.r=1->1(!!) A.w:1;",
		"f:1:9: error: expected what the operation answers, as 1 or -14, not ''\n"
		"f:1:17: error: expected what the operation answers, as 1 or -14, not 'x'\n"
		"f:1:27: error: '(!!)' is missing, as 2 is not among the expected answers\n"
		"f:1:36: error: no '(!!)' belongs here, as 1 is among the expected answers\n"
		"f:1:46: error: expected a blank, not ';'\n");
	expect_mistakes("x : D.w:1 A.pipe:0 B.r A.fork:B A.fork:B A.reap:B B.exit B.r A.pvr:C A.r",
			"f:1:5: error: D cannot 'w'\n"
			"f:1:11: error: 'pipe' is for D only\n"
			"f:1:20: error: B does not exist yet; write A.fork:B before it\n"
			"f:1:33: error: B exists already\n"
			"f:1:42: error: it would never return: write B.exit before it\n"
			"f:1:58: error: B has ended\n"
			"f:1:62: error: C does not exist yet\n");
	expect_mistakes("x : A.r=0|1|2|3|4|5|6|7|8",
			"f:1:8: error: more than 8 expected answers\n");
}
