/* SPDX-License-Identifier: MIT */
/*
 * passes.c - saved as one line: "passed 0110 5 3", the order's names, and the level and passes of
 * each rule about faults.
 */
#include "scenario/passes.h"

#include <limits.h>
#include <string.h>

static void restart(struct gatherer *gatherer)
{
	struct passes *passes = (struct passes *)gatherer;

	for (size_t i = 0; i < passes->refs->states.count; i++)
		passes->refs->states.items[i].ever_reached =
			passes->refs->states.items[i].ever_passed = false;
	for (unsigned int i = 0; i < passes->fault_count; i++)
		fault_reach_merge(&passes->before[i], fault_reach(i));
	fault_reach_restart();
	memset(passes->faults, 0, sizeof(passes->faults));
}

/* Since the last restart, and in what was merged. */
static struct fault_reach reach_of_part(const struct passes *passes, unsigned int index)
{
	struct fault_reach reach = passes->faults[index];

	fault_reach_merge(&reach, fault_reach(index));
	return reach;
}

struct fault_reach passes_fault(const struct passes *passes, unsigned int index)
{
	struct fault_reach reach = reach_of_part(passes, index);

	fault_reach_merge(&reach, &passes->before[index]);
	return reach;
}

static void save(const struct gatherer *gatherer, struct text *text)
{
	const struct passes *passes = (const struct passes *)gatherer;
	VEC(bool) flags = { 0 };

	for (size_t i = 0; i < passes->refs->states.count; i++)
		vec_push(&flags, passes->refs->states.items[i].ever_reached);
	for (size_t i = 0; i < passes->refs->states.count; i++)
		vec_push(&flags, passes->refs->states.items[i].ever_passed);
	text_add(text, "passed ");
	gather_add_flags(text, flags.items, flags.count);
	for (unsigned int i = 0; i < passes->fault_count; i++) {
		struct fault_reach reach = reach_of_part(passes, i);

		text_addf(text, " %u %u", (unsigned int)reach.level, reach.passes);
	}
	text_add_char(text, '\n');
	vec_release(&flags);
}

static int merge_faults(struct passes *passes, struct fields *fields, struct err *err)
{
	for (unsigned int i = 0; i < passes->fault_count; i++) {
		uint64_t level = 0, counted = 0;
		struct fault_reach reach;

		if (fields_number(fields, FAULT_ASKED, &level, err) ||
		    fields_number(fields, UINT_MAX, &counted, err))
			return -1;
		reach = (struct fault_reach){ (enum fault_level)level, (unsigned int)counted };
		fault_reach_merge(&passes->faults[i], &reach);
	}
	return 0;
}

static int merge(struct gatherer *gatherer, struct fields *fields, struct err *err)
{
	struct passes *passes = (struct passes *)gatherer;
	size_t count = passes->refs->states.count;
	bool *flags = xcalloc(2 * count + 1, sizeof(*flags));
	int status = -1;

	if (!fields_expect(fields, "passed", err) &&
	    !gather_read_flags(fields, flags, 2 * count, err) && !merge_faults(passes, fields, err))
		status = fields_end(fields, err);
	for (size_t i = 0; i < count; i++) {
		passes->refs->states.items[i].ever_reached |= flags[i];
		passes->refs->states.items[i].ever_passed |= flags[count + i];
	}
	free(flags);
	return status;
}

void passes_init(struct passes *passes, struct refs *refs, unsigned int fault_count)
{
	*passes = (struct passes){
		.gatherer = { .restart = restart, .save = save, .merge = merge },
		.refs = refs,
		.fault_count = fault_count,
	};
}
