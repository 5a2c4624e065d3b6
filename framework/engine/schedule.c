/* SPDX-License-Identifier: MIT */
#include "engine/schedule.h"

#include <string.h>

#include "base/bug.h"

void schedule_release(struct schedule *schedule)
{
	vec_release(&schedule->entries);
}

void schedule_copy(struct schedule *to, const struct schedule *from)
{
	size_t count = from->entries.count;

	if (to == from)
		return;
	schedule_release(to);
	if (!count)
		return;
	to->entries.items = xrealloc(NULL, count * sizeof(*to->entries.items));
	memcpy(to->entries.items, from->entries.items, count * sizeof(*to->entries.items));
	to->entries.count = count;
	to->entries.capacity = count;
}

size_t schedule_steps(const struct schedule *schedule)
{
	size_t steps = 0;

	for (size_t i = 0; i < schedule->entries.count; i++)
		steps += schedule->entries.items[i].kind == BATON_CHOICE_CPU;
	return steps;
}

size_t schedule_switches(const struct schedule *schedule)
{
	size_t switches = 0;
	int before = -1;

	for (size_t i = 0; i < schedule->entries.count; i++) {
		struct schedule_entry entry = schedule->entries.items[i];

		if (entry.kind != BATON_CHOICE_CPU)
			continue;
		switches += before >= 0 && before != entry.value;
		before = entry.value;
	}
	return switches;
}
