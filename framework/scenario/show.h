/* SPDX-License-Identifier: MIT */
/*
 * show.h - the executions that a result shows: recorded, and in words.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_SHOW_H
#define SCENARIO_SHOW_H

#include "explore/explore.h"
#include "scenario/runner.h"

/**
 * show_held() - what the last execution showed: "pin_lost, lost_dma" or "nothing".
 * @text: gets the names, and a line end
 */
void show_held(const struct runner *runner, struct text *text);

/* Does a predicate (no invariant) hold at the end of the last execution? */
bool show_holds(const struct runner *runner, const struct predicate *predicate);

/* Did the last execution show anything that @runner's variant speaks of, or a finding? */
bool show_anything(const struct runner *runner);

/**
 * show_values() - the variables that predicate @name depends on: "seen = 0x11".
 * @name: of a predicate; appends nothing for any other name
 */
void show_values(const struct runner *runner, const char *name, struct text *text);

/**
 * show_replay_command() - what to type to run @schedule again.
 * @command: "build/baton"
 *
 * Return: the command; free() it.
 */
char *show_replay_command(const struct runner *runner, const struct schedule *schedule,
			  const char *command);

/* Have setup run. It runs once and is restored later: once it has, all recordings are alike.
 * Context: a simulation is open. */
void show_prepare(void);

/**
 * show_verdicts() - record the execution of each verdict that shows one, twice, and check
 * that it is the one that the search saw.
 * @command: begins the printed replay command
 * @result: its verdicts get trace, message and replay
 * @err: a BUG if the program turns out not to be deterministic: where it was not
 *
 * Context: the simulation of @runner is open.
 * Return: 0, or -1 after a BUG.
 */
int show_verdicts(struct runner *runner, const struct explore_search *search, const char *command,
		  struct variant_result *result, struct err *err);

#endif
