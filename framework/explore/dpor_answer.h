/* SPDX-License-Identifier: MIT */
/*
 * dpor_answer.h - how a reduced search answers the choices inside of steps.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_DPOR_ANSWER_H
#define EXPLORE_DPOR_ANSWER_H

#include "engine/strategy.h"
#include "explore/dpor_outcome.h"
#include "explore/dpor_path.h"
#include "explore/mismatch.h"

/*
 * @choice, with the first answer. Limits on failures are not in it: they are counted where
 * executions are planned, where it is known what they will contain.
 */
struct dpor_choice dpor_choice_of(const struct choice *choice);

/**
 * dpor_answer_root() - the answer to the choice number @number before the first step.
 * @root: the answers to all of them; a choice that is new is added, with its first answer
 * @mismatch: where it is noted if the choice was another one before
 *
 * Return: STRATEGY_STOP if it was.
 */
uint32_t dpor_answer_root(struct dpor_choices *root, size_t number, const struct choice *choice,
			  struct mismatch *mismatch);

/* The same of the choices in the event at @index, as it answered before. */
uint32_t dpor_answer_again(const struct dpor_path *path, size_t index, size_t number,
			   const struct choice *choice, struct mismatch *mismatch);

/* The answer number @number of a step whose answers begin as @outcome; behind it, the first one. */
uint8_t dpor_answer_planned(const struct dpor_outcomes *outcomes, uint32_t outcome, size_t number);

#endif
