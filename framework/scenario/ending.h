/* SPDX-License-Identifier: MIT */
/*
 * ending.h - how an execution ended, in words that two runs of one schedule share.
 *
 * The search keeps no history, so this is what it can hold against the closer look that
 * follows: if that ends in another way, the program is not a function of its choices.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_ENDING_H
#define SCENARIO_ENDING_H

#include "scenario/runner.h"

/**
 * ending_text() - of the last execution: its steps, finding, broken rules and variables.
 *
 * Return: "4 steps; overflow at step 3: counter 1 is 10; seen = 0x11"; free() it.
 */
char *ending_text(const struct runner *runner);

/* The name of a variable: "pg"; "dio:pg" if another CPU has one of this name, too. */
void ending_name(const struct runner *runner, unsigned int slot, struct text *text);

/* Its value in the last execution: "0x11"; a page or process is set or none. */
void ending_value(const struct runner *runner, unsigned int slot, struct text *text);

/* Both: "seen = 0x11". */
void ending_variable(const struct runner *runner, unsigned int slot, struct text *text);

#endif
