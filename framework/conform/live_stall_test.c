/* SPDX-License-Identifier: MIT */
/* System calls that are held in their middle end here as they did where they were recorded. */
#include <criterion/criterion.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/file.h"
#include "conform/live.h"
#include "conform/live_kernel.h"

TestSuite(live_stall, .timeout = 60);

/* All of a file; skips the test if nothing was recorded on such a kernel. */
static void read_recorded(struct text *text)
{
	struct text path = TEXT_INIT;
	struct utsname name;
	const char *version;
	size_t n;

	cr_assert_eq(uname(&name), 0);
	version = live_kernel_nearest(name.release);
	if (!version)
		cr_skip_test("Linux %s is older than all that was recorded", name.release);
	/* The stable release, as v5.10.262, is named by its series. */
	n = strcspn(version, ".");
	n += 1 + strcspn(version + n + 1, ".");
	text_addf(&path, "scenarios/conform/stalled-%.*s.txt", (int)n - 1, version + 1);
	if (file_read(path.bytes, SIZE_MAX, text))
		cr_skip_test("nothing was recorded on %s: no %s", version, path.bytes);
	text_release(&path);
}

/* Return: was it possible? */
static bool expect_as_recorded(struct live *live, const struct stall *stall)
{
	struct text seen = TEXT_INIT;
	struct err err = ERR_INIT;

	if (live_stall_missing(live, stall))
		return false;
	cr_expect_eq(live_stall_run(live, stall, &seen, &err), 0, "%s", err.text.bytes);
	cr_expect_str_eq(seen.bytes, stall->seen, "%s", stall->name);
	text_release(&seen);
	err_release(&err);
	return true;
}

Test(live_stall, outcomes_are_as_recorded)
{
	const struct live_options options = { .swap = LIVE_SWAP_ANY };
	struct text text = TEXT_INIT;
	struct stalls stalls = { 0 };
	struct err err = ERR_INIT;
	unsigned int run = 0;
	struct live *live;

	read_recorded(&text);
	cr_assert_eq(stalls_parse(&stalls, "recorded", text.bytes, &err), 0, "%s", err.text.bytes);
	live = live_open(&options, &err);
	cr_assert_not_null(live, "%s", err.text.bytes);
	for (size_t i = 0; i < stalls.list.count; i++)
		run += expect_as_recorded(live, &stalls.list.items[i]);
	cr_expect_eq(live_close(live, &err), 0, "%s", err.text.bytes);
	stalls_release(&stalls);
	text_release(&text);
	if (!run)
		cr_skip_test("userfaultfd, or what the calls need, is missing here");
}
