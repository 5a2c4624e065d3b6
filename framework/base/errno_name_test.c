/* SPDX-License-Identifier: MIT */
#include "base/errno_name.h"

#include <criterion/criterion.h>
#include <errno.h>

TestSuite(errno_name, .timeout = 30);

Test(errno_name, by_name)
{
	cr_expect_eq(errno_number("ENOMEM"), ENOMEM);
	cr_expect_eq(errno_number("EPERM"), EPERM);
	cr_expect_eq(errno_number("EHWPOISON"), EHWPOISON);
	cr_expect_eq(errno_number("EWOULDBLOCK"), EAGAIN);
	cr_expect_eq(errno_number("ERESTARTSYS"), 512);
	cr_expect_eq(errno_number("ENOSUCH"), 0);
	cr_expect_eq(errno_number(""), 0);
}

Test(errno_name, by_number)
{
	cr_expect_str_eq(errno_name(ENOSPC), "ENOSPC");
	cr_expect_str_eq(errno_name(524), "ENOTSUPP");
	cr_expect_null(errno_name(0));
	cr_expect_null(errno_name(-ENOMEM));
	cr_expect_null(errno_name(ERRNO_MAX));
	cr_expect_null(errno_name(ERRNO_MAX + 1));
}

/* All that the C library names are found by that name: 1 to 133 without two holes, on Linux. */
Test(errno_name, all_of_errno_h)
{
	int named = 0;

	for (int number = 1; number <= EHWPOISON; number++) {
		const char *name = errno_name(number);

		named += name != NULL;
		cr_expect(!name || errno_number(name) == number, "%s is not %d", name, number);
	}
	cr_expect_eq(named, EHWPOISON - 2);
}
