/* SPDX-License-Identifier: MIT */
#include "explore/dpor_part.h"

/* Numbers of steps and choices in a text: there are no more in an execution. */
#define COUNT_MAX 10000000u

void dpor_cut(struct dpor *dpor, size_t depth)
{
	dpor->depth_max = depth;
	dpor->deeper = false;
	dpor->places.items[0].free = true;
}

/* ---- Written ------------------------------------------------------------------------------ */

static void add_choice(struct text *part, struct dpor_choice choice)
{
	text_addf(part, " %u %u %u", choice.answer, choice.count, choice.rule);
}

static void add_outcome(struct text *part, const struct dpor_outcomes *outcomes, uint32_t outcome)
{
	uint32_t length = outcomes->items.items[outcome].length;

	text_addf(part, " %u", length);
	for (uint32_t i = 1; i <= length; i++)
		add_choice(part,
			   outcomes->items.items[dpor_outcome_prefix(outcomes, outcome, i)].choice);
}

static void add_choices(struct text *part, const struct dpor_choice *choices, size_t count)
{
	text_addf(part, " %zu", count);
	for (size_t i = 0; i < count; i++)
		add_choice(part, choices[i]);
}

static void add_event(struct text *part, const struct dpor_path *path, size_t index)
{
	const struct dpor_event *event = &path->events.items[index];

	text_addf(part, " %u", event->step.cpu);
	add_choices(part, path->choices.items + event->choices,
		    dpor_path_choices_end(path, index) - event->choices);
}

char *dpor_beginning(const struct dpor *dpor)
{
	size_t count = dpor->path.events.count, first = dpor->places.items[count].sleepers;
	struct text part = TEXT_INIT;

	if (dpor->blocked)
		return NULL;
	text_add(&part, "dpor");
	add_choices(&part, dpor->root.items, dpor->root.count);
	text_addf(&part, " %zu", count);
	for (size_t i = 0; i < count; i++)
		add_event(&part, &dpor->path, i);
	text_addf(&part, " %zu", dpor->sleepers.count - first);
	for (size_t i = first; i < dpor->sleepers.count; i++) {
		text_addf(&part, " %u", dpor->sleepers.items[i].cpu);
		add_outcome(&part, &dpor->outcomes, dpor->sleepers.items[i].outcome);
	}
	return text_detach(&part);
}

/* ---- Read --------------------------------------------------------------------------------- */

static int read_choice(struct fields *part, struct dpor_choice *choice, struct err *err)
{
	uint64_t answer = 0, count = 0, rule = 0;

	if (fields_number(part, BATON_OPTIONS_MAX - 1, &answer, err) ||
	    fields_number(part, BATON_OPTIONS_MAX, &count, err) ||
	    fields_number(part, DPOR_NO_RULE, &rule, err))
		return -1;
	if (answer >= count)
		return fields_fail(part, err, "option %llu of %llu", (unsigned long long)answer,
				   (unsigned long long)count);
	*choice = (struct dpor_choice){ (uint8_t)answer, (uint8_t)count, (uint8_t)rule };
	return 0;
}

static int read_root(struct dpor *dpor, struct fields *part, struct err *err)
{
	uint64_t count = 0;

	if (fields_number(part, COUNT_MAX, &count, err))
		return -1;
	while (count--) {
		struct dpor_choice choice = { 0 };

		if (read_choice(part, &choice, err))
			return -1;
		vec_push(&dpor->root, choice);
	}
	return 0;
}

static int read_made(struct dpor *dpor, struct fields *part, struct dpor_made *made,
		     struct err *err)
{
	uint64_t cpu = 0, count = 0;

	if (fields_number(part, dpor->path.cpu_count - 1, &cpu, err) ||
	    fields_number(part, COUNT_MAX, &count, err))
		return -1;
	*made = (struct dpor_made){ .cpu = (uint8_t)cpu };
	while (count--) {
		struct dpor_choice choice = { 0 };

		if (read_choice(part, &choice, err))
			return -1;
		made->outcome = dpor_outcome_add(&dpor->outcomes, made->outcome, choice);
	}
	return 0;
}

/* The steps, or the sleepers. */
static int read_list(struct dpor *dpor, struct fields *part, bool sleepers, struct err *err)
{
	uint64_t count = 0;

	if (fields_number(part, COUNT_MAX, &count, err))
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
	if (read_root(dpor, part, err) || read_list(dpor, part, false, err) ||
	    read_list(dpor, part, true, err))
		return -1;
	return fields_end(part, err);
}
