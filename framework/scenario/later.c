/* SPDX-License-Identifier: MIT */
#include "scenario/later.h"

static const struct {
	const char *what, *instead;
} table[] = {
	[LATER_TEARDOWN] = { "'teardown'",
			     "leave it out: every execution begins with a new world" },
	[LATER_MARKER] = { "a marker in a permutation",
			   "leave it out, and name the points between" },
};

void later_refuse(struct diagnostics *diagnostics, struct span at, enum later what)
{
	diagnostics_error(diagnostics, at, "%s is not executable yet; %s", table[what].what,
			  table[what].instead);
}
