/* SPDX-License-Identifier: MIT */
/* The version of the model that a release is compared with. */
#include <criterion/criterion.h>

#include "conform/live_kernel.h"

static void expect_nearest(const char *release, const char *version)
{
	const char *nearest = live_kernel_nearest(release);

	if (!version)
		cr_expect_null(nearest, "%s is %s", release, nearest);
	else
		cr_expect_str_eq(nearest ? nearest : "none", version, "%s", release);
}

Test(live_kernel, the_nearest_is_the_last_that_is_not_newer)
{
	expect_nearest("6.1.0-49-amd64", "v6.1");
	expect_nearest("6.18.44-fc-v669", "v6.18");
	expect_nearest("6.6.30", "v6.5");
	expect_nearest("5.10.0-35-cloud-amd64", "v5.10.262");
	expect_nearest("99.0-rc1", "v7.2");
}

Test(live_kernel, what_is_no_version_or_too_old_has_none)
{
	expect_nearest("2.4.20", NULL);
	expect_nearest("generic", NULL);
	expect_nearest("6", NULL);
	expect_nearest("6.x", NULL);
}
