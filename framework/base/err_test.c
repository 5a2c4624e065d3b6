/* SPDX-License-Identifier: MIT */
#include "base/err.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/bug.h"
#include "base/vec.h"

TestSuite(err, .timeout = 10);

static const char *const names[] = { "never", "sometimes", NULL, "always", "gup_fast", "pte" };

static const char *nearest(const char *word)
{
	return err_nearest(word, names, ARRAY_SIZE(names));
}

Test(err, counts_and_keeps_all)
{
	struct err err = ERR_INIT;

	cr_assert_eq(err_add(&err, "no such patch '%s'", "kosaki"), -1);
	err_add(&err, "second");
	cr_assert_eq(err.count, 2);
	cr_assert_str_eq(err.text.bytes, "error: no such patch 'kosaki'\nerror: second\n");
	err_release(&err);
	cr_assert_eq(err.count, 0);
	cr_assert_str_eq(err.text.bytes, "");
}

Test(err, bug_is_remembered)
{
	struct err err = ERR_INIT;

	err_add(&err, "first");
	cr_expect_not(err.bug);
	cr_expect_eq(err_bug(&err, "step %d", 3), -1);
	cr_expect(err.bug);
	cr_expect_eq(err.count, 2);
	cr_expect_str_eq(err.text.bytes, "error: first\nBUG: step 3\n");
	err_release(&err);
	cr_expect_not(err.bug);
}

Test(err, nearest_is_the_word_itself)
{
	cr_assert_str_eq(nearest("always"), "always");
}

Test(err, nearest_mends_one_slip)
{
	cr_assert_str_eq(nearest("nevr"), "never");   /* left out */
	cr_assert_str_eq(nearest("neever"), "never"); /* twice */
	cr_assert_str_eq(nearest("mever"), "never");  /* another */
	cr_assert_str_eq(nearest("nevre"), "never");  /* swapped */
	cr_assert_str_eq(nearest("gup_fats"), "gup_fast");
	cr_assert_str_eq(nearest("sometiems"), "sometimes");
}

Test(err, nearest_allows_two_slips_in_six_letters)
{
	cr_assert_str_eq(nearest("allwys"), "always");
	cr_assert_str_eq(nearest("soetime"), "sometimes");
	cr_assert_null(nearest("alpqrs"));
}

Test(err, nearest_allows_one_slip_in_five_letters)
{
	cr_assert_str_eq(nearest("nexer"), "never");
	cr_assert_null(nearest("nexxr"));
	cr_assert_str_eq(nearest("pt"), "pte");
	cr_assert_null(nearest("p"));
}

Test(err, nearest_never_allows_three)
{
	static const char *const long_names[] = { "get_user_pages_fast_only" };

	cr_assert_str_eq(err_nearest("get_user_pages_fst_onl", long_names, 1), long_names[0]);
	cr_assert_null(err_nearest("get_user_pages_fst_on", long_names, 1));
}

/* Of equally close ones the first, so that messages do not depend on more than the table. */
Test(err, nearest_prefers_the_closest_then_the_first)
{
	static const char *const similar[] = { "patch_12", "patch_1", "patch_2" };

	cr_assert_str_eq(err_nearest("patch_1", similar, 3), "patch_1");
	cr_assert_str_eq(err_nearest("patch_3", similar, 3), "patch_1");
}

Test(err, nearest_of_nothing)
{
	cr_assert_null(err_nearest("word", names, 0));
	cr_assert_null(nearest(""));
	cr_assert_null(nearest("unmap"));
	cr_assert_null(nearest("xyznever"));
}

/* 64 letters are compared, 65 are not: neither as the word nor as a candidate. */
Test(err, nearest_bounds_the_length)
{
	char word[66] = "", longer[67] = "";
	const char *candidates[] = { word };

	memset(word, 'a', 64);
	cr_assert_str_eq(err_nearest(word, candidates, 1), word);
	memset(longer, 'a', 65);
	cr_assert_null(err_nearest(longer, candidates, 1));
	word[64] = 'a';
	longer[64] = 0;
	cr_assert_null(err_nearest(longer, candidates, 1));
}

Test(bug, ends_with_its_code, .exit_code = BUG_EXIT_CODE, .timeout = 10)
{
	BUG_ON(names[2] == NULL);
}

Test(bug, is_silent_when_all_is_well, .timeout = 10)
{
	BUG_ON(names[0] == NULL);
}
