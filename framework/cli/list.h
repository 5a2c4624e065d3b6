/* SPDX-License-Identifier: MIT */
/*
 * list.h - what is in a scenario, without running it.
 *
 * Layer: cli. May include: scenario, base.
 */
#ifndef CLI_LIST_H
#define CLI_LIST_H

#include <jansson.h>

#include "scenario/scenario.h"

/* Append it as text for people. */
void list_text(const struct scenario *scenario, struct text *text);

/* Return: the same as an object, to be given up with json_decref(). */
json_t *list_json(const struct scenario *scenario);

/**
 * list_permutation() - append the items of a permutation as they were written.
 *
 * What stands between two items becomes one blank.
 */
void list_permutation(const struct scenario *scenario, const struct permutation *permutation,
		      struct text *text);

#endif
