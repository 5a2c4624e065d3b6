/* SPDX-License-Identifier: MIT */
/*
 * run.h - what "baton run" does once its arguments are known.
 *
 * Layer: cli. May include: scenario, base.
 */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "cli/code.h"
#include "cli/run_args.h"

/**
 * run_scenarios() - explore what @args say, and print what that showed.
 * @joined: shards that have explored all of it, so that it only needs to be told; or NULL
 *
 * Does not return if the run was interrupted and is kept in a file.
 */
enum code run_scenarios(const struct run_args *args, struct checkpoint *joined);

#endif
