/* SPDX-License-Identifier: MIT */
/*
 * passes.c - saved as one line: "passed 0110 1", the order's names and the fault points.
 */
#include "scenario/passes.h"

#include <string.h>

static void restart(struct gatherer *gatherer)
{
	struct passes *passes = (struct passes *)gatherer;

	for (size_t i = 0; i < passes->refs->states.count; i++)
		passes->refs->states.items[i].ever_reached = false;
	for (unsigned int i = 0; i < passes->fault_count; i++)
		passes->faults_before[i] = fault_passes(i);
	memset(passes->faults, 0, sizeof(passes->faults));
}

bool passes_fault(const struct passes *passes, unsigned int index)
{
	return passes->faults[index] || fault_passes(index) != passes->faults_before[index];
}

static void save(const struct gatherer *gatherer, struct text *text)
{
	const struct passes *passes = (const struct passes *)gatherer;
	VEC(bool) flags = { 0 };

	for (size_t i = 0; i < passes->refs->states.count; i++)
		vec_push(&flags, passes->refs->states.items[i].ever_reached);
	text_add(text, "passed ");
	gather_add_flags(text, flags.items, flags.count);
	flags.count = 0;
	for (unsigned int i = 0; i < passes->fault_count; i++)
		vec_push(&flags, passes_fault(passes, i));
	text_add_char(text, ' ');
	gather_add_flags(text, flags.items, flags.count);
	text_add_char(text, '\n');
	vec_release(&flags);
}

static int merge(struct gatherer *gatherer, struct fields *fields, struct err *err)
{
	struct passes *passes = (struct passes *)gatherer;
	size_t count = passes->refs->states.count;
	bool *flags = xcalloc(count + 1, sizeof(*flags));
	int status = -1;

	if (!fields_expect(fields, "passed", err) &&
	    !gather_read_flags(fields, flags, count, err) &&
	    !gather_read_flags(fields, passes->faults, passes->fault_count, err))
		status = fields_end(fields, err);
	for (size_t i = 0; i < count; i++)
		passes->refs->states.items[i].ever_reached |= flags[i];
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
