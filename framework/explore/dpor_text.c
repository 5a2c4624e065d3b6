/* SPDX-License-Identifier: MIT */
#include "explore/dpor_text.h"

#include "baton/sim.h"

static void add_choice(struct text *part, struct dpor_choice choice)
{
	text_addf(part, " %u %u %u", choice.answer, choice.count, choice.rule);
}

void dpor_text_add_choices(struct text *part, const struct dpor_choice *choices, size_t count)
{
	text_addf(part, " %zu", count);
	for (size_t i = 0; i < count; i++)
		add_choice(part, choices[i]);
}

void dpor_text_add_outcome(struct text *part, const struct dpor_outcomes *outcomes,
			   uint32_t outcome)
{
	uint32_t length = outcomes->items.items[outcome].length;

	text_addf(part, " %u", length);
	for (uint32_t i = 1; i <= length; i++)
		add_choice(part,
			   outcomes->items.items[dpor_outcome_prefix(outcomes, outcome, i)].choice);
}

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

int dpor_text_choices(struct fields *part, struct dpor_choices *choices, struct err *err)
{
	uint64_t count = 0;

	if (fields_number(part, DPOR_COUNT_MAX, &count, err))
		return -1;
	while (count--) {
		struct dpor_choice choice = { 0 };

		if (read_choice(part, &choice, err))
			return -1;
		vec_push(choices, choice);
	}
	return 0;
}

int dpor_text_outcome(struct fields *part, struct dpor_outcomes *outcomes, uint32_t *outcome,
		      struct err *err)
{
	struct dpor_choices choices = { .count = 0 };
	int status = dpor_text_choices(part, &choices, err);

	*outcome = 0;
	for (size_t i = 0; i < choices.count; i++)
		*outcome = dpor_outcome_add(outcomes, *outcome, choices.items[i]);
	vec_release(&choices);
	return status;
}
