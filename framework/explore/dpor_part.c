/* SPDX-License-Identifier: MIT */
#include "explore/dpor_part.h"

#include "explore/dpor_text.h"

void dpor_cut(struct dpor *dpor, size_t depth)
{
	dpor->depth_max = depth;
	dpor->deeper = false;
	dpor->places.items[0].free = true;
}

/* ---- Written ------------------------------------------------------------------------------ */

static void add_event(struct text *part, const struct dpor_path *path, size_t index)
{
	const struct dpor_event *event = &path->events.items[index];

	text_addf(part, " %u", event->step.cpu);
	dpor_text_add_choices(part, path->choices.items + event->choices,
			      dpor_path_choices_end(path, index) - event->choices);
}

char *dpor_beginning(const struct dpor *dpor)
{
	size_t count = dpor->path.events.count, first = dpor->places.items[count].sleepers;
	struct text part = TEXT_INIT;

	if (dpor->blocked)
		return NULL;
	text_add(&part, "dpor");
	dpor_text_add_choices(&part, dpor->root.items, dpor->root.count);
	text_addf(&part, " %zu", count);
	for (size_t i = 0; i < count; i++)
		add_event(&part, &dpor->path, i);
	text_addf(&part, " %zu", dpor->sleepers.count - first);
	for (size_t i = first; i < dpor->sleepers.count; i++) {
		text_addf(&part, " %u", dpor->sleepers.items[i].cpu);
		dpor_text_add_outcome(&part, &dpor->outcomes, dpor->sleepers.items[i].outcome);
	}
	return text_detach(&part);
}

/* ---- Read --------------------------------------------------------------------------------- */

static int read_made(struct dpor *dpor, struct fields *part, struct dpor_made *made,
		     struct err *err)
{
	uint64_t cpu = 0;

	if (fields_number(part, dpor->path.cpu_count - 1, &cpu, err))
		return -1;
	made->cpu = (uint8_t)cpu;
	return dpor_text_outcome(part, &dpor->outcomes, &made->outcome, err);
}

/* The steps, or the sleepers. */
static int read_list(struct dpor *dpor, struct fields *part, bool sleepers, struct err *err)
{
	uint64_t count = 0;

	if (fields_number(part, DPOR_COUNT_MAX, &count, err))
		return -1;
	while (count--) {
		struct dpor_made made;

		if (read_made(dpor, part, &made, err))
			return -1;
		if (sleepers)
			vec_push(&dpor->base.sleepers, made);
		else
			vec_push(&dpor->base.steps, made);
	}
	return 0;
}

int dpor_part_load(struct dpor *dpor, struct fields *part, struct err *err)
{
	if (!fields_more(part))
		return 0;
	dpor->base.given = true;
	if (dpor_text_choices(part, &dpor->root, err) || read_list(dpor, part, false, err) ||
	    read_list(dpor, part, true, err))
		return -1;
	return fields_end(part, err);
}
