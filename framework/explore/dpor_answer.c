/* SPDX-License-Identifier: MIT */
#include "explore/dpor_answer.h"

struct dpor_choice dpor_choice_of(const struct choice *choice)
{
	struct dpor_choice made = { .count = (uint8_t)options_count(choice->unlimited) };

	if (choice->kind == BATON_CHOICE_FAULT)
		made.rule = choice->rule ? (uint8_t)choice->rule : DPOR_NO_RULE;
	return made;
}

/* The answer of @before; NULL: there was no choice. */
static uint32_t answer_of(const struct dpor_choice *before, const struct choice *choice,
			  struct mismatch *mismatch)
{
	if (before && before->count == dpor_choice_of(choice).count)
		return before->answer;
	mismatch_options(mismatch, choice, 0);
	return STRATEGY_STOP;
}

uint32_t dpor_answer_root(struct dpor_choices *root, size_t number, const struct choice *choice,
			  struct mismatch *mismatch)
{
	if (number == root->count)
		vec_push(root, dpor_choice_of(choice));
	return answer_of(&root->items[number], choice, mismatch);
}

uint32_t dpor_answer_again(const struct dpor_path *path, size_t index, size_t number,
			   const struct choice *choice, struct mismatch *mismatch)
{
	size_t at = path->events.items[index].choices + number;
	bool known = at < dpor_path_choices_end(path, index);

	return answer_of(known ? &path->choices.items[at] : NULL, choice, mismatch);
}

uint8_t dpor_answer_planned(const struct dpor_outcomes *outcomes, uint32_t outcome, size_t number)
{
	uint32_t length = (uint32_t)number + 1;

	if (outcomes->items.items[outcome].length < length)
		return 0;
	outcome = dpor_outcome_prefix(outcomes, outcome, length);
	return outcomes->items.items[outcome].choice.answer;
}
