/* SPDX-License-Identifier: MIT */
/*
 * replay_gdb.h - an execution in gdb.
 *
 * Layer: cli. May include: scenario, base.
 */
#ifndef CLI_REPLAY_GDB_H
#define CLI_REPLAY_GDB_H

#include "cli/code.h"
#include "cli/recorded.h"

/**
 * replay_gdb() - become gdb, stopped before the step of the execution that fails.
 * @rerun: the execution, as it was run just now
 * @commands: run these, separated by ';', and end; NULL: gdb is talked to
 *
 * Does not return, unless there is no gdb, or its script is not where the command is.
 *
 * Return: CODE_ERROR.
 */
enum code replay_gdb(const struct recorded *recorded, const struct rerun *rerun,
		     const char *commands, struct err *err);

#endif
