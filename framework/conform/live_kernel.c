/* SPDX-License-Identifier: MIT */
#include "conform/live_kernel.h"

#include <stdbool.h>
#include <stdlib.h>

#include "mm/model.h"

struct release {
	unsigned long major, minor;
};

/* Return: false if the text does not begin with "6.1". */
static bool read_release(const char *text, struct release *release)
{
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	release->major = strtoul(text, &end, 10);
	if (*end != '.' || end[1] < '0' || end[1] > '9')
		return false;
	release->minor = strtoul(end + 1, NULL, 10);
	return true;
}

static bool is_newer(const struct release *a, const struct release *b)
{
	return a->major != b->major ? a->major > b->major : a->minor > b->minor;
}

/* Versions stand in their order. */
const char *live_kernel_nearest(const char *release)
{
	struct release running, known;
	const char *nearest = NULL;

	if (!read_release(release, &running))
		return NULL;
	for (const struct model_version *version = mm_model.versions; version->name; version++)
		if (version->name[0] == 'v' && read_release(version->name + 1, &known) &&
		    !is_newer(&known, &running))
			nearest = version->name;
	return nearest;
}
