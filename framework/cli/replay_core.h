/* SPDX-License-Identifier: MIT */
/*
 * replay_core.h - "baton replay --core": not the schedule, but what obeys its core.
 *
 * Layer: cli. May include: bisect, scenario, base.
 */
#ifndef CLI_REPLAY_CORE_H
#define CLI_REPLAY_CORE_H

#include "cli/code.h"
#include "cli/output.h"
#include "scenario/rerun.h"

/**
 * replay_core_path() - where the core of a schedule is.
 * @schedule: "found.sched", whose core is found.core.scn; or a .core.scn file itself
 *
 * Return: 0 with the path in @path; -1 if there is no such file.
 */
int replay_core_path(const char *schedule, struct text *path);

/**
 * replay_core() - is the failure still shown?
 * @search: all, where the core shows nothing
 * @text: appended: how that was found, and the execution
 *
 * Return: CODE_FAIL if it is, CODE_OK if not, CODE_INCONCLUSIVE if a search was too weak to say.
 */
enum code replay_core(const char *schedule, bool search, const struct output *output,
		      struct text *text, struct err *err);

/* Append what one execution came to; of cmd_replay.c. */
void replay_put(const struct rerun *rerun, const struct output *output, struct text *text);

#endif
