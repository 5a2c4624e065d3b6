/* SPDX-License-Identifier: MIT */
/*
 * dpor_text.h - choices and outcomes in the text of a part.
 *
 * Layer: explore. May include: base.
 */
#ifndef EXPLORE_DPOR_TEXT_H
#define EXPLORE_DPOR_TEXT_H

#include "base/fields.h"
#include "explore/dpor_outcome.h"

/* Numbers of steps and choices in a text: there are no more in an execution. */
#define DPOR_COUNT_MAX 10000000u

/* Append how many there are, and each as its answer, the number of options, the fault's rule. */
void dpor_text_add_choices(struct text *part, const struct dpor_choice *choices, size_t count);
void dpor_text_add_outcome(struct text *part, const struct dpor_outcomes *outcomes,
			   uint32_t outcome);

/* What comes next in @part. Return: 0, or -1 if it is something else. */
int dpor_text_choices(struct fields *part, struct dpor_choices *choices, struct err *err);
int dpor_text_outcome(struct fields *part, struct dpor_outcomes *outcomes, uint32_t *outcome,
		      struct err *err);

#endif
