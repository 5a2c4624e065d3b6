/* SPDX-License-Identifier: MIT */
/* Lines about half-way states are read as they were recorded; mistakes have a place. */
#include <criterion/criterion.h>

#include "conform/stall.h"

static void expect_error(const char *text, const char *message)
{
	struct stalls stalls = { 0 };
	struct err err = ERR_INIT;

	cr_expect_eq(stalls_parse(&stalls, "f", text, &err), -1, "%s", text);
	cr_expect_str_eq(err.text.bytes, message);
	stalls_release(&stalls);
	err_release(&err);
}

Test(stall, columns_and_remarks)
{
	const char *text = "# a comment\n"
			   "U odirect   fork+write       stalled@B+0x1000 ret=8192 parent B=65\n"
			   "U register  dontneed         pin sees 1 <== NOT COHERENT parent B=3\n"
			   " pre{-S-}F read-held swapfirst              ret=4096 parent B=7";
	struct stalls stalls = { 0 };
	struct err err = ERR_INIT;

	cr_assert_eq(stalls_parse(&stalls, "f", text, &err), 0, "%s", err.text.bytes);
	cr_assert_eq(stalls.list.count, 3);
	cr_expect_eq(stalls.list.items[0].line, 2);
	cr_expect_eq(stalls.list.items[0].call, CONFORM_ODR);
	cr_expect(stall_forks(&stalls.list.items[0]));
	cr_expect_str_eq(stalls.list.items[0].name, "U odirect fork+write");
	cr_expect_str_eq(stalls.list.items[0].seen, "stalled@B+0x1000 ret=8192 parent B=65");
	cr_expect_eq(stalls.list.items[1].call, CONFORM_REG);
	cr_expect_not(stall_forks(&stalls.list.items[1]));
	cr_expect_str_eq(stalls.list.items[1].seen, "pin sees 1 parent B=3");
	cr_expect_eq(stalls.list.items[2].kind, 'F');
	cr_expect_str_eq(stalls.list.items[2].name, "F read-held swapfirst");
	stalls_release(&stalls);
	err_release(&err);
}

Test(stall, scripts_are_something_else)
{
	cr_expect(stalls_are("\n# x : y\nU vmsplice  write  ret=0\n"));
	cr_expect(stalls_are(" pre{-S-}F read-held swapfirst ret=4096"));
	cr_expect_not(stalls_are("S01 fork : A.map\nU vmsplice write ret=0\n"));
	cr_expect_not(stalls_are("U vmsplice : A.map"));
	cr_expect_not(stalls_are(""));
}

Test(stall, mistakes_have_a_place)
{
	expect_error("U splice write ret=0\n",
		     "f:1:3: error: expected one of vmsplice, odirect, register, not 'splice'\n");
	expect_error("U odirect fork ret=0\n",
		     "f:1:11: error: expected one of write, pageout, fork+write, mprot+write, "
		     "dontneed, not 'fork'\n");
	expect_error("F odirect plain ret=0\n",
		     "f:1:3: error: expected read-held, not 'odirect'\n");
	expect_error("M shared-file write ret=0\n",
		     "f:1:15: error: expected one of msync, write+msync, none, msync+drop, "
		     "msync+unmap+drop, trunc, not 'write'\n");
	expect_error("U odirect write\n", "f:1:16: error: expected what was seen\n");
	expect_error("M shared-file msync ok\nX y z\n",
		     "f:2:1: error: expected U, F or M, not 'X'\n");
}
