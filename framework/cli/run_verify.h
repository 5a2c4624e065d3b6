/* SPDX-License-Identifier: MIT */
/*
 * run_verify.h - "baton run" of one variant in one cell without judging it: --verify and
 * --estimate.
 *
 * Layer: cli. May include: scenario, base.
 */
#ifndef CLI_RUN_VERIFY_H
#define CLI_RUN_VERIFY_H

#include "cli/code.h"
#include "cli/run_args.h"

/**
 * run_verify() - compare what dpor and dfs run.
 * @out: appended: a line that says how it came out
 * @err: a BUG if they differ, or why it could not be run
 *
 * Return: CODE_OK; CODE_INCONCLUSIVE if less was compared than --require asks for; CODE_BUG,
 *	   CODE_ERROR.
 */
enum code run_verify(const struct run_args *args, const struct run_case *which, struct text *out,
		     struct err *err);

/**
 * run_estimate() - say how long it would take to run.
 * @out: appended: a line
 *
 * Return: CODE_OK; CODE_BUG, CODE_ERROR.
 */
enum code run_estimate(const struct run_args *args, const struct run_case *which, struct text *out,
		       struct err *err);

#endif
