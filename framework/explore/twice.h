/* SPDX-License-Identifier: MIT */
/*
 * twice.h - does a program begin with the same values each time?
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_TWICE_H
#define EXPLORE_TWICE_H

#include "explore/explore.h"

/**
 * twice_check() - run one execution twice, as the first two of the process, and compare them.
 * @search: its bounds
 * @err: a BUG: names the first step that differs
 *
 * What the first one has left in variables is seen in the second one, if it shows at all.
 *
 * Context: a simulation is open, not on a CPU.
 * Return: 0 if they are equal, or -1.
 */
int twice_check(const struct explore_search *search, struct err *err);

#endif
