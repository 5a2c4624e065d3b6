/* SPDX-License-Identifier: MIT */
#include "reports/golden.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static void path_of(const char *name, struct text *path)
{
	text_addf(path, "reports/golden/%s", name);
}

static void write_file(const char *path, const char *bytes)
{
	FILE *file = fopen(path, "w");

	cr_assert_not_null(file, "cannot write '%s'", path);
	fputs(bytes, file);
	fclose(file);
}

void golden_expect(const char *name, const char *got)
{
	const char *mode = getenv("BATON_GOLDEN");
	struct text path = TEXT_INIT, expected = TEXT_INIT;

	path_of(name, &path);
	if (mode && !strcmp(mode, "write"))
		write_file(path.bytes, got);
	cr_assert_eq(file_read(path.bytes, SIZE_MAX, &expected), 0, "cannot read '%s'", path.bytes);
	cr_expect_str_eq(got, expected.bytes, "%s differs; it is now:\n%s", path.bytes, got);
	text_release(&path);
	text_release(&expected);
}
