/* SPDX-License-Identifier: MIT */
/*
 * bisect_test.c - lists as strips of letters: g good, b bad, ? unknown.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/vec.h"
#include "bisect/bisect.h"

TestSuite(bisect, .timeout = 30);

static struct bisect bisect;
static enum bisect_end end;

static int look(void *arg, size_t state, enum bisect_answer *answer, struct err *err)
{
	const char *strip = arg;

	(void)err;
	*answer = strip[state] == 'g' ? BISECT_GOOD :
		  strip[state] == 'b' ? BISECT_BAD :
					BISECT_UNKNOWN;
	return 0;
}

static void run(char *strip)
{
	struct err err = ERR_INIT;

	bisect = (struct bisect){ .count = strlen(strip), .ask = look, .arg = strip };
	cr_assert_eq(bisect_run(&bisect, &end, &err), 0);
}

static void expect(char *strip, size_t before, size_t after, bool once)
{
	run(strip);
	cr_expect_eq(end, BISECT_FOUND);
	cr_expect_eq(bisect.before, before, "%s: %zu", strip, bisect.before);
	cr_expect_eq(bisect.after, after, "%s: %zu", strip, bisect.after);
	cr_expect_eq(bisect.changes_once, once, "%s", strip);
	bisect_release(&bisect);
}

Test(bisect, short_lists)
{
	expect((char[]){ "gb" }, 0, 1, true);
	expect((char[]){ "gggbb" }, 2, 3, true);
	expect((char[]){ "bbg" }, 1, 2, true);
	/* The change that is there at the end counts, and it is said that there is another. */
	expect((char[]){ "gbbgb" }, 3, 4, false);
	/* What is between cannot be told apart. */
	expect((char[]){ "gg??b" }, 1, 4, true);
}

Test(bisect, ends)
{
	run((char[]){ "gbg" });
	cr_expect_eq(end, BISECT_SAME);
	cr_expect_eq(bisect.asked, 2);
	bisect_release(&bisect);
	run((char[]){ "?gb" });
	cr_expect_eq(end, BISECT_NOT_IT);
	bisect_release(&bisect);
}

static char *make_strip(size_t count, size_t good)
{
	char *strip = xcalloc(count + 1, 1);

	for (size_t i = 0; i < count; i++)
		strip[i] = i < good ? 'g' : 'b';
	return strip;
}

/* Wherever the change is, it is found; with the ends and the neighbours in 10 of 64. */
Test(bisect, long_lists)
{
	for (size_t good = 1; good < 64; good++) {
		char *strip = make_strip(64, good);

		run(strip);
		cr_expect_eq(bisect.before, good - 1);
		cr_expect_eq(bisect.after, good);
		cr_expect(bisect.changes_once);
		cr_expect_leq(bisect.asked, 10, "%zu", bisect.asked);
		bisect_release(&bisect);
		free(strip);
	}
}

Test(bisect, long_lists_with_gaps)
{
	for (size_t good = 2; good < 38; good++) {
		char *strip = make_strip(40, good);

		strip[good] = '?';
		strip[19] = strip[20] = '?';
		run(strip);
		cr_expect_eq(strip[bisect.before], 'g');
		cr_expect_eq(strip[bisect.after], 'b');
		for (size_t i = bisect.before + 1; i < bisect.after; i++)
			cr_expect_eq(strip[i], '?', "%zu: %zu", good, i);
		bisect_release(&bisect);
		free(strip);
	}
}

/* Beside the change that it comes to there is another one. */
Test(bisect, neighbours)
{
	char *strip = make_strip(32, 16);

	strip[14] = 'b';
	run(strip);
	cr_expect_eq(bisect.before, 15);
	cr_expect_eq(bisect.after, 16);
	cr_expect_not(bisect.changes_once);
	bisect_release(&bisect);
	free(strip);
}
